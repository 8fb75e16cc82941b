import fc from 'fast-check';
import assert from 'node:assert/strict';
import t from 'tap';
import { isLimitError } from '../../../source/errors/guards.js';
import { LimitError } from '../../../source/errors/LimitError.js';
import { XmlError } from '../../../source/errors/XmlError.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { parseXml } from '../../../source/parsing/xml/parseXml.js';
import { type ReadXmlOptions } from '../../../source/parsing/xml/ReadXmlOptions.js';
import { readXml } from '../../../source/parsing/xml/readXml.js';
import { type XmlEvent } from '../../../source/parsing/xml/XmlEvent.js';
import { XmlReader } from '../../../source/parsing/xml/XmlReader.js';
import { holds } from '../../helpers/property.js';

interface Outcome {
  readonly events: readonly XmlEvent[];
  readonly error: XmlError | undefined;
}

/** Reads bytes cut at the given offsets. */
function readBytes(bytes: Uint8Array, cuts: readonly number[] = [], options: ReadXmlOptions = {}): Outcome {
  const events: XmlEvent[] = [];
  const parser = parseXml(options);
  try {
    let from = 0;
    for (const to of [...cuts, bytes.length]) {
      parser.write(bytes.subarray(from, to), events);
      from = to;
    }
    parser.end(events);
    return { events, error: undefined };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { events, error };
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(text: string, options: ReadXmlOptions = {}): Outcome {
  return readBytes(encode(text), [], options);
}

/** An outcome as lines that are easily compared: `kind what line:column@offset`. */
function lines({ events, error }: Outcome): string[] {
  const told = events.map((event) => {
    const { line, column, offset } = event.position;
    return `${describe(event)} ${line}:${column}@${offset}`;
  });
  return error === undefined ? told : [...told, `${error.message} after ${error.records}`];
}

function describe(event: XmlEvent): string {
  switch (event.type) {
    case 'startElement': {
      const attributes = event.attributes.map(
        ({ name, uri, value }) => ` ${name}{${uri}}=${JSON.stringify(value)}`,
      );
      return `<${event.name}{${event.uri}}${attributes.join('')}${event.selfClosing ? '/' : ''}>`;
    }
    case 'endElement':
      return `</${event.name}>`;
    case 'processingInstruction':
      return `<?${event.target}|${event.data}?>`;
    case 'xmlDeclaration':
      return `xml ${String(event.version)} ${String(event.encoding)} ${String(event.standalone)}`;
    case 'text':
    case 'cdata':
    case 'comment':
    case 'doctype':
      return `${event.type} ${JSON.stringify(event.text)}`;
    case 'skippedEntity':
      return `&${event.name};`;
  }
}

function textOf(events: readonly XmlEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

t.test('gives each token with the place where it starts', (t) => {
  const document =
    '<?xml version="1.0" standalone="yes"?>\r\n<!DOCTYPE r>\r\n<!-- x-y -->\n<?pi ?d?>\r' +
    '<r xmlns="u" a="1&amp;\r\n2">te\r\nxt😀&lt;b&gt;<b/>\r<![CDATA[ c ]]]]>x</r>\r\n<!-- e -->\n';
  t.same(lines(read(document)), [
    'xml 1.0 undefined true 1:1@0',
    'doctype " r" 2:1@40',
    'comment " x-y " 3:1@54',
    '<?pi|?d?> 4:1@67',
    '<r{u} xmlns{http://www.w3.org/2000/xmlns/}="u" a{}="1& 2"> 5:1@77',
    'text "te\\nxt😀<b>" 6:4@104',
    '<b{u}/> 7:14@121',
    '</b> 7:14@121',
    'text "\\n" 7:18@125',
    'cdata " c ]]" 8:1@126',
    'text "x" 8:18@143',
    '</r> 8:19@144',
    'comment " e " 9:1@150',
  ]);
  t.same(lines(read('\uFEFF\r\n <a/>')), ['<a{}/> 2:2@3', '</a> 2:2@3'], 'a byte order mark does not count');
  t.end();
});

t.test('expands what the internal subset declares, each token at the place of its reference', (t) => {
  const document = `<!DOCTYPE r [\r
<!ENTITY e "<b>x&amp;y</b>z"><!ENTITY % more '<!ENTITY t "te&#38;#13;xt &#39;&#38;#34;">'> %more;
<!ATTLIST r d CDATA "def&t;" n NMTOKENS "  a   b "><!ATTLIST b xmlns CDATA "urn:b">]>\r
<r a='&t; "' n=" 1  2 "\r>\r&e;\r&t;<c/>😀-&e;-]]&e;></r>`;
  t.same(lines(read(document)).slice(1), [
    '<r{} a{}="te xt \'\\" \\"" n{}="1 2" d{}="defte xt \'\\""> 4:1@200',
    'text "\\n" 5:2@225',
    '<b{urn:b} xmlns{http://www.w3.org/2000/xmlns/}="urn:b"> 6:1@226',
    'text "x&y" 6:1@226',
    '</b> 6:1@226',
    'text "z\\nte\\rxt \'\\"" 6:1@226',
    '<c{}/> 7:4@233',
    '</c> 7:4@233',
    'text "😀-" 7:8@237',
    '<b{urn:b} xmlns{http://www.w3.org/2000/xmlns/}="urn:b"> 7:11@240',
    'text "x&y" 7:11@240',
    '</b> 7:11@240',
    'text "z-]]" 7:11@240',
    '<b{urn:b} xmlns{http://www.w3.org/2000/xmlns/}="urn:b"> 7:17@246',
    'text "x&y" 7:17@246',
    '</b> 7:17@246',
    'text "z>" 7:17@246',
    '</r> 7:21@250',
  ]);
  t.end();
});

const dtd = (subset: string, rest = '<a/>'): string => `<!DOCTYPE a [${subset}]>${rest}`;

t.test('refuses what is malformed, in words and with the place', (t) => {
  const cases: readonly (readonly [document: string, words: string, place: string])[] = [
    ['', 'The document is empty', '1:1@0'],
    [' \r\n ', 'The document is empty', '2:2@4'],
    ['<!-- x -->', 'no root element', '1:11@10'],
    [
      '<a>\n<b>',
      'before the end of <b> (opened at line 2, column 1), <a> (opened at line 1, column 1)',
      '2:4@7',
    ],
    ['<a><b/></c>', '</c> stands where <a> (opened at line 1, column 1) has to end first', '1:8@7'],
    ['</a>', '</a> ends no element', '1:1@0'],
    ['<a', 'ends inside the markup that starts at line 1, column 1', '1:3@2'],
    ['<!-- x', 'ends inside the markup', '1:7@6'],
    ['<a/> x', 'text outside the root element', '1:5@4'],
    [' \r\n x<a/>', 'text outside the root element', '2:2@4'],
    ['<a/><b/>', 'second root element', '1:5@4'],
    ['<a>\n<p:b/></a>', 'The prefix "p" is not declared', '2:1@4'],
    ['<a xmlns:p="u" p:b="" xmlns:q="u" q:b=""/>', 'The attribute q:b is there twice', '1:1@0'],
    ['<a>\n<b p:c=""/></a>', 'The prefix "p" is not declared', '2:1@4'],
    ['<a><b xmlns:p="u"/><p:b/></a>', 'The prefix "p" is not declared', '1:20@19'],
    ['<a xmlns:p="u"><b xmlns:p="v"/><p:b/></a', 'before the end of <a>', '1:41@40'],
    ['<a:b:c/>', '"a:b:c" is not a name with one prefix', '1:1@0'],
    ['<a b:="" xmlns:b="u"/>', '"b:" is not a name with one prefix', '1:1@0'],
    ['<xmlns:a/>', 'an element cannot have the prefix xmlns', '1:1@0'],
    ['<a xmlns:xml="u"/>', 'xmlns:xml="u" is not allowed', '1:1@0'],
    ['<a xmlns="http://www.w3.org/XML/1998/namespace"/>', 'is not allowed', '1:1@0'],
    ['<a xmlns:p="http://www.w3.org/2000/xmlns/"/>', 'is not allowed', '1:1@0'],
    ['<a xmlns:xmlns="http://www.w3.org/2000/xmlns/"/>', 'is not allowed', '1:1@0'],
    ['<a xmlns:p=""/>', 'xmlns:p="" is not allowed in XML 1.0', '1:1@0'],
    ['<a b="1" b="2"/>', 'The attribute b is there twice', '1:1@0'],
    ['<a b=1/>', 'Unquoted attribute value', '1:6@5'],
    [
      '<a>\n AT&T;</a>',
      'The entity "T" is not declared at line 2, column 4 (offset 7): the option "entities" can',
      '2:4@7',
    ],
    ['<a>AT&T</a>', 'A bare "&" at line 1, column 6 (offset 5): write "&amp;"', '1:6@5'],
    ['<a>\nSalt & pepper</a>', 'A bare "&" at', '2:6@9'],
    ['<a>A&</a>', 'A bare "&" at', '1:5@4'],
    ['<a>&;</a>', 'A bare "&" at', '1:4@3'],
    ['<a b="\nA & B"/>', 'A bare "&" at', '2:3@9'],
    ['<a>&foo:bar;</a>', 'A bare "&" at', '1:4@3'],
    ['<a>&, …;</a>', 'A bare "&" at', '1:4@3'],
    ['<a>&公司…;</a>', 'A bare "&" at', '1:4@3'],
    ['<a>&amp', 'before the end of <a>', '1:8@7'],
    [dtd('<!ENTITY x "y">', '<a>\nA & B;</a>'), 'A bare "&" at', '2:3@36'],
    [dtd('<!ENTITY x "y">', '<a>&foo:bar;</a>'), 'A bare "&" at', '1:34@33'],
    [dtd('<!ENTITY x "y & z">'), 'write "&#38;"', '1:25@24'],
    ['<a b="\n &nbsp;"/>', 'The entity "nbsp"', '2:2@8'],
    ['<a>&#0;</a>', 'names no character', '1:4@3'],
    ['<a>&#xZ;</a>', '&#xZ; names no character', '1:4@3'],
    ['<a>]]></a>', 'write "]]&gt;"', '1:6@5'],
    ['<a><!-- b -- c --></a>', '"--" is not allowed inside a comment', '1:12@11'],
    ['<?a?b?><a/>', 'no white space after the target', '1:1@0'],
    [' <?xml version="1.0"?><a/>', 'not at the very start', '1:2@1'],
    ['\uFEFF\uFEFF<a/>', 'a second byte order mark', '1:1@0'],
    [dtd('\r\n<!ENTITY x y>'), 'A quoted value is missing', '2:12@26'],
    [dtd('<!ELEMENT a (b|c,d)>'), 'mixes "," and "|"', '1:30@29'],
    [dtd('<!ATTLIST a b CDATA "&u;">'), 'The entity "u" is not declared', '1:34@33'],
    [dtd('<![IGNORE[]]>'), 'A conditional section is not allowed', '1:14@13'],
    [dtd('<!ENTITY % p "<!ELEMENT a "> %p; ANY>'), '"(" is missing at', '1:43@42'],
    [dtd('<!ENTITY % p "&#37;p;"> %p;'), 'The parameter entity p refers to itself', '1:38@37'],
    [dtd('<!ENTITY x "&y;"><!ENTITY y "&x;">', '<a>\n &x;</a>'), 'The entity "x" refers to itself', '2:2@54'],
    [dtd('<!ENTITY x "<b>">', '<a>&x;</b></a>'), 'does not hold whole elements', '1:36@35'],
    [dtd('<!ENTITY x "</a>">', '<a>&x;'), 'ends an element that it does not start', '1:37@36'],
    [dtd('<!ENTITY x "<">', '<a b="&x;"/>'), '"<" is not allowed in an attribute value', '1:37@36'],
    [dtd('<!ENTITY x SYSTEM "y">', '<a>&x;</a>'), 'The entity "x" is external', '1:41@40'],
    [dtd('<!ENTITY x SYSTEM "y" NDATA z>', '<a>&x;</a>'), 'The entity "x" is no XML', '1:49@48'],
    [dtd('<!ENTITY x "y">', '&x;<a/>'), 'not allowed outside the root element', '1:31@30'],
    [dtd('<!ENTITY x "#">', '<a>&&x;97;</a>'), 'write "&amp;"', '1:34@33'],
    [dtd('<!ENTITY x "y">', '<a/><!DOCTYPE a>'), 'declaration is not allowed here', '1:35@34'],
  ];
  for (const [document, words, place] of cases) {
    const { error } = read(document);
    t.ok(error?.message.includes(words), `${JSON.stringify(document)}: ${String(error?.message)}`);
    t.equal(error && `${error.line}:${error.column}@${error.offset}`, place, JSON.stringify(document));
  }
  t.end();
});

t.test('resolves prefixes by the declarations in scope, which end with their element', (t) => {
  const names = (document: string): string[] =>
    read(document).events.flatMap((event) =>
      event.type === 'startElement'
        ? [event, ...event.attributes].map(
            ({ name, prefix, local, uri }) => `${name} ${prefix}|${local} ${uri}`,
          )
        : [],
    );
  const xmlns = 'http://www.w3.org/2000/xmlns/';
  t.same(names('<a xmlns="u"><b xmlns=""><a/></b><a c=""/></a>'), [
    'a |a u',
    `xmlns |xmlns ${xmlns}`,
    'b |b ',
    `xmlns |xmlns ${xmlns}`,
    'a |a ',
    'a |a u',
    'c |c ',
  ]);
  t.same(names('<p:a xmlns:p="u" p:c=""><p:a xmlns:p="v" p:c=""/><p:a p:c="" xml:c=""/></p:a>'), [
    'p:a p|a u',
    `xmlns:p xmlns|p ${xmlns}`,
    'p:c p|c u',
    'p:a p|a v',
    `xmlns:p xmlns|p ${xmlns}`,
    'p:c p|c v',
    'p:a p|a u',
    'p:c p|c u',
    'xml:c xml|c http://www.w3.org/XML/1998/namespace',
  ]);
  const undeclaring = '<a xmlns:p="u"><b xmlns:p=""><p:c/></b></a>';
  t.match(read(`<?xml version="1.1"?>${undeclaring}`).error?.message, 'The prefix "p" is not declared');
  t.match(read(undeclaring).error?.message, 'not allowed in XML 1.0');
  const many = Array.from({ length: 2500 }, (_, index) => `<p:n${index % 1500} p:a=""/>`).join('');
  t.same(
    new Set(names(`<a xmlns:p="u">${many}</a>`).map((name) => name.replace(/n\d+/g, 'n'))),
    new Set(['a |a ', `xmlns:p xmlns|p ${xmlns}`, 'p:n p|n u', 'p:a p|a u']),
  );
  t.end();
});

t.test('reads a processing instruction of the DTD up to its own end', (t) => {
  const document = `<!DOCTYPE a [<?p a?b>'c??>]><a/>`;
  t.equal(lines(read(document))[0], `doctype " a [<?p a?b>'c??>]" 1:1@0`);
  t.end();
});

t.test('reports no end of an element whose end tag is wrong, and no malformed comment', (t) => {
  t.same(lines(read('<x><item></x>')).slice(0, -1), ['<x{}> 1:1@0', '<item{}> 1:4@3']);
  t.same(lines(read('<x><!-- a --')).slice(0, -1), ['<x{}> 1:1@0']);
  t.end();
});

t.test('takes texts for undeclared entities from the option, as text', (t) => {
  const document = '<a b="&nbsp;">&eacute;&x;</a>';
  const record = { nbsp: '<&>', eacute: 'é', x: '&amp;' };
  const wanted = ['<a{} b{}="<&>"> 1:1@0', 'text "é&amp;" 1:15@14', '</a> 1:26@25'];
  t.same(lines(read(document, { entities: record })), wanted, 'a record');
  const lookup = (name: string): string | undefined => new Map(Object.entries(record)).get(name);
  t.same(lines(read(document, { entities: lookup })), wanted, 'a function');
  t.match(
    read('<a>&toString;</a>', { entities: {} }).error?.message,
    'The entity "toString" is not declared',
  );
  const external = dtd('<!ENTITY nbsp SYSTEM "x">', '<a b="&nbsp;"/>');
  t.equal(lines(read(external, { entities: record }))[1], '<a{} b{}="<&>"/> 1:41@40', 'an external one');
  t.end();
});

t.test('holds the document to each limit', (t) => {
  const laughs = dtd(
    `<!ENTITY a "${'x'.repeat(100)}">${Array.from('bcdefgh', (name, index) => `<!ENTITY ${name} "${`&${'abcdefg'.charAt(index)};`.repeat(100)}">`).join('')}`,
    '<a>&h;</a>',
  );
  const inAttribute = laughs.replace('<a>&h;</a>', '<a b="&h;"/>');
  const nothing = { xmlEntityCharacters: 0, xmlEntityGrowth: 0 };
  const cases: readonly (readonly [
    limit: keyof typeof defaultLimits,
    value: number,
    document: string,
    others?: Partial<typeof defaultLimits>,
  ])[] = [
    ['xmlDepth', 2, '<a><b><c/></b></a>'],
    ['xmlAttributes', 2, '<a b="" c="" d=""/>'],
    ['xmlNameCharacters', 3, '<abcd/>'],
    ['xmlNameCharacters', 3, '<a abcd=""/>'],
    ['xmlNameCharacters', 3, '<?abcd ?><a/>'],
    ['xmlNameCharacters', 10_000, `<${'a'.repeat(70_000)}`],
    ['xmlNameCharacters', 10_000, `<a>&${'b'.repeat(70_000)}`],
    ['xmlTextCharacters', 3, '<a>abcd</a>'],
    ['xmlTextCharacters', 3, '<a b="abcd"/>'],
    ['xmlTextCharacters', 3, '<a><!--abcd--></a>'],
    ['xmlTextCharacters', 3, '<a><![CDATA[abcd]]></a>'],
    ['xmlTextCharacters', 3, '<a><?b abcd?></a>'],
    ['xmlTextCharacters', 3, '<!DOCTYPE abc><abc/>'],
    ['xmlTextCharacters', 60_000, `<a><!-- ${'b'.repeat(70_000)}`],
    ['xmlTextCharacters', 100_000, `<a>${'b'.repeat(200_000)}`],
    ['xmlStartTagCharacters', 4, '<a b="12" c="3"/>'],
    ['xmlEntityCharacters', 2, dtd('<!ENTITY e "abcd">', '<a>&e;&e;&e;</a>'), nothing],
    ['xmlEntityCharacters', 2, dtd('<!ENTITY e "abcd">', '<a b="&e;&e;&e;"/>'), nothing],
    ['xmlEntityCharacters', 5, dtd('<!ATTLIST a b CDATA "">', '<a><a/></a>'), nothing],
    ['xmlEntityGrowth', 1, dtd('<!ENTITY e "abcdefghijklmnopqrstuvwxyz">', '<a>&e;&e;&e;&e;</a>'), nothing],
    ['xmlEntityCharacters', 1_048_576, laughs],
    ['xmlEntityGrowth', 100, laughs.replace('<a>', `<a>${' '.repeat(20_000)}`)],
    ['xmlTextCharacters', 10_485_760, inAttribute, { xmlEntityCharacters: Infinity }],
    ['xmlEntityCharacters', 1_048_576, inAttribute],
  ];
  for (const [limit, value, document, others] of cases) {
    const { error } = read(document, { limits: { ...defaultLimits, ...others, [limit]: value } });
    const cause = error?.cause;
    t.ok(
      isLimitError(cause) && cause.limit === limit && cause.value === value,
      `${limit} ${document.slice(0, 60)}`,
    );
  }
  const url = `data:text/xml,${'x'.repeat(600)}`;
  const request = { method: 'GET', url, repeatable: true };
  const { error } = read('<a><b/></a>', { limits: { ...defaultLimits, xmlDepth: 1 }, request });
  t.equal(
    error?.message,
    `Elements nest too deep: over limits.xmlDepth (1) at line 1, column 4 (offset 3) of ${url.slice(0, 500)}: ` +
      'raise the limit if the source is trusted',
  );
  const entities = read(dtd('<!ENTITY e "abcd">', '<a>&e;</a>'), {
    limits: { ...defaultLimits, xmlEntityCharacters: 0, xmlEntityGrowth: 0 },
    request,
  });
  t.equal(entities.error?.message.split('data:').length, 2, 'the URL is named once');
  const chain = Array.from({ length: 5000 }, (_, index) => `<!ENTITY e${index} "&e${index + 1};">`).join('');
  t.match(read(dtd(chain, '<a>&e0;</a>')).error?.message, 'More than 500 entities are inside each other');
  t.match(read(dtd(chain, '<a b="&e0;"/>')).error?.message, 'More than 500 entities are inside each other');
  t.end();
});

t.test('hands a long text node on in pieces that do not depend on the cuts', (t) => {
  const text = 'aé😀\r\n&amp;'.repeat(50_000);
  const bytes = encode(`<a>${text}<b/>${text}</a>`);
  const limits = { ...defaultLimits, xmlTextCharacters: Infinity };
  const whole = readBytes(bytes, [], { limits });
  const pieces = whole.events.filter(({ type }) => type === 'text');
  t.ok(pieces.length > 4);
  t.equal(textOf(whole.events), 'aé😀\n&'.repeat(100_000));
  t.notOk(pieces.some((event) => event.type === 'text' && /^[\uDC00-\uDFFF]/.test(event.text)));
  const cuts = Array.from({ length: 900 }, (_, index) => (index + 1) * 1117).filter(
    (cut) => cut < bytes.length,
  );
  t.same(lines(readBytes(bytes, cuts, { limits })), lines(whole));
  t.end();
});

t.test('stops for good where the handler throws', (t) => {
  const own = new Error('mine');
  const failing = (error: Error) =>
    readXml<string>((emit) => ({
      startElement: ({ name }) => {
        emit(name);
        if (name === 'b') throw error;
      },
      endElement: () => undefined,
      text: () => undefined,
      cdata: () => undefined,
    }));
  const output: string[] = [];
  t.throws(() => {
    failing(own).write(encode('<a><b/></a>'), output);
  }, own);
  t.same(output, ['a', 'b'], 'what was emitted before stays');
  const limit = new LimitError('xmlRecordCharacters', 5);
  t.throws(
    () => {
      failing(limit).write(encode('<a>\n<b/></a>'), output);
    },
    { code: 'ERR_XML', cause: limit, line: 2, column: 1, offset: 4, records: 2 },
  );
  const reader = new XmlReader({
    startElement: () => undefined,
    endElement: () => undefined,
    text: () => undefined,
    cdata: () => undefined,
  });
  t.throws(
    () => {
      reader.write('</a>');
    },
    { code: 'ERR_XML', message: /^<\/a> ends no element/ },
  );
  t.throws(() => {
    reader.write('<a/>');
  }, /used again/);
  t.end();
});

t.test('tells the place of bytes that are illegal in the encoding, after all that came before', (t) => {
  const bytes = Uint8Array.of(...encode('<a>\n<b/>x'), 0xff, ...encode('</a>'));
  const { events, error } = readBytes(bytes);
  t.equal(events.length, 4, 'a, its text, and both ends of b');
  t.match(error, { line: 2, column: 6, offset: 9, records: 4 });
  t.match(error?.message, /FF/);
  t.match(
    readBytes(encode('<a>é').subarray(0, 4)).error,
    { line: 1, column: 4, offset: 3 },
    'cut inside a character',
  );
  t.end();
});

t.test('reads by the rules of the version that the document declares', (t) => {
  t.equal(read('<?xml version="1.0"?><a>&#1;</a>').error?.line, 1);
  t.equal(textOf(read('<?xml version="1.1"?><a>&#1;\u0085x</a>').events), '\u0001\nx');
  t.equal(
    textOf(read('<?xml version="1.7"?><a>\u0085x</a>').events),
    '\u0085x',
    'a later one by those of 1.0',
  );
  t.end();
});

t.test('gives the same events, places and errors wherever the bytes are cut', (t) => {
  const subset = `<!DOCTYPE r [\r\n<!ENTITY e "<i>&amp;é</i>-">\r<!ENTITY t "x'&#34;&#13;">\n<!ATTLIST b d NMTOKENS " &t; 1">]>`;
  const tokens = [
    ...['x', 'é😀', '\r\n', '\r', '\n', '-', ']', ']', '>', '&amp;', '&#x1F600;', '&e;', '&t;', '&u;', '& '],
    ...[
      '<b/>',
      '<b c="&t;\r\n"\r/>',
      "<b c='&t;' d='  a  b '>",
      '</b>',
      '<c>&e;</c>',
      '<?p a?b?>',
      '<p:q/>',
      '<',
    ],
    ...['<![CDATA[ ]] > \r]]>', '<!-- a-b \r\n-->', '<!-- -- -->', '&e', ';'],
  ];
  const documents = fc
    .tuple(
      fc.constantFrom('', '\uFEFF', '\r\n '),
      fc.constantFrom('', '<?xml version="1.0"?>\r', '<?xml version="1.1" encoding="utf-8"?>'),
      fc.constantFrom('', subset, '<!DOCTYPE r SYSTEM "x">\r\n', '<!DOCTYPE r [<!ENTITY>]>'),
      fc.array(fc.constantFrom(...tokens), { maxLength: 12 }),
      fc.constantFrom('</r>', '</r>\r\n<!-- -->\r', '', '</r>x'),
    )
    .map(
      ([mark, declaration, doctype, content, end]) =>
        `${mark}${declaration}${doctype}<r>${content.join('')}${end}`,
    );
  holds(
    t,
    'for any document and any cuts',
    fc.property(documents, fc.array(fc.nat(400), { maxLength: 5 }), (document, places) => {
      const bytes = encode(document);
      const wanted = lines(readBytes(bytes));
      const cuts = places.filter((place) => place < bytes.length).sort((a, b) => a - b);
      assert.deepEqual(lines(readBytes(bytes, cuts)), wanted);
      const everywhere = Array.from(bytes, (_, index) => index);
      assert.deepEqual(lines(readBytes(bytes, everywhere)), wanted);
    }),
    { numRuns: 1000 },
  );
  t.end();
});

t.test('takes every line end for one, wherever carriage returns stand and the bytes are cut', (t) => {
  const runs = ['\r', '\r\r', '\r\r\r', '\r\n', '\r\r\n', '\n\r', '\r\n\r', '\r\n\r\r'];
  const prologs = ['', '<?xml version="1.0"?>\r\r', '<!DOCTYPE a [<!ENTITY e "x">]>', '<!DOCTYPE a>\r\r'];
  // What stands behind, among it what is put in by us and not by the document.
  const behind = [
    '&e;',
    '&e;\r\r&e;',
    '<b/>',
    'y',
    '&amp;',
    ']',
    '-',
    '<![CDATA[\r\r]]>',
    '<!--\r\r-->',
    '<?p \r\r?>',
    '',
  ];
  const entities = { entities: { e: 'x' } };
  const wrong: string[] = [];
  for (const prolog of prologs) {
    for (const run of runs) {
      for (const next of behind) {
        for (const tail of ['', run]) {
          const document = `${prolog}<a>${run}${next}<c/></a>${tail}`;
          const bytes = encode(document);
          const places = [...document.matchAll(/<c\/>|<b\/>/g)].map(({ index }) => placeOf(document, index));
          const text = `${run}${next}`
            .replace(/<!--.*-->|<\?.*\?>|<b\/>/gs, '')
            .replace(/<!\[CDATA\[(.*)\]\]>/s, '$1');
          const expected = text.replaceAll('&e;', 'x').replaceAll('&amp;', '&').replace(/\r\n?/g, '\n');
          for (const cuts of [
            [],
            ...Array.from(bytes, (_, index) => [index]),
            Array.from(bytes, (_, index) => index),
          ]) {
            const { events, error } = readBytes(bytes, cuts, entities);
            const found = events
              .map((event) => (event.type === 'text' || event.type === 'cdata' ? event.text : ''))
              .join('');
            const starts = events
              .filter((event) => event.type === 'startElement' && event.name !== 'a')
              .map(({ position: { line, column, offset } }) => `${line}:${column}@${offset}`);
            if (error === undefined && found === expected && starts.join() === places.join()) continue;
            wrong.push(
              `${JSON.stringify(document)} cut at ${cuts.join()}: ${JSON.stringify(found)} ${starts.join()} ${String(error)}`,
            );
          }
        }
      }
    }
  }
  t.same(wrong.slice(0, 10), []);
  t.end();
});

/** Where a document's character stands, by its line ends. */
function placeOf(document: string, offset: number): string {
  const lines = document.slice(0, offset).split(/\r\n?|\n/);
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}@${offset}`;
}
