let table: Uint32Array | undefined;

/**
 * The [CRC-32](https://www.rfc-editor.org/rfc/rfc1952#section-8) of bytes behind others.
 *
 * @param before - that of the bytes before; 0 where there are none.
 */
export function crc32(before: number, bytes: Uint8Array): number {
  table ??= makeTable();
  let crc = ~before;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
  });
}
