/** Signatures of the parts of a zip archive that are read one after the other. */
export const zipSignature = {
  localFile: 0x04034b50,
  dataDescriptor: 0x08074b50,
  /** What a part of an archive that was cut for disks starts with; it may stand before a whole one too. */
  spanned: 0x30304b50,
  centralFile: 0x02014b50,
  digitalSignature: 0x05054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  end: 0x06054b50,
} as const;

/** What stands before a file's data. */
export interface ZipHeader {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** Whether its checksum and lengths come behind the data. */
  readonly hasDescriptor: boolean;
  /** How it is compressed: 0 is not at all, 8 deflate. */
  readonly method: number;
  readonly crc: number;
  /** Length of the data, as it is in the archive. */
  readonly compressed: number;
  /** Length of the file. */
  readonly length: number;
}

/** Bytes of the part of a local file header that every one has. */
export const localHeaderBytes = 30;

/** The length of a local file header, told by what every one has. */
export function lengthOfLocalHeader(fixed: DataView): number {
  return localHeaderBytes + fixed.getUint16(26, true) + fixed.getUint16(28, true);
}

/** Reads a local file header that is whole. */
export function readLocalHeader(header: DataView): ZipHeader {
  const flags = header.getUint16(6, true);
  const nameLength = header.getUint16(26, true);
  const extra = new DataView(header.buffer, header.byteOffset + localHeaderBytes + nameLength);
  const extraLength = header.getUint16(28, true);
  let compressed = header.getUint32(18, true);
  let length = header.getUint32(22, true);
  // The 64-bit lengths of zip64 are in a field of their own; it holds those that do not fit above, the file's first.
  for (let at = 0; at + 4 <= extraLength; at += 4 + extra.getUint16(at + 2, true)) {
    const size = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) !== 1 || at + 4 + size > extraLength) continue;
    let next = at + 4;
    const wide = (narrow: number): number => {
      if (narrow !== 0xffff_ffff || next + 8 > at + 4 + size) return narrow;
      next += 8;
      return uint64(extra, next - 8);
    };
    length = wide(length);
    compressed = wide(compressed);
  }
  return {
    name: new TextDecoder().decode(
      new Uint8Array(header.buffer, header.byteOffset + localHeaderBytes, nameLength),
    ),
    isEncrypted: (flags & 1) !== 0,
    hasDescriptor: (flags & 8) !== 0,
    method: header.getUint16(8, true),
    crc: header.getUint32(14, true),
    compressed,
    length,
  };
}

/** More than a descriptor has in any of its forms; what has to follow it is longer. */
export const descriptorWindow = 24;

/** The length of the data descriptor that the bytes start with, if they do: with or without signature, of 32 or 64 bits. */
export function lengthOfDescriptor(
  bytes: DataView,
  { crc, compressed, length }: Pick<ZipHeader, 'crc' | 'compressed' | 'length'>,
): number | undefined {
  const starts = bytes.getUint32(0, true) === zipSignature.dataDescriptor ? [4, 0] : [0];
  for (const at of starts) {
    if (bytes.getUint32(at, true) !== crc) continue;
    if (uint64(bytes, at + 4) === compressed && uint64(bytes, at + 12) === length) return at + 20;
    if (bytes.getUint32(at + 4, true) === compressed && bytes.getUint32(at + 8, true) === length)
      return at + 12;
  }
  return undefined;
}

/** A length of 64 bits; what is too large for a number to be exact is no length of anything. */
export function uint64(bytes: DataView, at: number): number {
  return bytes.getUint32(at, true) + bytes.getUint32(at + 4, true) * 2 ** 32;
}
