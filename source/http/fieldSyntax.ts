/**
 * Whether `text` is an [HTTP token](https://www.rfc-editor.org/rfc/rfc9110#name-tokens), as methods, header names and the
 * names in a MIME type have to be.
 */
export function isToken(text: string): boolean {
  return /^[-!#$%&'*+.^_`|~\w]+$/.test(text);
}

/**
 * Returns as much of a malformed name as an error may show: up to the first illegal character, because a value may follow
 * (`Cookie: secret`).
 */
export function shownName(name: string): string {
  return isToken(name) ? name : `${/^[-!#$%&'*+.^_`|~\w]*/.exec(name)?.[0] ?? ''}…`;
}

/**
 * Whether `text`, already stripped of surrounding white space, can be the
 * [value of a header field](https://fetch.spec.whatwg.org/#header-value): without NUL, LF and CR, which would end the field
 * and let a value smuggle in another, and without characters above U+00FF, which no byte can represent.
 */
export function isFieldValue(text: string): boolean {
  return /^[^\0\n\r\u0100-\uffff]*$/.test(text);
}

/**
 * [Normalizes](https://fetch.spec.whatwg.org/#concept-header-value-normalize) a header's value: strips the
 * [HTTP whitespace](https://fetch.spec.whatwg.org/#http-whitespace) at its start and end, or only at its end.
 */
export function stripHttpWhitespace(text: string, where: 'both' | 'end' = 'both'): string {
  // Not /[\t\n\r ]+$/, which would look at a long inner run again from each of its characters.
  let start = 0;
  let end = text.length;
  while (end > 0 && isHttpWhitespace(text.charCodeAt(end - 1))) end--;
  if (where === 'both') while (start < end && isHttpWhitespace(text.charCodeAt(start))) start++;
  return text.slice(start, end);
}

function isHttpWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
