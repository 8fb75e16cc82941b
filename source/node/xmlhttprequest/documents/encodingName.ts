/** The [name](https://encoding.spec.whatwg.org/#names-and-labels) of an encoding that is given in lower case: `Shift_JIS`. */
export function encodingName(encoding: string): string {
  if (encoding === 'big5') return 'Big5';
  if (encoding === 'shift_jis') return 'Shift_JIS';
  return /^(?:gb18030|macintosh|replacement|windows-|x-)/.test(encoding) ? encoding : encoding.toUpperCase();
}
