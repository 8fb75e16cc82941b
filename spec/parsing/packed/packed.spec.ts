import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { LimitError } from '../../../source/errors/LimitError.js';
import { crc32 } from '../../../source/parsing/packed/crc32.js';
import { gunzip } from '../../../source/parsing/packed/gunzip.js';
import { Inflater } from '../../../source/parsing/packed/Inflater.js';
import { type PackedParser } from '../../../source/parsing/packed/PackedParser.js';
import { unzip, type UnzipOptions } from '../../../source/parsing/packed/unzip.js';
import { parse as parsePieces } from '../../conformance/parsers.js';
import { chunkings, cutAt } from '../../helpers/chunkings.js';
import { holds } from '../../helpers/property.js';
import { zipArchive } from '../../helpers/zipArchive.js';

const feed = '<feed><item>Чай</item><item>Tea &amp; milk</item></feed>';
const plain = new TextEncoder().encode(feed);
const count = (): void => undefined;

/** What comes out, as text, or the error. */
function parse(parser: PackedParser, pieces: readonly Uint8Array[]): string {
  const { values, error } = parsePieces(parser, pieces);
  return error ?? Buffer.concat(values).toString();
}

function entry(name?: string, more: Partial<UnzipOptions> = {}): PackedParser {
  return unzip({
    count,
    choose: (one) => name === undefined || one === name,
    wanted: `file ${String(name)}`,
    found: () => undefined,
    ...more,
  });
}

function gzipHeader(flags: number, ...parts: (string | number[])[]): Buffer {
  const bytes = parts.map((part) =>
    typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
  );
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255]), ...bytes]);
}

/** A gzip member with a header of its own. */
function member(header: Buffer, data: Uint8Array): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(0, data), 0);
  trailer.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, deflateRawSync(data), trailer]);
}

const allFlags = gzipHeader(2 | 4 | 8 | 16, [3, 0, 1, 2, 3], 'feed.xml\0', 'a comment\0');
const checkedHeader = Buffer.concat([
  allFlags,
  Buffer.from(Uint16Array.of(crc32(0, allFlags) & 0xffff).buffer),
]);
const gzips: Record<string, Buffer> = {
  'one member': gzipSync(plain),
  'members, one of them empty': Buffer.concat([
    gzipSync(plain.subarray(0, 20)),
    gzipSync(''),
    gzipSync(plain.subarray(20)),
  ]),
  'zeros behind it': Buffer.concat([gzipSync(plain), Buffer.alloc(20)]),
  'a stored block': gzipSync(plain, { level: 0 }),
  'fixed codes': gzipSync(plain, { strategy: constants.Z_FIXED }),
  'a header with all fields': member(checkedHeader, plain),
  'an empty extra field': member(gzipHeader(4, [0, 0]), plain),
};
const three = [
  { name: 'empty/', data: '', method: 0 },
  { name: 'a.xml', data: `${feed}1`, method: 0 },
  { name: 'b.xml', data: `${feed}2` },
  { name: 'c.xml', data: `${feed}3`, descriptor: 'signed' },
] as const;
const zips: Record<string, readonly [bytes: Uint8Array, name: string, text: string]> = {
  'stored, the first file': [zipArchive(three), 'a.xml', `${feed}1`],
  deflated: [zipArchive(three), 'b.xml', `${feed}2`],
  'with a descriptor': [zipArchive(three, 'a comment'), 'c.xml', `${feed}3`],
  'behind one with a descriptor': [zipArchive([...three].reverse()), 'a.xml', `${feed}1`],
  'a descriptor without a signature': [
    zipArchive([{ name: 'a', data: feed, descriptor: 'bare' }]),
    'a',
    feed,
  ],
  'a descriptor of zip64': [
    zipArchive([{ name: 'a', data: feed, descriptor: 'zip64', zip64: true }]),
    'a',
    feed,
  ],
  'lengths of zip64': [zipArchive([{ name: 'a', data: feed, zip64: true }]), 'a', feed],
  'stored with a descriptor': [
    zipArchive([
      { name: 'a', data: `PK\x07\x08 ${feed}`, method: 0, descriptor: 'signed' },
      { name: 'b', data: '', method: 0, descriptor: 'signed' },
    ]),
    'a',
    `PK\x07\x08 ${feed}`,
  ],
  'a zip inside of it, stored with a descriptor': [
    zipArchive([{ name: 'a', data: zipArchive(three), method: 0, descriptor: 'signed' }, ...three]),
    'b.xml',
    `${feed}2`,
  ],
  'empty files': [
    zipArchive([
      { name: 'a', data: '', method: 0 },
      { name: 'b', data: '' },
    ]),
    'b',
    '',
  ],
  'an encrypted file and one of another method that are not wanted': [
    zipArchive([
      { name: 'a', data: 'x', flags: 1 },
      { name: 'b', data: 'y', method: 12 },
      { name: 'c', data: feed },
    ]),
    'c',
    feed,
  ],
};

t.test('gzip is undone the same however it is cut', (t) => {
  for (const [title, bytes] of Object.entries(gzips)) {
    const wrong = [...chunkings(bytes)].filter(({ pieces }) => parse(gunzip({ count }), pieces) !== feed);
    t.same(
      wrong.map((one) => one.title),
      [],
      title,
    );
  }
  t.end();
});

t.test('a file of a zip archive is read the same however it is cut', (t) => {
  for (const [title, [bytes, name, text]] of Object.entries(zips)) {
    const wrong = [...chunkings(bytes)].filter(({ pieces }) => parse(entry(name), pieces) !== text);
    t.same(
      wrong.map((one) => one.title),
      [],
      title,
    );
  }
  t.end();
});

t.test('what is cut short is an error, wherever it is cut', (t) => {
  for (const [title, bytes] of Object.entries(gzips)) {
    const whole = bytes.length - (title === 'zeros behind it' ? 20 : 0);
    // Behind a whole member the data may end.
    const ends = title.startsWith('members') ? [gzipSync(plain.subarray(0, 20)).length] : [];
    if (ends[0] !== undefined) ends.push(ends[0] + gzipSync('').length);
    for (let at = 1; at < whole; at += 1) {
      const text = parse(gunzip({ count }), [bytes.subarray(0, at)]);
      if (ends.includes(at) === text.endsWith('cut short')) t.fail(`${title}, cut at ${at}: ${text}`);
    }
  }
  for (const [title, [bytes, name]] of Object.entries(zips)) {
    for (let at = 1; at < bytes.length; at += 1) {
      const text = parse(entry(name), [bytes.subarray(0, at)]);
      if (!/^ParseError: The zip archive ends.*: it is cut short$/.test(text))
        t.fail(`${title}, cut at ${at}: ${text}`);
    }
  }
  t.pass();
  t.end();
});

t.test('what is damaged is an error', (t) => {
  const bytes = gzipSync(plain);
  for (let at = 0; at < bytes.length; at += 1) {
    // Time, extra flags and system say nothing of the data.
    if (at >= 4 && at < 10) continue;
    const damaged = Uint8Array.from(bytes);
    // Of the last byte of the data the high bits may mean nothing.
    damaged[at] = (damaged[at] ?? 0) ^ (at < 10 ? 0x10 : 1);
    const text = parse(gunzip({ count }), [damaged]);
    if (!text.startsWith('ParseError: ')) t.fail(`gzip, a bit of byte ${at}: ${text}`);
  }
  const archive = zipArchive([{ name: 'a', data: feed }]);
  for (let at = 30; at < 30 + deflateRawSync(feed).length; at += 1) {
    const damaged = Uint8Array.from(archive);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const text = parse(entry(), [damaged]);
    if (!text.startsWith('ParseError: ') && at > 30) t.fail(`zip, a bit of byte ${at}: ${text}`);
  }
  const flags = Buffer.from(checkedHeader);
  flags[10] = 4;
  t.match(
    parse(gunzip({ count }), [member(flags, plain)]),
    'ParseError: The header of member 1 of the gzip data is damaged',
  );
  t.match(parse(gunzip({ count }), [gzipHeader(0x20)]), /has flags in its header that are not known$/);
  t.match(parse(gunzip({ count }), [Buffer.from([0x1f, 0x8b, 7])]), /compression method 7, not deflate$/);
  t.end();
});

t.test('what is behind the data is an error', (t) => {
  const expected =
    'ParseError: There is something behind the gzip data that is neither a further member nor zeros';
  for (const junk of ['x', '\x1fx', '\0x', `\0\0${gzipSync('').toString('latin1')}`]) {
    for (const { title, pieces } of chunkings(Buffer.concat([gzipSync(plain), Buffer.from(junk, 'latin1')])))
      if (parse(gunzip({ count }), pieces) !== expected) t.fail(`${JSON.stringify(junk)}, ${title}`);
  }
  const archive = Buffer.concat([zipArchive(three), Buffer.from('x')]);
  t.equal(
    parse(entry('a.xml'), [archive]),
    'ParseError: There is something behind the end of the zip archive',
  );
  t.end();
});

t.test('what is whole before an error was given', (t) => {
  const output: Uint8Array<ArrayBuffer>[] = [];
  const parser = gunzip({ count });
  t.throws(() => {
    parser.write(Buffer.concat([gzipSync(feed), Buffer.from('junk')]), output);
  });
  t.equal(Buffer.concat(output).toString(), feed);
  t.end();
});

t.test('a file that cannot be read, or is not there, is named', (t) => {
  const error = (files: Parameters<typeof zipArchive>[0], name?: string): string =>
    parse(entry(name), [zipArchive(files)]);
  t.equal(error([{ name: 'a', data: 'x', flags: 1 }]), 'ParseError: "a" in the zip archive is encrypted');
  t.equal(
    error([{ name: 'a', data: 'x', method: 93 }]),
    'ParseError: "a" in the zip archive is compressed by Zstandard, not by deflate',
  );
  t.equal(
    error(three, 'd.xml'),
    'ParseError: The zip archive holds no file d.xml, but "a.xml", "b.xml", "c.xml"',
  );
  const many = Array.from({ length: 12 }, (_, index) => ({ name: `${index}`, data: '' }));
  t.match(error(many, 'x'), /"8", "9", …$/);
  t.equal(error([{ name: 'folder/', data: '', method: 0 }]), 'ParseError: The zip archive holds no file');
  t.end();
});

t.test('each file is reported, and whether it is the one', (t) => {
  const files: string[] = [];
  const found = (name: string, isChosen: boolean): unknown => files.push(`${name} ${isChosen}`);
  parse(entry(undefined, { found }), [zipArchive(three)]);
  t.same(files, ['a.xml true', 'b.xml false', 'c.xml false']);
  t.end();
});

t.test('all that a decoder gives is counted, that of files that are passed over too', (t) => {
  let counted = 0;
  const more = { count: (bytes: number) => (counted += bytes) };
  parse(entry('a.xml', more), [zipArchive([...three].reverse())]);
  // The first has its length behind it and so must be read, the second has it before and need not.
  t.equal(counted, 2 * (plain.length + 1));
  const limit = new LimitError('decompressionRatio', 2);
  const output: Uint8Array<ArrayBuffer>[] = [];
  const parser = gunzip({
    count: () => {
      throw limit;
    },
  });
  t.throws(() => {
    parser.write(gzipSync(feed), output);
  }, limit);
  t.same(output, []);
  t.end();
});

t.test('a little gives no more than a little at once', (t) => {
  const zeros = gzipSync(Buffer.alloc(2 ** 24));
  let largest = 0;
  const text: Uint8Array<ArrayBuffer>[] = [];
  gunzip({ count: (bytes) => (largest = Math.max(largest, bytes)) }).write(zeros, text);
  t.ok(largest < 2 ** 23, `${largest} bytes`);
  t.end();
});

const stream = fc.record({
  data: fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.nat(255), fc.nat(5000)).map(([byte, length]) => Buffer.alloc(length, byte)),
    ),
    { maxLength: 8 },
  ),
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
  ),
  memLevel: fc.integer({ min: 1, max: 9 }),
  behind: fc.uint8Array({ maxLength: 20 }),
  cuts: fc.array(fc.nat(), { maxLength: 6 }),
});

t.test('deflate is undone up to its end, which is found', (t) => {
  holds(
    t,
    'what comes out is what went in, and what is behind it is given back',
    fc.property(stream, ({ data, level, strategy, memLevel, behind, cuts }) => {
      const whole = Buffer.concat(data);
      const packed = Buffer.concat([deflateRawSync(whole, { level, strategy, memLevel }), behind]);
      const output: Uint8Array[] = [];
      const rest: Uint8Array[] = [];
      let ended = false;
      const inflater = new Inflater((piece) => output.push(piece));
      for (const piece of cutAt<Uint8Array>(packed, cuts)) {
        const unread = ended ? piece : inflater.write(piece);
        if (unread === undefined) continue;
        ended = true;
        rest.push(unread);
      }
      return ended && Buffer.concat(output).equals(whole) && Buffer.concat(rest).equals(behind);
    }),
    { numRuns: 400 },
  );
  t.end();
});
