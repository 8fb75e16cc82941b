/** A feed as it may be found, and how it is read. */
export interface WildFeed {
  readonly title: string;
  /** What is served; a string is UTF-8. */
  readonly body: string | readonly number[];
  /** What is selected. @defaultValue `item` */
  readonly select?: string;
  /** The text of each record, its children's joined by "|". */
  readonly records: readonly string[];
  /** The kinds of the repairs; empty where nothing is wrong. */
  readonly kinds: readonly string[];
}

const bytes = (...parts: (string | readonly number[])[]): number[] =>
  parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : [...part]));
const utf16 = (text: string): number[] => [...Buffer.from(`\uFEFF${text}`, 'utf16le')];
const rss = (items: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"${attributes}><channel><title>Shop</title>\n${items}\n</channel></rss>\n`;
const item = (...children: string[]): string => `<item>${children.join('')}</item>`;

/** Feeds by what their makers do. */
export const wildFeeds: readonly WildFeed[] = [
  // Templates and plugins that print before the document.
  {
    title: 'a blank line of a template',
    body: `\n${rss(item('<title>A</title>'))}`,
    records: ['A'],
    kinds: ['leadingCharacters'],
  },
  {
    title: 'many of them',
    body: `\r\n\r\n\t${rss(item('<title>A</title>'))}`,
    records: ['A'],
    kinds: ['leadingCharacters'],
  },
  {
    title: 'two byte order marks, of files joined',
    body: `\uFEFF\uFEFF${rss(item('<title>A</title>'))}`,
    records: ['A'],
    kinds: ['leadingCharacters'],
  },
  {
    title: 'a byte order mark behind a blank line',
    body: `\n\uFEFF${rss(item('<title>A</title>'))}`,
    records: ['A'],
    kinds: ['leadingCharacters'],
  },
  {
    title: "a notice of PHP's",
    body: `Notice: Undefined index in feed.php\n${rss(item('<title>A</title>'))}`,
    records: ['A'],
    kinds: ['junk'],
  },
  {
    title: 'a comment of a cache before it',
    body: `<!-- cached -->${rss(item('<title>A</title>'))}`,
    records: ['A'],
    kinds: ['misplacedDeclaration'],
  },
  {
    title: 'a blank line before a declaration in latin1',
    body: bytes('\n<?xml version="1.0" encoding="iso-8859-1"?><a><item>caf', [0xe9], '</item></a>'),
    records: ['café'],
    kinds: ['leadingCharacters'],
  },
  {
    title: 'no declaration, only space before',
    body: '\n\n<a><item>A</item></a>',
    records: ['A'],
    kinds: [],
  },
  // Text that was put in unescaped.
  {
    title: 'an ampersand in a title',
    body: rss(item('<title>Salt & Pepper</title>')),
    records: ['Salt & Pepper'],
    kinds: ['bareAmpersand'],
  },
  {
    title: 'an ampersand in a name',
    body: rss(item('<title>AT&T</title>')),
    records: ['AT&T'],
    kinds: ['bareAmpersand'],
  },
  {
    title: 'a link with a query',
    body: rss(item('<link>http://shop.example/?a=1&b=2&copy=3</link>')),
    records: ['http://shop.example/?a=1&b=2&copy=3'],
    kinds: ['bareAmpersand', 'bareAmpersand'],
  },
  {
    title: 'a query in an attribute',
    body: rss(item('<enclosure url="/i?id=1&size=2"/><title>A</title>')),
    records: ['|A'],
    kinds: ['bareAmpersand'],
  },
  {
    title: 'an ampersand at the end',
    body: rss(item('<title>Q&</title>')),
    records: ['Q&'],
    kinds: ['bareAmpersand'],
  },
  {
    title: 'a less-than sign',
    body: rss(item('<title>Size < 5</title>')),
    records: ['Size < 5'],
    kinds: ['bareLessThan'],
  },
  {
    title: 'a heart',
    body: rss(item('<title>We <3 tea</title>')),
    records: ['We <3 tea'],
    kinds: ['bareLessThan'],
  },
  {
    title: 'markup in an attribute',
    body: rss(item('<title alt="<b>A</b>">A</title>')),
    records: ['A'],
    kinds: ['bareLessThan', 'bareLessThan'],
  },
  {
    title: 'the end of CDATA without its start',
    body: rss(item('<title>A]]></title>')),
    records: ['A]]>'],
    kinds: ['cdataEnd'],
  },
  {
    title: 'CDATA in CDATA',
    body: rss(item('<d><![CDATA[a <![CDATA[b]]> c]]></d>')),
    records: ['a <![CDATA[b c]]>'],
    kinds: ['cdataEnd'],
  },
  {
    title: 'a comment of dashes',
    body: rss(`<!------- items ------->${item('<title>A</title>')}`),
    records: ['A'],
    kinds: ['doubleHyphen'],
  },
  {
    title: 'an old version, commented out',
    body: rss(`<!-- <item><!-- x --></item> -->${item('<title>A</title>')}`).replace(
      '<!-- x --></item> -->',
      '-- x</item> -->',
    ),
    records: ['A'],
    kinds: ['doubleHyphen'],
  },
  // Entities of HTML.
  {
    title: 'a space that does not break',
    body: rss(item('<title>10&nbsp;EUR</title>')),
    records: ['10\u00A0EUR'],
    kinds: ['undeclaredEntity'],
  },
  {
    title: 'accents',
    body: rss(item('<title>Caf&eacute; cr&egrave;me</title>')),
    records: ['Café crème'],
    kinds: ['undeclaredEntity', 'undeclaredEntity'],
  },
  {
    title: 'quotes and dashes',
    body: rss(item('<title>&ldquo;A&rdquo; &mdash; B&hellip;</title>')),
    records: ['“A” — B…'],
    kinds: Array.from({ length: 4 }, () => 'undeclaredEntity'),
  },
  {
    title: 'a sign of a currency',
    body: rss(item('<price>5 &euro;</price>')),
    records: ['5 €'],
    kinds: ['undeclaredEntity'],
  },
  {
    title: 'an entity in an attribute',
    body: rss(item('<title name="&Uuml;ber">A</title>')),
    records: ['A'],
    kinds: ['undeclaredEntity'],
  },
  {
    title: 'an entity without its semicolon',
    body: rss(item('<title>&copy 2020</title>')),
    records: ['&copy 2020'],
    kinds: ['bareAmpersand'],
  },
  {
    title: "a template's own",
    body: rss(item('<title>&company; Ltd</title>')),
    records: ['&company; Ltd'],
    kinds: ['undeclaredEntity'],
  },
  {
    title: 'an entity of the document',
    body: '<!DOCTYPE a [<!ENTITY co "Tea &amp; Co">]><a><item>&co;</item></a>',
    records: ['Tea & Co'],
    kinds: [],
  },
  {
    title: "RSS 0.91 with Netscape's DTD",
    body: '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss><item>Caf&eacute;</item></rss>',
    records: ['Caf'],
    kinds: [],
  },
  {
    title: 'an entity behind an unread parameter entity',
    body: '<!DOCTYPE a [<!ENTITY % all SYSTEM "all.ent"> %all;]><a><item>x&more;y</item></a>',
    records: ['xy'],
    kinds: [],
  },
  // Encodings.
  {
    title: 'a byte of windows-1252 in UTF-8',
    body: bytes('<?xml version="1.0" encoding="UTF-8"?><a><item>caf', [0xe9], ' – Tee</item></a>'),
    records: ['café – Tee'],
    kinds: ['illegalBytes'],
  },
  {
    title: "Word's quotes",
    body: bytes('<a><item>', [0x93], 'A', [0x94], ' it', [0x92], 's</item></a>'),
    records: ['“A” it’s'],
    kinds: ['illegalBytes', 'illegalBytes', 'illegalBytes'],
  },
  {
    title: 'a text cut inside a character',
    body: bytes('<a><item>Tea ', [0xe2, 0x82], '...</item></a>'),
    records: ['Tea \uFFFD...'],
    kinds: ['illegalBytes'],
  },
  {
    title: 'emoji of an old database',
    body: bytes('<a><item>', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], '</item></a>'),
    records: ['😀'],
    kinds: ['illegalBytes'],
  },
  {
    title: 'emoji by halves',
    body: '<a><item>&#55357;&#56832;</item></a>',
    records: ['😀'],
    kinds: ['surrogatePair'],
  },
  {
    title: 'half an emoji',
    body: '<a><item>Tea&#xD83D;...</item></a>',
    records: ['Tea\uFFFD...'],
    kinds: ['forbiddenCharacter'],
  },
  {
    title: 'a vertical tab',
    body: rss(item('<title>A\vB</title>')),
    records: ['A\uFFFDB'],
    kinds: ['forbiddenCharacter'],
  },
  {
    title: 'an escape by reference',
    body: rss(item('<title>A&#27;B&#x0;</title>')),
    records: ['A\uFFFDB\uFFFD'],
    kinds: ['forbiddenCharacter', 'forbiddenCharacter'],
  },
  {
    title: 'a backspace in CDATA',
    body: rss(item('<title><![CDATA[A\bB]]></title>')),
    records: ['A\uFFFDB'],
    kinds: ['forbiddenCharacter'],
  },
  {
    title: "Python's name of UTF-8",
    body: '<?xml version="1.0" encoding="utf-8-sig"?><a><item>é</item></a>',
    records: ['é'],
    kinds: ['encodingLabel'],
  },
  {
    title: "Java's name of latin1",
    body: bytes('<?xml version="1.0" encoding="ISO8859_1"?><a><item>', [0xe9], '</item></a>'),
    records: ['é'],
    kinds: ['encodingLabel'],
  },
  {
    title: "MySQL's name of UTF-8",
    body: '<?xml version="1.0" encoding="utf8mb4"?><a><item>é</item></a>',
    records: ['é'],
    kinds: ['encodingLabel'],
  },
  {
    title: 'a Cyrillic Macintosh',
    body: bytes('<?xml version="1.0" encoding="mac-cyrillic"?><a><item>', [0x97, 0xe0, 0xe9], '</item></a>'),
    records: ['Чай'],
    kinds: ['encodingLabel'],
  },
  {
    title: 'windows-1251',
    body: bytes('<?xml version="1.0" encoding="windows-1251"?><a><item>', [0xd7, 0xe0, 0xe9], '</item></a>'),
    records: ['Чай'],
    kinds: [],
  },
  {
    title: 'UTF-16',
    body: utf16('<?xml version="1.0" encoding="UTF-16"?><a><item>é & b</item></a>'),
    records: ['é & b'],
    kinds: ['bareAmpersand'],
  },
  {
    title: 'UTF-8 that says UTF-16',
    body: '<?xml version="1.0" encoding="UTF-16"?><a><item>é</item></a>',
    records: ['é'],
    kinds: [],
  },
  // Namespaces.
  {
    title: "Google's prefix, not declared",
    body: rss(item('<g:price>5</g:price><title>A</title>')),
    records: ['5|A'],
    kinds: ['undeclaredPrefix'],
  },
  {
    title: 'media, in attributes too',
    body: rss(item('<media:content media:type="image"/><title>A</title>')),
    records: ['|A'],
    kinds: ['undeclaredPrefix', 'undeclaredPrefix'],
  },
  {
    title: 'xlink in drawings',
    body: '<svg xmlns="http://www.w3.org/2000/svg"><item xlink:href="#a">A</item></svg>',
    records: ['A'],
    kinds: ['undeclaredPrefix'],
  },
  {
    title: 'a prefix declared too late',
    body: '<a><item><p:b>1</p:b></item><item xmlns:p="u"><p:b>2</p:b></item></a>',
    records: ['1', '2'],
    kinds: ['undeclaredPrefix'],
  },
  // Tags.
  {
    title: 'attributes without quotes',
    body: rss(item('<enclosure url=/a.mp3 length=10 /><title>A</title>')),
    records: ['|A'],
    kinds: ['unquotedValue', 'unquotedValue'],
  },
  {
    title: 'an attribute twice',
    body: rss(item('<title lang="de" lang="en">A</title>')),
    records: ['A'],
    kinds: ['duplicateAttribute'],
  },
  {
    title: 'a declaration twice',
    body: '<a xmlns:g="urn:g" xmlns:g="urn:g"><item><g:b>1</g:b></item></a>',
    records: ['1'],
    kinds: ['duplicateAttribute'],
  },
  {
    title: 'HTML that was not escaped',
    body: rss(item('<description>A<br>B</description>')),
    records: ['AB'],
    kinds: ['unclosedElement'],
  },
  {
    title: 'a paragraph too many',
    body: rss(item('<description>A</p></description>')),
    records: ['A'],
    kinds: ['strayEndTag'],
  },
  {
    title: 'an item that is not closed',
    body: rss('<item><title>A</title><item><title>B</title></item>'),
    records: ['B', 'AB\n'],
    kinds: ['unclosedElement'],
  },
  {
    title: 'tags crossed',
    body: rss(item('<b><i>A</b></i>')),
    records: ['A'],
    kinds: ['unclosedElement', 'strayEndTag'],
  },
  // More than one document.
  {
    title: 'a comment of a profiler behind it',
    body: `${rss(item('<title>A</title>'))}<!-- 0.3 s -->`,
    records: ['A'],
    kinds: [],
  },
  {
    title: 'a script of a tracker behind it',
    body: `${rss(item('<title>A</title>'))}<script>x</script>`,
    records: ['A'],
    kinds: ['secondRoot'],
  },
  { title: 'text behind it', body: `${rss(item('<title>A</title>'))}0`, records: ['A'], kinds: ['junk'] },
  {
    title: 'feeds one after the other',
    body: rss(item('<title>A</title>')) + rss(item('<title>B</title>')),
    records: ['A', 'B'],
    kinds: ['secondRoot'],
  },
  {
    title: 'documents in a log',
    body: '<item>1</item>\n<item>2</item>\n<item>3</item>\n',
    records: ['1', '2', '3'],
    kinds: ['secondRoot', 'secondRoot'],
  },
  {
    title: 'a feed inside a feed',
    body: rss(`${item('<title>A</title>')}<?xml version="1.0"?><rss>${item('<title>B</title>')}</rss>`),
    records: ['A', 'B'],
    kinds: ['misplacedDeclaration'],
  },
  {
    title: 'all at once',
    body: bytes(
      '\n<?xml version="1.0" encoding="UTF_8"?><rss><item><g:t>A & B&nbsp;',
      [0x96],
      ' C</g:t></item><item a="1" a=2>D<br></item></rss> junk',
    ),
    records: ['A & B\u00A0– C', 'D'],
    kinds: [
      'encodingLabel',
      'leadingCharacters',
      'undeclaredPrefix',
      'bareAmpersand',
      'undeclaredEntity',
      'illegalBytes',
      'unquotedValue',
      'duplicateAttribute',
      'unclosedElement',
      'junk',
    ],
  },
];
