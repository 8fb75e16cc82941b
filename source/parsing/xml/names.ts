/** What a name may start with, in the Basic Multilingual Plane and, for the flag `u`, beyond. */
const start =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF' +
  '\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD';
/** What a name may hold, of the Basic Multilingual Plane. */
export const nameCharacters = `${start}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040`;
const beyond = '\\u{10000}-\\u{EFFFF}';
const pattern = /*#__PURE__*/ new RegExp(`^[${start}${beyond}][${nameCharacters}${beyond}]*$`, 'u');

/**
 * Whether a text can be an XML name without a prefix.
 *
 * @see https://www.w3.org/TR/xml-names/#NT-NCName
 */
export function isNCName(text: string): boolean {
  return pattern.test(text);
}
