import { type XmlReaderOptions } from './XmlReaderOptions.js';

/** Makes a function of the option `entities`. */
export function entityLookup(
  entities: XmlReaderOptions['entities'] = {},
): (name: string) => string | undefined {
  if (typeof entities === 'function') return entities;
  return (name) => (Object.hasOwn(entities, name) ? entities[name] : undefined);
}
