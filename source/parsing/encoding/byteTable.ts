/**
 * The characters of the bytes from 0x80 on, for the single-byte encodings that a platform's `TextDecoder` lacks or reads
 * otherwise than the [Encoding Standard](https://encoding.spec.whatwg.org/#legacy-single-byte-encodings): in Node they
 * come from ICU, whose tables differ in a few bytes. `undefined` for every other encoding.
 */
export function byteTable(encoding: string): string | undefined {
  if (encoding === 'x-user-defined') return charactersFrom(0xf780, 128);
  if (encoding === 'iso-8859-16') return charactersFrom(0x80, 32) + iso8859part16;
  const differences = inIcu[encoding];
  if (differences === undefined) return undefined;
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => index + 0x80);
  const units = Array.from(new TextDecoder(encoding).decode(bytes, { stream: true }));
  for (const [byte, character] of Object.entries(differences)) units[Number(byte) - 0x80] = character;
  return units.join('');
}

function charactersFrom(first: number, count: number): string {
  return String.fromCharCode(...Array.from({ length: count }, (_, index) => first + index));
}

/** The bytes of ISO-8859-16 from 0xA0 on. */
const iso8859part16 =
  '\xA0ĄąŁ€„Š§š©Ș«Ź\xADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ';

/** By byte, what the Encoding Standard has where ICU has something else. */
const inIcu: Readonly<Record<string, Readonly<Record<number, string>> | undefined>> = {
  // Of its lower half: three control characters change places there.
  ibm866: {},
  'koi8-u': { 0xae: '\u045E', 0xbe: '\u040E' },
  'windows-874': {
    0xdb: '\uFFFD',
    0xdc: '\uFFFD',
    0xdd: '\uFFFD',
    0xde: '\uFFFD',
    0xfc: '\uFFFD',
    0xfd: '\uFFFD',
    0xfe: '\uFFFD',
    0xff: '\uFFFD',
  },
  'windows-1253': { 0xaa: '\uFFFD' },
  'windows-1255': { 0xca: '\u05BA' },
};
