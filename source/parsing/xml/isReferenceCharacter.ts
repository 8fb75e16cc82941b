/**
 * Whether a code unit may stand between `&` and `;`, as far as that has to be known to see that a reference has no end:
 * what a reference really may be is checked when it is whole.
 */
export function isReferenceCharacter(code: number): boolean {
  return code > 0x20 && code !== 0x22 && code !== 0x26 && code !== 0x27 && code !== 0x3c;
}
