import { crc32 } from '../../source/parsing/packed/crc32.js';
import { deflateRawSync } from 'node:zlib';

/** A file to put into a zip archive. */
export interface ZipFile {
  readonly name: string;
  readonly data: Uint8Array | string;
  /** 0 is stored as it is, 8 deflated; others write the data as it is and claim the method. @defaultValue 8 */
  readonly method?: number;
  /** Whether checksum and lengths come behind the data: with a signature, without, with 64-bit lengths. @defaultValue not */
  readonly descriptor?: 'signed' | 'bare' | 'zip64';
  /** Whether the lengths are in a zip64 field. */
  readonly zip64?: boolean;
  /** Further bits of the header's flags. */
  readonly flags?: number;
}

/** Writes a zip archive, as APPNOTE.TXT has it. */
export function zipArchive(files: readonly ZipFile[], comment = ''): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, method = 8, descriptor, zip64 = false, flags = 0 } of files) {
    const plain = Buffer.from(data);
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const crc = crc32(0, plain);
    const title = Buffer.from(name);
    const bits = flags | (descriptor === undefined ? 0 : 8);
    const known = descriptor === undefined;
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(bits, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(known ? crc : 0, 14);
    local.writeUInt32LE(zip64 ? 0xffff_ffff : known ? packed.length : 0, 18);
    local.writeUInt32LE(zip64 ? 0xffff_ffff : known ? plain.length : 0, 22);
    local.writeUInt16LE(title.length, 26);
    const extra = zip64 ? Buffer.alloc(20) : Buffer.alloc(0);
    if (zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(16, 2);
      extra.writeUInt32LE(known ? plain.length : 0, 4);
      extra.writeUInt32LE(known ? packed.length : 0, 12);
    }
    local.writeUInt16LE(extra.length, 28);
    const file = [local, title, extra, packed, ...describe(descriptor, crc, packed.length, plain.length)];
    parts.push(...file);
    const central = Buffer.alloc(46);
    central.write('PK\x01\x02', 'latin1');
    central.writeUInt16LE(bits, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(plain.length, 24);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE(offset, 42);
    directory.push(central, title);
    offset += Buffer.concat(file).length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Uint8Array.from(Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]));
}

function describe(kind: ZipFile['descriptor'], crc: number, packed: number, plain: number): Buffer[] {
  if (kind === undefined) return [];
  const wide = kind === 'zip64';
  const lengths = Buffer.alloc(wide ? 20 : 12);
  lengths.writeUInt32LE(crc, 0);
  lengths.writeUInt32LE(packed, 4);
  lengths.writeUInt32LE(plain, wide ? 12 : 8);
  return kind === 'bare' ? [lengths] : [Buffer.from('PK\x07\x08', 'latin1'), lengths];
}
