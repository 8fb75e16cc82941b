import { nameCharacters } from './selectors/isNCName.js';

const pattern = /*#__PURE__*/ new RegExp(`[#:${nameCharacters}\\uD800-\\uDB7F\\uDC00-\\uDFFF]`);

/**
 * Whether a code unit may stand between `&` and `;`. What may not shows that there is no reference; what a reference
 * really may be is checked when it is whole.
 */
export function isReferenceCharacter(code: number): boolean {
  return pattern.test(String.fromCharCode(code));
}
