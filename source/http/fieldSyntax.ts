/**
 * Whether `text` is an [HTTP token](https://www.rfc-editor.org/rfc/rfc9110#name-tokens): what methods, header names and
 * the names in a MIME type are made of.
 */
export function isToken(text: string): boolean {
  return /^[-!#$%&'*+.^_`|~\w]+$/.test(text);
}

/** What of a name that is no token an error may show: all up to the fault, behind which a value may stand (`Cookie: secret`). */
export function shownName(name: string): string {
  return isToken(name) ? name : `${/^[-!#$%&'*+.^_`|~\w]*/.exec(name)?.[0] ?? ''}…`;
}

/**
 * Whether `text`, already stripped of the white space around it, can be the
 * [value of a header field](https://fetch.spec.whatwg.org/#header-value): no NUL, LF or CR, which would end the field and
 * let a value smuggle in another, and nothing above U+00FF, which no byte stands for.
 */
export function isFieldValue(text: string): boolean {
  return /^[^\0\n\r\u0100-\uffff]*$/.test(text);
}

/**
 * [Normalizes](https://fetch.spec.whatwg.org/#concept-header-value-normalize) a header's value: without the
 * [HTTP whitespace](https://fetch.spec.whatwg.org/#http-whitespace) at its start and end, or at its end only.
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
