import { type XmlAttribute } from './XmlHandler.js';

/** Whether an attribute declares a namespace: `xmlns` or `xmlns:g`. */
export function isDeclaration({ name, prefix }: XmlAttribute): boolean {
  return name === 'xmlns' || prefix === 'xmlns';
}
