/**
 * Whether `text`, already stripped of the white space around it, can be the
 * [value of a header field](https://fetch.spec.whatwg.org/#header-value): no NUL, LF or CR, which would end the field and
 * let a value smuggle in another, and nothing above U+00FF, which no byte stands for.
 */
export function isFieldValue(text: string): boolean {
  return /^[^\0\n\r\u0100-\uffff]*$/.test(text);
}
