import { type XmlEntities } from './XmlEntities.js';

/**
 * Makes a function of the option `entities`.
 *
 * @param htmlEntity - the platform's table of HTML's names, for `'html'`.
 */
export function entityLookup(
  entities: XmlEntities | undefined,
  htmlEntity: ((name: string) => string | undefined) | undefined,
): (name: string) => string | undefined {
  if (entities === undefined) return () => undefined;
  if (typeof entities === 'function') return entities;
  if (entities !== 'html') return (name) => (Object.hasOwn(entities, name) ? entities[name] : undefined);
  if (htmlEntity === undefined)
    throw new TypeError("entities: 'html' needs a table of HTML's names, and none is here");
  return htmlEntity;
}
