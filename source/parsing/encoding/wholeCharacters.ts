import { wholeUtf8 } from './wholeUtf8.js';

/** How many bytes may be held back where nothing tells where a character of an East Asian encoding ends. */
const longestCarry = 16_384;

/**
 * How many of the bytes, which begin with a whole character, can be decoded now: the rest may be the beginning of a
 * character that goes on in the next piece.
 *
 * In the East Asian encodings no byte below 0x30 is part of a longer character, so that a cut behind one is safe. What
 * comes after the last of them waits: Node's decoders lose text where a malformed character spans two calls.
 */
export function wholeCharacters(encoding: string, bytes: Uint8Array): number {
  if (encoding === 'utf-8') return wholeUtf8(bytes);
  const { length } = bytes;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    // An odd byte waits for its other half, a leading surrogate for the trailing one; behind another it waits in vain.
    const even = length - (length % 2);
    const isLead = (unit: number): boolean =>
      ((bytes[unit + (encoding === 'utf-16le' ? 1 : 0)] ?? 0) & 0xfc) === 0xd8;
    return isLead(even - 2) && !isLead(even - 4) ? even - 2 : even;
  }
  if (!/^(?:gb|big5|euc-|shift_jis|iso-2022-jp)/.test(encoding)) return length;
  // In ISO-2022-JP bytes have their ASCII meaning for certain only after a line end.
  const lineEnds = encoding === 'iso-2022-jp';
  for (let end = length; end > 0; end--) {
    const byte = bytes[end - 1] ?? 0;
    if (lineEnds ? byte === 0x0a || byte === 0x0d : byte < 0x30) return end;
  }
  return length < longestCarry ? 0 : length;
}
