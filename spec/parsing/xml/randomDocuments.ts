import fc from 'fast-check';

const names = 'a b item title g:id g:price x:y été r id lang ab a-b a.b 公司 _'.split(' ');
const texts = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\r',
    '\r\r',
    '\t',
    '  \n  ',
    'a\nb',
    'x',
    'text',
    'x'.repeat(40),
    '>',
    ']',
    ']]',
  ],
  ...['&amp;', '&lt;', '&quot;', '&apos;', ']]&gt;', '&#65;', '&#x1F600;', '&#xD;', '&#10;', '&eacute;'],
  ...['Théière n° 1', 'é', '中文', '😀', '\u2028', '\u0085', '\uFEFF'],
  // Long enough to be decoded at once.
  ...[
    '中文字符😀мягких'.repeat(6),
    '&amp;&lt; x &#65;'.repeat(9),
    'булок &quot; é'.repeat(8),
    'ﬁn'.repeat(30),
  ],
];
const values = [
  ...[
    '',
    '1',
    'a b',
    ' x ',
    'a\nb',
    'a\tb',
    '\r\n',
    '\r\r',
    '>',
    ']]>',
    'é',
    '😀',
    'x'.repeat(30),
    'й'.repeat(60),
  ],
  ...['&amp;', '&#10;', '&eacute;', '&brand;', '&quot;&lt;'.repeat(12)],
];
const uris = ['urn:g', 'urn:x', 'urn:y'];
const spaces = [' ', ' ', '\n', '  ', '\t', '\r\n', '\r'];
const markup = [
  ...['<!---->', '<!-- c -->', '<!--x-y-->', '<!--é\n-->', '<?pi?>', '<?pi x?>', '<?p  a?b ?>', '<?été x?>'],
  ...['', 'x', ']', ']]', '<b>&amp;', 'é\r\n', ']]]', '\n', '>', '-->'].map((text) => `<![CDATA[${text}]]>`),
];
const prologs = [
  ...['', '', '', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\r\n', '\uFEFF', '\n'],
  ...['<!-- c -->', '<!DOCTYPE r>', '<!DOCTYPE r SYSTEM "r>.dtd">\r', '<!DOCTYPE r [<!ENTITY long "zzz">]>'],
  '<?xml version="1.1"?>',
];
const epilogs = ['', '', '', '\n', ' ', '<!-- e -->', '<?p?>', '\r', 'x', '<b/>'];
/** What is put into a document anywhere. */
const bits = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '=',
    ':',
    ';',
    ' ',
    '\n',
    '\r',
    '\0',
    '\x01',
    'é',
    '\uFEFF',
    '\uFFFE',
    '\uFFFF',
  ],
  ...[
    ']]>',
    '--',
    '-->',
    '<!',
    '<!--',
    '<![CDATA[',
    '<?',
    '?>',
    '<?xml?>',
    '</',
    '<a',
    '</a>',
    '<r',
    '<b:c/>',
  ],
  ...['&x;', '&#0;', '&#x;', '&#xFFFE;', 'xmlns:g=""', ' id="1" id="2"', '<!DOCTYPE r>'],
];

const attribute = fc
  .tuple(
    fc.constantFrom('id', 'lang', 'g:id', 'x:id', 'xml:lang', 'k', 'xmlns', 'xmlns:g', 'xmlns:x', 'été', 'a'),
    fc.constantFrom(...spaces),
    fc.constantFrom('=', '=', '=', ' = ', '\n='),
    fc.constantFrom('"', "'"),
    fc.constantFrom(...values),
    fc.constantFrom(...uris),
  )
  .map(([name, space, equals, quote, value, uri]) => ({
    name,
    text: `${space}${name}${equals}${quote}${name.startsWith('xmlns') ? uri : value.replaceAll(quote, '')}${quote}`,
  }));

const startTag = fc
  .tuple(
    fc.constantFrom(...names),
    fc.uniqueArray(attribute, { maxLength: 3, selector: ({ name }) => name }),
    fc.constantFrom('', '', '', ' ', '\n'),
  )
  .map(([name, attributes, space]) => ({
    name,
    tag: `<${name}${attributes.map(({ text }) => text).join('')}${space}`,
  }));

const { content } = fc.letrec<{ content: string; element: string }>((tie) => ({
  element: fc
    .tuple(startTag, fc.option(tie('content'), { freq: 5 }), fc.constantFrom('', '', '', ' ', '\n'))
    .map(([{ name, tag }, inside, space]) =>
      inside === null ? `${tag}/>` : `${tag}>${inside}</${name}${space}>`,
    ),
  content: fc
    .array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(...texts),
        fc.constantFrom(...markup),
        tie('element'),
      ),
      { maxLength: 5, depthIdentifier: 'content' },
    )
    .map((parts) => parts.join('')),
}));

/** Documents that are well-formed most often. */
const documents = fc
  .tuple(fc.constantFrom(...prologs), fc.array(content, { maxLength: 4 }), fc.constantFrom(...epilogs))
  .map(
    ([prolog, inside, epilog]) =>
      `${prolog}<r xmlns:g="urn:g" xmlns:x="urn:x">${inside.join('')}</r>${epilog}`,
  );

/** One change to a document's bytes, at a place told as a part of their length. */
const change = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'cut', 'byte', 'repeat'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  bit: fc.constantFrom(...bits),
  byte: fc.nat(255),
  length: fc.integer({ min: 1, max: 20 }),
});
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function changed(bytes: Buffer, { kind, place, bit, byte, length }: Change): Buffer {
  const at = Math.floor(place * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (kind) {
    case 'insert':
      return Buffer.concat([before, Buffer.from(bit), after]);
    case 'remove':
      return Buffer.concat([before, after.subarray(Math.min(length, 5))]);
    case 'cut':
      return Buffer.from(before);
    case 'byte':
      return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, length), after]);
  }
}

/** The bytes of documents, whole ones and some with one or two changes. */
export const randomDocuments: fc.Arbitrary<Buffer> = fc
  .tuple(documents, fc.oneof(fc.constant([]), fc.array(change, { maxLength: 2 })))
  .map(([text, changes]) => changes.reduce(changed, Buffer.from(text)));

/** Sizes of the pieces that bytes are cut into; none is whole. */
export const randomCuts: fc.Arbitrary<number[]> = fc.oneof(
  fc.constant<number[]>([]),
  fc.constant<number[]>([1]),
  fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
  fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
);
