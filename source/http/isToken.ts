/**
 * Whether `text` is an [HTTP token](https://www.rfc-editor.org/rfc/rfc9110#name-tokens): what methods, header names and
 * the names in a MIME type are made of.
 */
export function isToken(text: string): boolean {
  return /^[-!#$%&'*+.^_`|~\w]+$/.test(text);
}
