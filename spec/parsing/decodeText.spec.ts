import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { decodeText } from '../../source/parsing/decodeText.js';
import { decodeXml } from '../../source/parsing/decodeXml.js';
import { makeNodeDecoder } from '../../source/parsing/encoding/makeNodeDecoder.js';
import { platformGaps } from '../../source/parsing/encoding/platformGaps.js';
import { parse, testParser } from '../conformance/parsers.js';
import { cutAt } from '../helpers/chunkings.js';

platformGaps.makeDecoder = makeNodeDecoder;

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[\da-f]{2}/gi) ?? [], (pair) => parseInt(pair, 16));
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf16be = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le').swap16());
const utf16le = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

const mixed = 'a é 日本 😀\n';
const inEncodings: readonly (readonly [encoding: string | undefined, input: Uint8Array, text: string])[] = [
  [undefined, utf8(mixed), mixed],
  ['UTF8', utf8(mixed), mixed],
  ['utf-16', utf16le(mixed), mixed],
  ['utf-16be', utf16be(mixed), mixed],
  ['Shift_JIS', bytes('93fa967b8cea8365835883670a5c41'), '日本語テスト\n\\A'],
  ['windows-1251', bytes('cff0e8e2e5f2'), 'Привет'],
  ['latin1', bytes('80e99f'), '€éŸ'],
  ['gb18030', bytes('d6d0cec42c9439da3331'), '中文,💩1'],
  ['gbk', bytes('d6d080cec4'), '中€文'],
  ['big5', bytes('a4a4a4e5'), '中文'],
  ['euc-kr', bytes('c7d1b1b98c6341a2e6'), '한국똠A€'],
  ['euc-jp', bytes('c6fccbdc8fb0a18eb1'), '日本丂ｱ'],
  ['iso-2022-jp', bytes('411b2442467c4b5c1b28420a1b2442386c1b284a5c1b2842'), 'A日本\n語¥'],
  ['x-user-defined', bytes('417f80ff'), 'A\x7f\uf780\uf7ff'],
  [' ISO-8859-16\n', bytes('41a1aaff'), 'AĄȘÿ'],
  ['iso-2022-kr', bytes('414243'), '\ufffd'],
  ['no such encoding', utf8(mixed), mixed],
];
const malformed: readonly (readonly [encoding: string, input: Uint8Array, text: string])[] = [
  ['utf-8', bytes('41e28241f09f98'), 'A\ufffdA\ufffd'],
  ['utf-8', bytes('c0afeda08041ff'), '\ufffd\ufffd\ufffd\ufffd\ufffdA\ufffd'],
  ['utf-16le', bytes('4100d83dd8'), 'A\u3dd8\ufffd'],
  ['utf-16le', bytes('3dd841003dd8'), '\ufffdA\ufffd'],
  ['shift_jis', bytes('41812093'), 'A\ufffd \ufffd'],
  ['gb18030', bytes('81328120a1'), '\ufffd2\ufffd \ufffd'],
  ['windows-1255', bytes('d9'), '\ufffd'],
  ['euc-kr', bytes('8120ff80b0'), '\ufffd \ufffd\ufffd\ufffd'],
];
testParser(
  t,
  'decodeText',
  [
    ...[...inEncodings, ...malformed].map(([encoding, input, text]) => ({
      title: `${encoding ?? 'no encoding'} ${text}`,
      make: () => decodeText({ encoding }),
      input,
      values: [text],
    })),
    ...(
      [
        ['windows-1251', join(bytes('efbbbf'), utf8(mixed)), mixed],
        ['windows-1251', join(bytes('feff'), utf16be(mixed)), mixed],
        ['utf-8', join(bytes('fffe'), utf16le(mixed)), mixed],
        [undefined, join(bytes('efbbbfefbbbf'), utf8(mixed)), `\ufeff${mixed}`],
        ['windows-1252', bytes('efbb'), 'ï»'],
        ['windows-1252', bytes('fe'), 'þ'],
      ] as const
    ).map(([encoding, input, text]) => ({
      title: `a byte order mark before ${encoding ?? 'no encoding'}`,
      make: () => decodeText({ encoding }),
      input,
      values: [text],
    })),
    {
      title: 'a platform that decoded the body',
      make: () => decodeText({ encoding: 'windows-1251', decodedAs: 'utf-8' }),
      input: join(bytes('efbbbf'), utf8(mixed)),
      values: [`\ufeff${mixed}`],
    },
    { title: 'an empty body', make: () => decodeText(), input: bytes(''), values: [] },
    { title: 'nothing but a mark', make: () => decodeText(), input: bytes('efbbbf'), values: [] },
  ],
  { joined: true },
);

const declaring = (label: string): string => `<?xml version="1.0" encoding='${label}' ?>`;
const illegal = (encoding: string, list: string, offset: number): string =>
  `ParseError: Illegal in the text's encoding, ${encoding}: ${list} at byte offset ${offset} of http://x.test/`;
const truncated = (encoding: string, list: string, offset: number): string =>
  `ParseError: The text ends inside a character of its encoding, ${encoding}: ${list} at byte offset ${offset} of http://x.test/`;
const xmlCases: readonly (readonly [
  title: string,
  encoding: string | undefined,
  input: Uint8Array,
  values: string[],
  error?: string,
])[] = [
  ['no declaration', undefined, utf8(`<a>${mixed}`), [`<a>${mixed}`]],
  [
    'a declared encoding',
    undefined,
    join(latin1(declaring('windows-1251')), bytes('cf')),
    [`${declaring('windows-1251')}П`],
  ],
  [
    'a given one before it',
    'koi8-r',
    join(latin1(declaring('windows-1251')), bytes('cf')),
    [`${declaring('windows-1251')}о`],
  ],
  [
    'a mark before both',
    'koi8-r',
    join(bytes('efbbbf'), utf8(`${declaring('koi8-u')}é`)),
    [`${declaring('koi8-u')}é`],
  ],
  [
    'a given one that is unknown',
    'x-none',
    join(latin1(declaring('latin1')), bytes('e9')),
    [`${declaring('latin1')}é`],
  ],
  ['UTF-16BE without a mark', undefined, utf16be(`${declaring('utf-16')}é`), [`${declaring('utf-16')}é`]],
  ['UTF-16LE without a mark', undefined, utf16le(`${declaring('utf-16')}é`), [`${declaring('utf-16')}é`]],
  ['UTF-16 that cannot be', undefined, utf8(`${declaring('UTF-16')}é`), [`${declaring('UTF-16')}é`]],
  [
    'a declaration that never ends',
    undefined,
    utf8('<?xml version="1.0" encoding="latin1"'),
    ['<?xml version="1.0" encoding="latin1"'],
  ],
  [
    'a processing instruction',
    undefined,
    utf8('<?xmlx encoding="latin1"?>é'),
    ['<?xmlx encoding="latin1"?>é'],
  ],
  [
    'the encoding of something else',
    undefined,
    utf8('<?xml version="1.0"?><a encoding="latin1">é'),
    ['<?xml version="1.0"?><a encoding="latin1">é'],
  ],
  ['less than a declaration', undefined, utf8('<?x'), ['<?x']],
  [
    'an encoding that is unknown',
    undefined,
    utf8(declaring('wtf-8')),
    [],
    "ParseError: The encoding 'wtf-8' of the XML declaration is not supported of http://x.test/",
  ],
  [
    'an encoding that is not read',
    undefined,
    utf8(declaring('iso-2022-kr')),
    [],
    "ParseError: The encoding 'iso-2022-kr' of the XML declaration is not supported of http://x.test/",
  ],
  ['illegal UTF-8', undefined, join(utf8('<a>é'), bytes('e22841')), ['<a>é'], illegal('utf-8', 'E2 28', 5)],
  ['illegal UTF-8 after a mark', undefined, bytes('efbbbf41ff41'), ['A'], illegal('utf-8', 'FF', 4)],
  ['UTF-8 cut short', undefined, bytes('41e282'), ['A'], truncated('utf-8', 'E2 82', 1)],
  ['illegal UTF-16', undefined, bytes('fffe41003dd84100'), ['A'], illegal('utf-16le', '3D D8 41 00', 4)],
  [
    'UTF-16 with two leads',
    undefined,
    bytes('fffe41003dd83dd84100'),
    ['A'],
    illegal('utf-16le', '3D D8 3D D8', 4),
  ],
  ['illegal EUC-KR', 'euc-kr', bytes('41b0a1b02041'), ['A가'], illegal('euc-kr', 'B0 20', 3)],
  ['EUC-KR cut short', 'euc-kr', bytes('b0a1b0'), ['가'], truncated('euc-kr', 'B0', 2)],
  ['UTF-16 cut short', undefined, bytes('feff0041d83d'), ['A'], truncated('utf-16be', 'D8 3D', 4)],
  ['illegal Shift_JIS', 'shift_jis', bytes('93fa8120'), ['日'], illegal('shift_jis', '81 20', 2)],
  ['Shift_JIS cut short', 'shift_jis', bytes('93fa81'), ['日'], truncated('shift_jis', '81', 2)],
  [
    'a byte that windows-1253 has not',
    'windows-1253',
    bytes('41aa41'),
    ['A'],
    illegal('windows-1253', 'AA', 1),
  ],
  [
    'a byte that windows-1257 has not',
    'windows-1257',
    bytes('41a141'),
    ['A'],
    illegal('windows-1257', 'A1', 1),
  ],
];
testParser(
  t,
  'decodeXml',
  xmlCases.map(([title, encoding, input, values, error]) => ({
    title,
    make: () => decodeXml({ encoding, url: 'http://x.test/' }),
    input,
    values,
    ...(error === undefined ? {} : { error }),
  })),
  { joined: true },
);

t.test(
  'decodeXml finds illegal bytes far into a large piece, and looks for no declaration without end',
  (t) => {
    const far = 200_001;
    const input = join(new Uint8Array(far).fill(0x41), bytes('e9'), new Uint8Array(9).fill(0x41));
    t.strictSame(parse(decodeXml({ url: 'http://x.test/' }), [input], true), {
      values: ['A'.repeat(far)],
      error: illegal('utf-8', 'E9 41', far),
    });
    const output: string[] = [];
    decodeXml().write(utf8(`<?xml ${' '.repeat(1020)}`), output);
    t.equal(output.length, 1);
    t.end();
  },
);

/** By encoding, the start of the SHA-256 of its characters from 0x80 on, in UTF-8, as the Encoding Standard's index has them. */
const indexes: Readonly<Record<string, string>> = {
  ibm866: '2e3f89d51df1',
  'iso-8859-2': 'da4d3b2f8f06',
  'iso-8859-3': 'c1d9ce25d376',
  'iso-8859-4': '54140e6e75ba',
  'iso-8859-5': '537298156695',
  'iso-8859-6': '2b716bc800e7',
  'iso-8859-7': '8d94b0308cf4',
  'iso-8859-8': 'ade2c0790e86',
  'iso-8859-8-i': 'ade2c0790e86',
  'iso-8859-10': '129e084c5bc4',
  'iso-8859-13': '20a9bcd40636',
  'iso-8859-14': '80050213abdb',
  'iso-8859-15': 'b9a4a2394ee5',
  'iso-8859-16': 'c2bb18a77fe0',
  'koi8-r': '25a9da95cf2d',
  'koi8-u': '79b0a6e96024',
  macintosh: '94dcdcc19412',
  'windows-874': '4bb5efdc1a28',
  'windows-1250': '52665a0c49e7',
  'windows-1251': '153baf169d84',
  'windows-1252': '9ba654722668',
  'windows-1253': 'fa630499b7db',
  'windows-1254': '612d01246f4b',
  'windows-1255': '16925d6a9d5c',
  'windows-1256': 'ae636a90722c',
  'windows-1257': 'abd51531663d',
  'windows-1258': 'ded84db6d51e',
  'x-mac-cyrillic': 'ab39a8a69bbb',
};

t.test('decodeText reads all bytes of every single-byte encoding as the Encoding Standard does', (t) => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const [encoding, digest] of Object.entries(indexes)) {
    const [text = ''] = parse(decodeText({ encoding }), [all], true).values;
    t.equal(text.slice(0, 128), String.fromCharCode(...all.subarray(0, 128)), encoding);
    t.equal(createHash('sha256').update(text.slice(128)).digest('hex').slice(0, 12), digest, encoding);
  }
  t.end();
});

t.test('decodeText reads all of EUC-KR as the Encoding Standard does', (t) => {
  const rows = Array.from({ length: 126 * 190 }, (_, cell) => [
    0x81 + Math.floor(cell / 190),
    0x41 + (cell % 190),
    0x20,
  ]);
  const [text = ''] = parse(
    decodeText({ encoding: 'ks_c_5601-1987' }),
    [Uint8Array.from(rows.flat())],
    true,
  ).values;
  t.equal(createHash('sha256').update(text).digest('hex').slice(0, 12), '6d1c3d727138');
  t.end();
});

t.test('decoding never depends on the cuts, whatever the bytes', (t) => {
  const encodings = [
    'utf-8',
    'utf-16le',
    'utf-16be',
    'shift_jis',
    'gb18030',
    'gbk',
    'big5',
    'euc-kr',
    'euc-jp',
    'iso-2022-jp',
    'windows-1252',
    'windows-874',
  ];
  const tricky = fc.constantFrom(
    0x0a,
    0x1b,
    0x20,
    0x24,
    0x28,
    0x30,
    0x32,
    0x3d,
    0x41,
    0x42,
    0x80,
    0x81,
    0x84,
    0x8e,
    0x8f,
    0xa1,
    0xbf,
    0xd8,
    0xdc,
    0xe2,
    0xed,
    0xef,
    0xf0,
    0xff,
  );
  const body = fc
    .array(fc.oneof(tricky, fc.nat(255)), { maxLength: 24 })
    .map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(
      fc.constantFrom(...encodings),
      body,
      fc.array(fc.nat(24), { maxLength: 6 }),
      (encoding, input, offsets) => {
        for (const make of [decodeText, decodeXml]) {
          const whole = parse(make({ encoding }), [input], true);
          assert.deepEqual(parse(make({ encoding }), cutAt(input, offsets), true), whole);
        }
      },
    ),
    { numRuns: 1500 },
  );
  t.pass('in every encoding, decodeText and decodeXml');
  fc.assert(
    fc.property(body, fc.array(fc.nat(24), { maxLength: 6 }), (input, offsets) => {
      const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
      const { values } = parse(decodeText({ decodedAs: 'utf-8' }), cutAt(input, offsets), true);
      assert.equal(values.join(''), expected);
    }),
  );
  t.pass('in UTF-8, as the whole is decoded at once');
  t.end();
});
