/** A fault, the part of a document that has it, and how that is read. */
export interface Fault {
  readonly title: string;
  /** Inside of the root element; a string is UTF-8. */
  readonly inside: string | readonly number[];
  readonly reading: string;
  /** The kinds of the repairs, in their order. */
  readonly kinds: readonly string[];
}

const latin = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** Faults inside of the root element. Each can stand beside any other. */
export const faults: readonly Fault[] = [
  { title: "HTML's entity", inside: 'a&nbsp;b', reading: 'a\u00A0b', kinds: ['undeclaredEntity'] },
  {
    title: "HTML's entity in a value",
    inside: '<b c="&eacute;"/>',
    reading: '<b c="é"></b>',
    kinds: ['undeclaredEntity'],
  },
  {
    title: 'an entity that nobody knows',
    inside: 'a&brand;b',
    reading: 'a&amp;brand;b',
    kinds: ['undeclaredEntity'],
  },
  { title: 'a prefix', inside: '<g:b>c</g:b>', reading: '<g:b>c</g:b>', kinds: ['undeclaredPrefix'] },
  {
    title: "an attribute's prefix",
    inside: '<b g:c="1" c="2"/>',
    reading: '<b g:c="1" c="2"></b>',
    kinds: ['undeclaredPrefix'],
  },
  {
    title: 'a byte of windows-1252',
    inside: latin('caf\xe9 au'),
    reading: 'café au',
    kinds: ['illegalBytes'],
  },
  {
    title: 'quotes of windows-1252',
    inside: latin('<b c="\x93x\x94"/>'),
    reading: '<b c="“x”"></b>',
    kinds: ['illegalBytes', 'illegalBytes'],
  },
  { title: 'half a character', inside: latin('\xe2\x82 '), reading: '\uFFFD ', kinds: ['illegalBytes'] },
  {
    title: 'halves of a character',
    inside: latin('\xed\xa0\xbd\xed\xb8\x80'),
    reading: '😀',
    kinds: ['illegalBytes'],
  },
  { title: 'one of them', inside: latin('\xed\xa0\xbd '), reading: '\uFFFD ', kinds: ['illegalBytes'] },
  { title: 'a control', inside: 'a\x01b', reading: 'a\uFFFDb', kinds: ['forbiddenCharacter'] },
  {
    title: 'a control in a value',
    inside: '<b c="\x0b"/>',
    reading: '<b c="\uFFFD"></b>',
    kinds: ['forbiddenCharacter'],
  },
  {
    title: 'a control in CDATA',
    inside: '<![CDATA[\x0c]]>',
    reading: '\uFFFD',
    kinds: ['forbiddenCharacter'],
  },
  {
    title: 'a control by reference',
    inside: 'a&#1;&#x1F;',
    reading: 'a\uFFFD\uFFFD',
    kinds: ['forbiddenCharacter', 'forbiddenCharacter'],
  },
  {
    title: 'a control by reference in a value',
    inside: '<b c="&#2;"/>',
    reading: '<b c="\uFFFD"></b>',
    kinds: ['forbiddenCharacter'],
  },
  {
    title: 'references to a surrogate pair',
    inside: '&#55357;&#xDE00;',
    reading: '😀',
    kinds: ['surrogatePair'],
  },
  {
    title: 'the same in a value',
    inside: '<b c="&#xD83D;&#56832;"/>',
    reading: '<b c="😀"></b>',
    kinds: ['surrogatePair'],
  },
  {
    title: 'a reference to half of one',
    inside: 'a&#55357;b',
    reading: 'a\uFFFDb',
    kinds: ['forbiddenCharacter'],
  },
  {
    title: 'halves in the wrong order',
    inside: '<b c="&#56832;&#55357;"/>',
    reading: '<b c="\uFFFD\uFFFD"></b>',
    kinds: ['forbiddenCharacter', 'forbiddenCharacter'],
  },
  {
    title: 'a bare ampersand',
    inside: 'Salt & pepper',
    reading: 'Salt &amp; pepper',
    kinds: ['bareAmpersand'],
  },
  { title: 'one before a word', inside: 'AT&T ', reading: 'AT&amp;T ', kinds: ['bareAmpersand'] },
  { title: 'one before another', inside: '&&amp;', reading: '&amp;&amp;', kinds: ['bareAmpersand'] },
  {
    title: 'an empty reference',
    inside: '&; &#; &#x;',
    reading: '&amp;; &amp;#; &amp;#x;',
    kinds: ['bareAmpersand', 'bareAmpersand', 'bareAmpersand'],
  },
  {
    title: 'a query in a value',
    inside: '<b c="?d=1&e=2"/>',
    reading: '<b c="?d=1&amp;e=2"></b>',
    kinds: ['bareAmpersand'],
  },
  {
    title: '"<" in a value',
    inside: '<b c="a < b"/>',
    reading: '<b c="a &lt; b"></b>',
    kinds: ['bareLessThan'],
  },
  { title: '"<" in text', inside: '1 < 2', reading: '1 &lt; 2', kinds: ['bareLessThan'] },
  {
    title: 'a value without quotes',
    inside: '<b c=1 d=2/>',
    reading: '<b c="1" d="2"></b>',
    kinds: ['unquotedValue', 'unquotedValue'],
  },
  {
    title: 'an attribute without a value',
    inside: '<b nowrap c="1"/>',
    reading: '<b nowrap="" c="1"></b>',
    kinds: ['missingValue'],
  },
  {
    title: 'attributes that touch',
    inside: '<b c="1"d="2"/>',
    reading: '<b c="1" d="2"></b>',
    kinds: ['missingSpace'],
  },
  { title: '"]]>" in text', inside: 'a]]>b', reading: 'a]]&gt;b', kinds: ['cdataEnd'] },
  { title: 'more of it', inside: 'a]]]>b', reading: 'a]]]&gt;b', kinds: ['cdataEnd'] },
  {
    title: '"--" in a comment',
    inside: '<!-- a -- b -->',
    reading: '<!-- a -- b -->',
    kinds: ['doubleHyphen'],
  },
  {
    title: 'a comment that ends in three',
    inside: '<!--a--->',
    reading: '<!--a--->',
    kinds: ['doubleHyphen'],
  },
  {
    title: 'an attribute twice',
    inside: '<b c="1" c="2"/>',
    reading: '<b c="1"></b>',
    kinds: ['duplicateAttribute'],
  },
  {
    title: 'an attribute twice, by its namespace',
    inside: '<b xmlns:d="u" xmlns:e="u" d:c="1" e:c="2"/>',
    reading: '<b xmlns:d="u" xmlns:e="u" d:c="1"></b>',
    kinds: ['duplicateAttribute'],
  },
  {
    title: 'an end tag that closes an outer element',
    inside: '<b><c>d</b>',
    reading: '<b><c>d</c></b>',
    kinds: ['unclosedElement'],
  },
  { title: 'an end tag that closes none', inside: 'a</b>c', reading: 'ac', kinds: ['strayEndTag'] },
  {
    title: 'a declaration inside',
    inside: '<?xml version="1.0"?>a',
    reading: 'a',
    kinds: ['misplacedDeclaration'],
  },
];

/** Faults outside of the root element: before it and behind it. */
export const outerFaults: readonly (Omit<Fault, 'inside'> & {
  readonly document: string | readonly number[];
})[] = [
  {
    title: 'white space before the declaration',
    document: '\r\n <?xml version="1.0"?><r/>',
    reading: '<r></r>',
    kinds: ['leadingCharacters'],
  },
  {
    title: 'the declaration behind it counts',
    document: latin('\n<?xml version="1.0" encoding="ISO-8859-1"?><r>\xe9</r>'),
    reading: '<r>é</r>',
    kinds: ['leadingCharacters'],
  },
  {
    title: 'a second byte order mark',
    document: '\uFEFF\uFEFF<?xml version="1.0"?><r/>',
    reading: '<r></r>',
    kinds: ['leadingCharacters'],
  },
  {
    title: 'one without a declaration',
    document: '\uFEFF\uFEFF<r/>',
    reading: '<r></r>',
    kinds: ['leadingCharacters'],
  },
  {
    title: 'text before it',
    document: 'Notice: x<?xml version="1.0"?><r/>',
    reading: '<r></r>',
    kinds: ['junk'],
  },
  {
    title: 'a comment before it',
    document: '<!--x--><?xml version="1.0"?><r/>',
    reading: '<!--x--><r></r>',
    kinds: ['misplacedDeclaration'],
  },
  {
    title: 'text behind the root',
    document: '<r/> junk & more',
    reading: '<r></r>',
    kinds: ['bareAmpersand', 'junk'],
  },
  {
    title: 'a stray end tag behind the root',
    document: '<r/></r>',
    reading: '<r></r>',
    kinds: ['strayEndTag'],
  },
  {
    title: 'half a character of Shift_JIS',
    document: [...latin('<?xml version="1.0" encoding="Shift_JIS"?><r>'), 0x82, 0xa0, 0x82, ...latin('</r>')],
    reading: '<r>あ\uFFFD</r>',
    kinds: ['illegalBytes'],
  },
  {
    title: 'half a character of UTF-16',
    document: [...Buffer.from('\uFEFF<r>a\uD83Db</r>', 'utf16le')],
    reading: '<r>a\uFFFDb</r>',
    kinds: ['illegalBytes'],
  },
  { title: 'a second root', document: '<r/><s>1</s>', reading: '<r></r><s>1</s>', kinds: ['secondRoot'] },
  {
    title: 'documents one after the other',
    document:
      '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "1">]><r>&e;</r>\n<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "2">]><r>&e;</r>',
    reading: '<r>1</r><r>2</r>',
    kinds: ['secondRoot'],
  },
  ...(
    [
      ['UTF_8', 'é', [0xc3, 0xa9]],
      ['utf-8-sig', 'é', [0xc3, 0xa9]],
      ['latin-1', 'é', [0xe9]],
      ['ISO8859_1', 'é', [0xe9]],
      ['iso-latin-1', 'é', [0xe9]],
      ['mac-cyrillic', 'Ж', [0x86]],
      ['mac-roman', 'é', [0x8e]],
      ['Cp1251', 'Ж', [0xc6]],
      ['windows1251', 'Ж', [0xc6]],
      ['KOI8R', 'Ж', [0xf6]],
      ['eucJP', 'あ', [0xa4, 0xa2]],
      ['cp949', '가', [0xb0, 0xa1]],
    ] as const
  ).map(([label, character, bytes]) => ({
    title: `the label ${label}`,
    document: [...latin(`<?xml version="1.0" encoding="${label}"?><r>`), ...bytes, ...latin('</r>')],
    reading: `<r>${character}</r>`,
    kinds: /^(?:cp1251)$/i.test(label) ? [] : ['encodingLabel'],
  })),
];
