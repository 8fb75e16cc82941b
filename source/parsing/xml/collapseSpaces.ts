/**
 * The value of an attribute whose declared type is other than `CDATA`: spaces at its ends go, and of several one stays.
 *
 * @see https://www.w3.org/TR/xml/#AVNormalize
 */
export function collapseSpaces(value: string): string {
  return value.replace(/ +/g, ' ').replace(/^ | $/g, '');
}
