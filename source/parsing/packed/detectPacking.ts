/** What is known of a body by its first bytes: how it is packed, that it is not, or nothing yet. */
export type Packing = 'gzip' | 'zip' | 'bzip2' | 'xz' | 'Zstandard' | '7z' | 'compress' | 'none' | 'unknown';

/** The first characters, a byte each, by which a format is known. */
const signatures: readonly (readonly [signature: string, packing: Packing])[] = [
  ['\x1f\x8b', 'gzip'],
  ['PK\x03\x04', 'zip'],
  // Without any file; as one part of several, or marked as the only one.
  ['PK\x05\x06', 'zip'],
  ['PK\x07\x08PK\x03\x04', 'zip'],
  ['PK00PK\x03\x04', 'zip'],
  ['BZh91AY&SY', 'bzip2'],
  ['\xfd7zXZ\x00', 'xz'],
  ['\x28\xb5\x2f\xfd', 'Zstandard'],
  ['7z\xbc\xaf\x27\x1c', '7z'],
  ['\x1f\x9d', 'compress'],
];
const longest = 10;

/**
 * Finds out by its first bytes how a body is packed. A body that ends inside a signature is packed and cut short where no text
 * starts like that.
 */
export function detectPacking(start: Uint8Array, ended: boolean): Packing {
  // The digit is the size of bzip2's blocks.
  const head = String.fromCharCode(...start.subarray(0, longest)).replace(/^BZh[1-8]/, 'BZh9');
  const found = signatures.find(([signature]) => head.startsWith(signature));
  if (found !== undefined) return found[1];
  const begun = signatures.find(([signature]) => signature.startsWith(head));
  if (begun === undefined) return 'none';
  if (!ended) return 'unknown';
  return /[^ -~]/.test(head) ? begun[1] : 'none';
}
