import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { isLimitError, isXmlError } from '../../../source/errors/guards.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { treeReader } from '../../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../../source/parsing/xml/records/readRecords.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { type XmlElement } from '../../../source/parsing/xml/XmlElement.js';
import { type ReadingOptions, xmlReaders } from './xmlReaders.js';

const dtd = (declarations: string, document: string): string => `<!DOCTYPE r [${declarations}]>${document}`;
const [kilo, mega] = ['x'.repeat(1000), 'x'.repeat(1_000_000)];

/** Which limit each reader says that a document is over, or what else it says; nothing where it reads it. */
function verdicts(
  document: string,
  options?: ReadingOptions,
  names = Object.keys(xmlReaders),
): Record<string, string> {
  const bytes = Buffer.from(document);
  return Object.fromEntries(
    names.map((name) => {
      const error = xmlReaders[name]?.([bytes], options).error;
      if (error === undefined) return [name, ''];
      if (!isXmlError(error)) return [name, `no XmlError: ${JSON.stringify(error)}`];
      if (!isLimitError(error.cause)) return [name, error.message];
      const said = error.message.includes(`limits.${error.cause.limit} (${error.cause.value})`);
      return [name, said ? error.cause.limit : `a message that names no limit: ${error.message}`];
    }),
  );
}

const byAll = (verdict: string, names = Object.keys(xmlReaders)): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, verdict]));

t.test('attribute defaults count as what entities add does', (t) => {
  const long = dtd(`<!ATTLIST a x CDATA "${mega}">`, `<r>${'<a/>'.repeat(300)}</r>`);
  const others = { documentBytes: Infinity, xmlRecordCharacters: Infinity };
  t.same(verdicts(long, { limits: others }), byAll('xmlEntityGrowth'));
  const many = Array.from({ length: 400 }, (_, index) => `a${index} CDATA ""`).join(' ');
  t.same(
    verdicts(dtd(`<!ATTLIST a ${many}>`, `<r>${'<a/>'.repeat(2000)}</r>`)),
    byAll('xmlEntityCharacters'),
  );
  const given = `<r>${`<a x="${kilo}"/>`.repeat(2000)}</r>`;
  t.same(verdicts(dtd(`<!ATTLIST a x CDATA "${mega}">`, given)), byAll(''), 'what is given has no default');
  t.same(
    verdicts(dtd(`<!ATTLIST a x CDATA "${mega}">`, `<r>${'<b/>'.repeat(2000)}</r>`)),
    byAll(''),
    'nor has another',
  );
  t.end();
});

t.test('a default is made once, for however many elements', (t) => {
  const limits = { ...defaultLimits, xmlEntityCharacters: Infinity, xmlRecordCharacters: Infinity };
  const document = Buffer.from(dtd(`<!ATTLIST a x CDATA "${mega}">`, `<r>${'<a/>'.repeat(2000)}</r>`));
  const output: XmlElement[] = [];
  const parser = recordScanner.read(compileSelector('a'), { limits });
  const before = process.memoryUsage().heapUsed;
  parser.write(document, output);
  parser.end(output);
  const growth = process.memoryUsage().heapUsed - before;
  t.equal(output.length, 2000);
  t.equal(output[1999]?.attribute('x')?.length, 1_000_000);
  t.ok(growth < 100_000_000, `2,000 times a million characters take ${growth} bytes`);
  t.end();
});

t.test('the defaults of a DTD, and what they refer to, are bounded together', (t) => {
  const defaults = (value: string, count: number): string =>
    Array.from({ length: count }, (_, index) => `<!ATTLIST a${index} x CDATA "${value}">`).join('');
  const entity = `<!ENTITY e "${kilo.repeat(100)}">`;
  const limits = { xmlEntityCharacters: Infinity };
  t.same(verdicts(dtd(entity + defaults('&e;', 110), '<r/>'), { limits }), byAll('xmlTextCharacters'));
  t.same(verdicts(dtd(entity + defaults('&e;', 90), '<r/>'), { limits }), byAll(''));
  t.end();
});

t.test('illegal references in defaults are refused though no element has the attribute', (t) => {
  for (const value of [
    '&#zz;',
    '&#0;',
    '&#x110000;',
    '&x',
    '& ',
    '&none;',
    '<',
    '&less;',
    '&self;',
    '&outside;',
  ]) {
    const entities = '<!ENTITY less "&#60;"><!ENTITY self "&self;"><!ENTITY outside SYSTEM "x">';
    for (const [name, found] of Object.entries(
      verdicts(dtd(`${entities}<!ATTLIST a x CDATA "${value}">`, '<r/>')),
    ))
      t.match(found, /at line 1, column/, `${value} by ${name}`);
  }
  const legal = '<!ENTITY e "&#38;#60;"><!ATTLIST a x CDATA "&#60;&lt;&e;&#x1F600;">';
  t.same(verdicts(dtd(legal, '<r/>')), byAll(''));
  t.end();
});

t.test('entities grow a document as long as that is harmless, however long it is', (t) => {
  const entity = '<!ENTITY name "twenty-two characters.">';
  const long = dtd(entity, `<r>${'<a>&name;</a>'.repeat(60_000)}</r>`);
  const streams = ['xml', 'elements'];
  t.same(
    verdicts(long, { limits: { xmlRecordCharacters: Infinity } }, streams),
    byAll('', streams),
    '1.1 million characters of them',
  );
  const limits = { xmlEntityCharacters: 1000, documentBytes: Infinity };
  t.same(
    verdicts(dtd(entity, `<r>${'<a>&name;</a>'.repeat(2000)}</r>`), { limits }),
    byAll(''),
    'in content',
  );
  t.same(
    verdicts(dtd(entity, `<r>${'<a b="&name;"/>'.repeat(2000)}</r>`), { limits }),
    byAll(''),
    'in values',
  );
  const markup = '<!ENTITY e "<b>fifty-odd characters of replacement text</b>">';
  t.same(verdicts(dtd(markup, `<r>${'<a>&e;</a>'.repeat(2000)}</r>`), { limits }), byAll(''), 'with markup');
  t.same(
    verdicts(dtd('<!ATTLIST a b CDATA "some value">', `<r>${'<a/>'.repeat(2000)}</r>`), { limits }),
    byAll(''),
    'defaults',
  );
  const options = { entities: { name: 'x'.repeat(30) }, limits };
  const names = Object.keys(xmlReaders).filter((name) => name !== 'responseXML');
  t.same(verdicts(`<r>${'<a>&name;</a>'.repeat(2000)}</r>`, options, names), byAll('', names), 'supplied');
  t.end();
});

t.test('bombs are refused', (t) => {
  const declared = (first: string): string =>
    Array.from('abcdefghi', (name, index) => {
      const text = index === 0 ? first : `&${'abcdefghi'.charAt(index - 1)};`.repeat(10);
      return `<!ENTITY ${name} "${text}">`;
    }).join('');
  const laughs = declared('lol');
  t.same(
    verdicts(dtd(laughs, '<r>&i;</r>'), {}, ['xml']),
    { xml: 'xmlEntityCharacters' },
    'a billion laughs',
  );
  const limits = { xmlEntityCharacters: 200_000 };
  const refused = byAll('xmlEntityCharacters');
  t.same(verdicts(dtd(laughs, '<r>&i;</r>'), { limits }), refused, 'a billion laughs');
  t.same(verdicts(dtd(laughs, '<r a="&i;"/>'), { limits }), refused, 'in a value');
  t.same(verdicts(dtd(`${laughs}<!ATTLIST r a CDATA "&i;">`, '<r/>'), { limits }), refused, 'in a default');
  t.same(verdicts(dtd(declared('<b/>'), '<r>&i;</r>'), { limits }), refused, 'of elements');
  const quadratic = `<r>${'<a>&e;</a>'.repeat(3000)}</r>`;
  t.same(
    verdicts(dtd(`<!ENTITY e "${kilo.repeat(20)}">`, quadratic)),
    byAll('xmlEntityGrowth'),
    'a long one, often',
  );
  const parameters = dtd(`<!ENTITY % p "<!--${kilo}-->">${'%p;'.repeat(2000)}`, '<r/>');
  t.same(verdicts(parameters, { limits }), byAll('xmlEntityGrowth'), 'in a DTD');
  t.end();
});

t.test('a text or a value that entities make is bounded though much was read', (t) => {
  const before = `<!--${kilo.repeat(400)}-->`;
  const references = '&e;'.repeat(30);
  const entity = `<!ENTITY e "${kilo.repeat(500)}"><!ENTITY f "&#38;lt;${kilo.repeat(500)}">`;
  t.same(verdicts(`${before}${dtd(entity, `<r>${references}</r>`)}`), byAll('xmlTextCharacters'));
  t.same(
    verdicts(`${before}${dtd(entity, `<r>${references.replaceAll('e', 'f')}</r>`)}`),
    byAll('xmlTextCharacters'),
  );
  t.same(verdicts(`${before}${dtd(entity, `<r a="${references}"/>`)}`), byAll('xmlTextCharacters'));
  t.same(
    verdicts(`${before}${dtd(entity, `<r a="${references.replaceAll('e', 'f')}"/>`)}`),
    byAll('xmlTextCharacters'),
  );
  t.end();
});

t.test('a start tag is bounded, not only each of its values', (t) => {
  const attributes = (value: string, count: number): string =>
    Array.from({ length: count }, (_, index) => ` a${index}="${value}"`).join('');
  const limits = { xmlStartTagCharacters: 200_000 };
  const over = byAll('xmlStartTagCharacters');
  t.same(
    verdicts(`<r${attributes(mega, 18)}`, {}, ['xml', 'elements']),
    byAll('xmlStartTagCharacters', ['xml', 'elements']),
  );
  t.same(verdicts(`<r${attributes(kilo, 210)}/>`, { limits }), over);
  t.same(verdicts(`<r${attributes(kilo, 210)}`, { limits }), over, 'before it ends');
  t.same(verdicts(`<r><a${attributes(kilo, 3)}/></r>`, { limits: { xmlStartTagCharacters: 3000 } }), over);
  t.same(
    verdicts(`<r><a${attributes(kilo, 3)}/></r>`, { limits: { xmlStartTagCharacters: 3006 } }),
    byAll(''),
  );
  const entity = `<!ENTITY e "${kilo.repeat(10)}">`;
  t.same(verdicts(dtd(entity, `<r${attributes('&e;&e;', 18)}/>`), { limits }), over, 'by entities');
  const supplied = { limits, entities: { e: kilo.repeat(10) } };
  const names = Object.keys(xmlReaders).filter((name) => name !== 'responseXML');
  t.same(
    verdicts(`<r><a${attributes('&e;&e;', 18)}/></r>`, supplied, names),
    byAll('xmlStartTagCharacters', names),
    'by what is supplied',
  );
  const defaults = Array.from({ length: 18 }, (_, index) => `a${index} CDATA "${kilo.repeat(12)}"`).join(' ');
  t.same(verdicts(dtd(`<!ATTLIST r ${defaults}>`, '<r b=""/>'), { limits }), over, 'by defaults');
  t.end();
});

t.test('a DOM is bounded by what its nodes weigh', (t) => {
  const doms = ['xmlDocument', 'responseXML'];
  const contents = [
    '<i/>',
    '<i>'.repeat(0) + '<i a=""/>',
    'x<!---->',
    '<?x?>',
    '<![CDATA[x]]>',
    kilo,
    '<i>x</i>',
  ];
  for (const content of contents) {
    const document = `<r>${content.repeat(2000)}</r>`;
    t.same(
      verdicts(document, { limits: { documentBytes: 400_000 } }, doms),
      byAll('documentBytes', doms),
      content.slice(0, 20),
    );
    t.same(verdicts(document, {}, doms), byAll('', doms));
  }
  t.end();
});

t.test('no nesting of entities leaves the closed family', (t) => {
  const chain = (mark: string, text: (index: number) => string): string =>
    Array.from({ length: 5000 }, (_, index) => `<!ENTITY ${mark}p${index} ${text(index)}>`).join('');
  const parameters = chain('% ', (index) => (index === 0 ? '"<!---->"' : `"&#37;p${index - 1};"`));
  const general = chain('', (index) => (index === 0 ? '"<b/>"' : `"&p${index - 1};"`));
  for (const document of [
    dtd(`${parameters}%p4999;`, '<r/>'),
    dtd(general, '<r>&p4999;</r>'),
    dtd(general, '<r a="&p4999;"/>'),
    dtd(`${general}<!ATTLIST r a CDATA "&p4999;">`, '<r/>'),
  ]) {
    for (const [name, found] of Object.entries(verdicts(document)))
      t.match(found, /^More than 500 (?:parameter )?entities are inside each other at line 1/, name);
  }
  t.end();
});

t.test('what a DOM refuses is an XmlError with its place, and no fault elsewhere', (t) => {
  for (const document of ['<r>\n<xmlns/></r>', '<r>\n<a><xmlns/></a></r>']) {
    for (const [name, found] of Object.entries(verdicts(document))) {
      if (name !== 'xmlDocument' && name !== 'responseXML') t.equal(found, '', name);
      else t.match(found, /^A DOM cannot hold the element <xmlns> .* at line 2, column \d/, name);
    }
  }
  t.end();
});

t.test('no walk of a record recurses by its depth', (t) => {
  const depth = 20_000;
  const document = Buffer.from(`<r><a id="1">${'<b>x'.repeat(depth)}${'</b>'.repeat(depth)}</a></r>`);
  const limits = { ...defaultLimits, xmlDepth: Infinity };
  for (const { read } of [recordScanner, treeReader]) {
    const output: XmlElement[] = [];
    const parser = read(compileSelector('a'), { limits });
    parser.write(document, output);
    parser.end(output);
    const [element] = output;
    if (element === undefined) throw new Error('nothing was read');
    t.equal(element.text(), 'x'.repeat(depth));
    t.equal(element.toString().length, '<a id="1"></a>'.length + depth * '<b>x</b>'.length);
    t.equal(element.all(':scope b').length, depth);
    t.equal(element.first(':scope b b b')?.text().length, depth - 2);
    let object: unknown = element.toObject();
    let found = 0;
    while (typeof object === 'object' && object !== null && 'b' in object) {
      object = object.b;
      found += 1;
    }
    t.equal(found, depth);
  }
  t.end();
});

t.test('an element of XML 1.1 is written so that it can be read', (t) => {
  const write = (document: string): string[] => {
    const output: XmlElement[] = [];
    const parser = treeReader.read(compileSelector('a'));
    parser.write(Buffer.from(document), output);
    parser.end(output);
    return output.map(String);
  };
  const cases: readonly (readonly [document: string, isVersion11: boolean])[] = [
    ['<r><a>&#1;</a></r>', true],
    ['<r><a b="&#x1F;"/></r>', true],
    ['<r xmlns:p="u"><a xmlns:p=""/></r>', true],
    ['<r><a>&#x80;&#13;&#10;&#9;&amp;#1;</a></r>', false],
    ['<r><a b=" xmlns:p=&quot;&quot;"> xmlns:p=""</a></r>', false],
  ];
  for (const [document, isVersion11] of cases) {
    const [first = ''] = write(`<?xml version="1.1"?>${document}`);
    t.equal(first.startsWith('<?xml version="1.1"?>'), isVersion11, first);
    t.same(write(first), [first], 'it reads back as the same');
  }
  t.end();
});

t.test('an error that is kept keeps nothing of the document', (t) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const kept: unknown[] = [];
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 20; index += 1) {
    const document = [Buffer.from(`<r>${'<i/>'.repeat(10_000)}`)];
    kept.push(xmlReaders['xmlDocument']?.(document, { limits: { documentBytes: 3_000_000 } }).error);
  }
  collectGarbage();
  const growth = process.memoryUsage().heapUsed - before;
  t.ok(isXmlError(kept[19]) && isLimitError(kept[19].cause));
  t.ok(growth < 10_000_000, `20 errors keep ${growth} bytes`);
  t.end();
});
