import { isNCName, nameCharacters } from './names.js';
import { XmlFault } from './XmlFault.js';

const pattern = /*#__PURE__*/ new RegExp(`[#:${nameCharacters}\\uD800-\\uDB7F\\uDC00-\\uDFFF]`);

/**
 * Whether a code unit may stand between `&` and `;`. What may not shows that there is no reference; what a reference
 * really may be is checked when it is whole.
 */
export function isReferenceCharacter(code: number): boolean {
  return pattern.test(String.fromCharCode(code));
}

/** Whether a text may stand between `&` and `;`: an entity's name, or what will be read as a character's number. */
export function isReferenceName(text: string): boolean {
  return text.startsWith('#') || isNCName(text);
}

/**
 * The character that a reference names, told by what stands between `&` and `;` (`#233`, `#xE9`).
 *
 * @throws XmlFault where it is malformed or names a character that the version of XML does not allow.
 *
 * @see https://www.w3.org/TR/xml/#NT-CharRef
 */
export function characterOf(reference: string, version: '1.0' | '1.1'): string {
  const [, decimal, hexadecimal] = /^#(?:(\d+)|x([\da-fA-F]+))$/.exec(reference) ?? [];
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= (version === '1.0' ? 0x20 : 1) && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  if (!allowed) throw new XmlFault(`&${reference}; names no character that XML allows`);
  return String.fromCodePoint(code);
}

/**
 * The entities that need no declaration.
 *
 * @see https://www.w3.org/TR/xml/#sec-predefined-ent
 */
export const predefinedEntities: ReadonlyMap<string, string> = /*#__PURE__*/ new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Texts for entities that the document itself does not declare: a record by name, a function (`undefined` for a name it
 * does not know), or `'html'` for the names of HTML (`&nbsp;`, `&eacute;`). They are text, never markup: what they give
 * for `&x;` is not read again.
 */
export type XmlEntities = Readonly<Record<string, string>> | ((name: string) => string | undefined) | 'html';

/** Makes a function of the option `entities`. */
export function entityLookup(
  entities: Exclude<XmlEntities, 'html'> = {},
): (name: string) => string | undefined {
  if (typeof entities === 'function') return entities;
  return (name) => (Object.hasOwn(entities, name) ? entities[name] : undefined);
}
