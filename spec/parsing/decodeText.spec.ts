import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { decodeText } from '../../source/parsing/decodeText.js';
import { decodeXml } from '../../source/parsing/decodeXml.js';
import { bindNodeTextDecoder } from '../../source/parsing/encoding/bindNodeTextDecoder.js';
import { textDecoderBinding } from '../../source/parsing/encoding/textDecoder.js';
import { parse, testParser } from '../conformance/parsers.js';
import { cutAt } from '../helpers/chunkings.js';
import { holds } from '../helpers/property.js';

bindNodeTextDecoder();

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
  ['', utf8(mixed), mixed],
  // Where ICU, and so Node, differs from the standard.
  [
    'big5',
    bytes('88628864 88a388a5 8740 a145'),
    '\u00ca\u0304\u00ca\u030c\u00ea\u0304\u00ea\u030c\u43f0\u2027',
  ],
  ['shift_jis', bytes('1a1c7f80 5c7e 8160817c f040 b1'), '\x1a\x1c\x7f\x80\\~\uff5e\uff0d\ue000ｱ'],
  ['euc-jp', bytes('a1c1a1dd 8fa2b7 7e'), '\uff5e\uff0d\uff5e~'],
  ['iso-2022-jp', bytes('1b2849 31 1b284a 7e 1b2440 467c 1b2842 7e'), 'ｱ‾日~'],
  ['gbk', bytes('80a2e3 81308130 90308130'), '€€\x80\u{10000}'],
  ['gb18030', bytes('8135f437 a8bca8bf 8431a437 e3329a35'), '\ue7c7\u1e3f\u01f9\ufffd\u{10ffff}'],
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
  ['big5', bytes('80ff 8120 81fe 8141 a1'), '\ufffd\ufffd\ufffd \ufffd\ufffdA\ufffd'],
  ['shift_jis', bytes('a0fdfeff 8130 817f 41'), '\ufffd\ufffd\ufffd\ufffd\ufffd0\ufffd\x7fA'],
  [
    'euc-jp',
    bytes('80859fa0ff 8e41 8fa141 8fa1ff 42'),
    '\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdA\ufffdA\ufffdB',
  ],
  // A line end does not end a character set, nor may one set directly follow another.
  ['iso-2022-jp', bytes('1b2442467c0a4b5c1b28421b28420e80411b24'), '日\ufffd本\ufffd\ufffd\ufffdA\ufffd$'],
  ['gbk', bytes('ff 81308120 8130 81'), '\ufffd\ufffd0\ufffd \ufffd'],
  ['gb18030', bytes('e3329a36 41 8432a430 fe39fe39'), '\ufffdA\ufffd\ufffd'],
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
    { title: 'only a mark', make: () => decodeText(), input: bytes('efbbbf'), values: [] },
  ],
  { joined: true },
);

const otherEncoding = ": to read it in another encoding, request it with { mimeType: 'text/xml;charset=…' }";

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
    'a given one takes precedence over it',
    'koi8-r',
    join(latin1(declaring('windows-1251')), bytes('cf')),
    [`${declaring('windows-1251')}о`],
  ],
  [
    'a mark takes precedence over both',
    'koi8-r',
    join(bytes('efbbbf'), utf8(`${declaring('koi8-u')}é`)),
    [`${declaring('koi8-u')}é`],
  ],
  [
    'a given one that is unknown',
    'x-none',
    join(latin1(declaring('latin1')), bytes('e9')),
    [],
    "ParseError: The encoding 'x-none' of the MIME type is not supported of http://x.test/: " +
      "request it with { mimeType: 'text/xml;charset=…' } to have it read in another",
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
    `ParseError: The encoding 'wtf-8' of the XML declaration is not supported of http://x.test/${otherEncoding}`,
  ],
  [
    'an encoding that is not read',
    undefined,
    utf8(declaring('iso-2022-kr')),
    [],
    `ParseError: The encoding 'iso-2022-kr' of the XML declaration is not supported of http://x.test/${otherEncoding}`,
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
  ['illegal EUC-JP', 'euc-jp', bytes('c6fc8fa141'), ['日'], illegal('euc-jp', '8F A1 41', 2)],
  ['a U+FFFD of gb18030', 'gb18030', bytes('8431a43741'), ['\ufffdA']],
  ['gb18030 cut short', 'gb18030', bytes('4194 39da'), ['A'], truncated('gb18030', '94 39 DA', 1)],
  [
    'ISO-2022-JP past a line end',
    'iso-2022-jp',
    bytes('411b24420a467c'),
    ['A'],
    illegal('iso-2022-jp', '1B 24 42 0A', 1),
  ],
  [
    'ISO-2022-JP with two escape sequences',
    'iso-2022-jp',
    bytes('1b2442467c1b28421b2842'),
    ['日'],
    illegal('iso-2022-jp', '1B 28 42 1B 28 42', 5),
  ],
  [
    'a byte that windows-1253 lacks',
    'windows-1253',
    bytes('41aa41'),
    ['A'],
    illegal('windows-1253', 'AA', 1),
  ],
  [
    'a byte that windows-1257 lacks',
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
  'decodeXml finds illegal bytes far into a large piece, and does not search endlessly for a declaration',
  (t) => {
    const far = 200_001;
    const input = join(new Uint8Array(far).fill(0x41), bytes('e9'), new Uint8Array(9).fill(0x41));
    t.strictSame(parse(decodeXml({ url: 'http://x.test/' }), [input], true), {
      values: ['A'.repeat(far)],
      error: illegal('utf-8', 'E9 41', far),
    });
    t.strictSame(
      parse(decodeXml({ encoding: 'big5', url: 'http://x.test/' }), [input.subarray(0, far + 1)], true),
      {
        values: ['A'.repeat(far)],
        error: truncated('big5', 'E9', far),
      },
    );
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
  holds(
    t,
    'in every encoding, decodeText and decodeXml, which names the bytes after the text it decoded',
    fc.property(
      fc.constantFrom(...encodings),
      body,
      fc.array(fc.nat(24), { maxLength: 6 }),
      (encoding, input, offsets) => {
        const [lenient, strict] = [decodeText, decodeXml].map((make) => {
          const whole = parse(make({ encoding }), [input], true);
          assert.deepEqual(parse(make({ encoding }), cutAt(input, offsets), true), whole);
          return whole;
        });
        const { values, error } = strict ?? { values: [] };
        if (error === undefined) assert.deepEqual(values, lenient?.values);
        else {
          const [, list = '', offset = ''] = /: ([\dA-F ]+) at byte offset (\d+)/.exec(error) ?? [];
          const before = input.subarray(0, Number(offset));
          assert.deepEqual(bytes(list), input.subarray(before.length, before.length + bytes(list).length));
          assert.deepEqual(parse(decodeText({ encoding }), [before], true).values, values);
        }
      },
    ),
    { numRuns: 1500 },
  );
  holds(
    t,
    'in UTF-8, as the whole is decoded at once',
    fc.property(body, fc.array(fc.nat(24), { maxLength: 6 }), (input, offsets) => {
      const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
      const { values } = parse(decodeText({ decodedAs: 'utf-8' }), cutAt(input, offsets), true);
      assert.equal(values.join(''), expected);
    }),
  );
  t.end();
});

t.test("each entry for Node decodes text by the standard's decoders", async (t) => {
  const bound = textDecoderBinding.Decoder;
  for (const load of [() => import('../../source/index.node.js'), () => import('../../source/xml.node.js')]) {
    delete textDecoderBinding.Decoder;
    await load();
    t.equal(textDecoderBinding.Decoder, bound, String(load));
  }
  t.not(bound, undefined);
});

t.test('texts of wide characters are decoded as a TextDecoder does, malformed bytes included', (t) => {
  const parts = [
    'Съешь же ещё ',
    '人人生而自由',
    '😀',
    'plain ',
    'é',
    '\uFEFF',
    '\uFFFE',
    '\uFFFF',
    '\0',
    '\u2028',
  ].map(utf8);
  const broken = [
    '80',
    'c0af',
    'e08080',
    'eda080',
    'f08080',
    'f48fbfbf',
    'f4908080',
    'f8',
    'c3',
    'e282',
    'f09f98',
  ].map(bytes);
  const piece = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...parts) },
    { weight: 1, arbitrary: fc.constantFrom(...broken) },
  );
  const long = utf8('мягких французских булок '.repeat(3));
  const decodeBoth = (input: Uint8Array, size: number): void => {
    const pieces = Array.from({ length: Math.ceil(input.length / size) }, (_, at) =>
      input.subarray(at * size, (at + 1) * size),
    );
    const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
    assert.deepEqual(parse(decodeText({ decodedAs: 'utf-8' }), pieces, true).values.join(''), expected);
    const strict = parse(decodeXml({ decodedAs: 'utf-8' }), pieces);
    try {
      new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(input);
    } catch {
      assert.ok(strict.error);
      return;
    }
    assert.equal(strict.values.join(''), expected);
  };
  holds(
    t,
    'whatever the text',
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 300 }), (list, size) => {
      decodeBoth(join(long, ...list), size);
    }),
    { numRuns: 500 },
  );
  decodeBoth(utf8('ещё '.repeat(20_000)), 200_000);
  decodeBoth(join(utf8('😀'.repeat(9000)), bytes('f09f98')), 100_000);
  t.end();
});
