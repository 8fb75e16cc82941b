import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import t from 'tap';
import { bindNodeTextDecoder } from '../../../source/parsing/encoding/bindNodeTextDecoder.js';
import { defaultLimits, type Limits } from '../../../source/options/limits.js';
import { treeReader } from '../../../source/parsing/xml/readElements.js';
import { CheckpointMaker } from '../../../source/parsing/xml/records/CheckpointMaker.js';
import { recordScanner } from '../../../source/parsing/xml/records/readRecords.js';
import { RecordFinder } from '../../../source/parsing/xml/records/RecordFinder.js';
import { ByteWindow } from '../../../source/parsing/xml/scanner/ByteWindow.js';
import { CutTag } from '../../../source/parsing/xml/scanner/CutTag.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { SelectorCache } from '../../../source/parsing/xml/selectors/SelectorCache.js';
import { type XmlElement } from '../../../source/parsing/xml/XmlElement.js';
import { holds } from '../../helpers/property.js';
import { cut, type Reading, readingOf } from './compareReaders.js';
import { conformanceTests } from './conformanceTests.js';
import { randomCuts, randomDocuments } from './randomDocuments.js';

bindNodeTextDecoder();

const selectors = [
  ...[':root', 'r > *', '*', 'item', 'r > item, r > a', 'title', 'g|id', 'a b', 'a > b', '*|y', 'nothing'],
  ...[
    '[id]',
    '[x|id="1"]',
    'r > :nth-child(2n+1)',
    'b ~ a',
    'b + *',
    'r > [lang]:not(a)',
    'r > *:first-of-type',
  ],
];
const limits = [
  ...[{ xmlDepth: 3 }, { xmlAttributes: 1 }, { xmlNameCharacters: 3 }, { xmlTextCharacters: 20 }],
  ...[{ xmlRecordCharacters: 100 }, { xmlRecordCharacters: 60 }, { xmlEntityCharacters: 2 }],
];

/** What was read by saxes, after the scanner has been found to read the same. */
function readByBoth(reading: Reading): string[] {
  const [scanned, told] = [readingOf(recordScanner, reading), readingOf(treeReader, reading)];
  if (scanned.join('\n') !== told.join('\n')) {
    const at = told.findIndex((one, index) => one !== scanned[index]);
    throw new Error(`the scanner gives ${String(scanned[at])}\n where saxes gives ${String(told[at])}`);
  }
  return told;
}

t.test(
  'the scanner gives the same elements and errors as saxes, of whatever document, however it is cut',
  (t) => {
    let values = 0;
    let errors = 0;
    holds(
      t,
      'both readers say the same',
      fc.property(
        randomDocuments,
        randomCuts,
        fc.constantFrom(...selectors),
        fc.option(fc.constantFrom(...limits), { freq: 2 }),
        fc.boolean(),
        (bytes, sizes, selector, limits, supplied) => {
          const told = readByBoth({
            selector,
            options: {
              namespaces: { g: 'urn:g', x: 'urn:x' },
              ...(supplied && { entities: { eacute: 'é', brand: 'x'.repeat(20) } }),
              ...(limits && { limits }),
            },
            pieces: cut(bytes, sizes),
          });
          values += told.length;
          errors += told.some((one) => one.includes('ERR_XML')) ? 1 : 0;
        },
      ),
      { numRuns: 1500, interruptAfterTimeLimit: 6000 },
    );
    t.ok(values > 100 && errors > 10, `${values} elements and ${errors} errors are enough to tell something`);
    t.end();
  },
);

t.test('the scanner gives the same elements and errors as saxes, of the W3C conformance suite', (t) => {
  const readings: readonly (readonly [selector: string, sizes: readonly number[]])[] = [
    [':root', []],
    ['*', [1]],
    ['[a1], [id], [xml|lang], :root > :nth-child(2)', [3]],
    ['doc', [17, 2]],
  ];
  const surprises: string[] = [];
  let values = 0;
  const tests = conformanceTests();
  for (const [index, { id, path }] of tests.entries()) {
    const bytes = readFileSync(path);
    // Two of them for each document: all for all would take a quarter of a minute.
    for (const [selector, sizes] of readings.filter((_, number) => number % 2 === index % 2)) {
      try {
        values += readByBoth({ selector, pieces: cut(bytes, bytes.length > 20_000 ? [] : sizes) }).length;
      } catch (error) {
        surprises.push(`${id}, ${selector}: ${String(error)}`);
      }
    }
  }
  t.same(surprises, []);
  t.ok(values > 10_000, `${values} elements and errors are enough to tell something`);
  t.end();
});

/** The elements that the scanner has found in a document, and whether it wants somebody else to go on before the root ends. */
function scan(document: string, selector: string, size = Infinity, limits: Partial<Limits> = {}) {
  const output: XmlElement[] = [];
  const compiled = compileSelector(selector);
  const finder = new RecordFinder({
    selector: compiled,
    checkpoints: new CheckpointMaker(compiled, {}),
    selectors: new SelectorCache({}),
    limits: { ...defaultLimits, ...limits },
    entities: {
      spent: 0,
      supply: (name) => {
        if (name === 'none') throw new Error('there is nothing');
        return name;
      },
    },
  });
  finder.start({ line: 1, column: 1, offset: 0 }, 0);
  // Without the root's end, which is not the scanner's either.
  const pieces = cut(Buffer.from(document.replace(/<\/r>$/, '')), [size]);
  return { handsOver: pieces.some((piece) => finder.write(piece, output)), output };
}

t.test('the scanner goes on by itself through whatever is well-formed and usual', (t) => {
  const documents = [
    '<r a="1" b=\'2\' xmlns:g="urn:g"><g:a g:b="&amp;&#65;&e;"/>text &lt; &#x1F600; &e; ]] > \r\n</r>',
    '<r><!-- c --><?p i?><![CDATA[ ]] ]]></r>',
    '<r xmlns="urn:a"><b xmlns=""><c xmlns="urn:b"/></b></r>',
    '<r><item><item>1</item><b><item/></b></item><item/></r>',
    '<r><été><公司 ключ="значение">中文</公司>\t</été ></r>',
  ];
  for (const document of documents) {
    for (const selector of ['*', 'item', 'item item', '[a]', 'item:first-child']) {
      for (const size of [Infinity, 1, 3])
        t.notOk(scan(document, selector, size).handsOver, `${document} by ${selector}`);
    }
  }
  t.end();
});

t.test('the scanner hands over what is malformed, not allowed, not supplied or over a limit', (t) => {
  const documents = [
    ...[
      '<r><a></b></r>',
      '<r>&none;</r>',
      '<r>&#0;</r>',
      '<r>]]></r>',
      '<r a="1" a="2"></r>',
      '<r x:a=""></r>',
    ],
    ...[
      '<r><!-- -- --></r>',
      '<r><?xml ?></r>',
      '<r><a b="<"/></r>',
      '<r>\x01</r>',
      '<r xmlns:a=""></r>',
      '<r><1/></r>',
    ],
    ...[
      '<r><a:b/></r>',
      '<r><a:b:c xmlns:a="x"/></r>',
      '<r xmlns:xml="x"></r>',
      '<r><a/ ></r>',
      '<r><!ELEMENT></r>',
    ],
  ];
  for (const document of documents) {
    for (const size of [Infinity, 1]) t.ok(scan(`${document}          `, 'none', size).handsOver, document);
  }
  const overLimit: readonly (readonly [Partial<Limits>, string])[] = [
    [{ xmlDepth: 2 }, '<r><a><a>'],
    [{ xmlAttributes: 1 }, '<r a="1" b="2">'],
    [{ xmlNameCharacters: 3 }, '<r><abcd>'],
    [{ xmlTextCharacters: 3 }, '<r>abcd<'],
    [{ xmlTextCharacters: 3 }, '<r a="abcd">'],
    [{ xmlRecordCharacters: 40 }, `<r><a>${'x'.repeat(40)}</a>`],
  ];
  for (const [limits, document] of overLimit)
    t.ok(scan(document, 'a', Infinity, limits).handsOver, Object.keys(limits).join());
  t.end();
});

t.test('a tag that comes in many pieces is not read from its start with each', (t) => {
  const window = new ByteWindow();
  const cutTag = new CutTag();
  let readings = 0;
  const take = (text: string): void => {
    for (const byte of Buffer.from(text)) {
      window.take(Uint8Array.of(byte), 0, 0);
      if (cutTag.isFutile(window)) continue;
      readings += 1;
      cutTag.cut(window);
    }
  };
  take('<a ');
  take(`b="${'>'.repeat(20_000)}" c='${'"'.repeat(20_000)}'`);
  t.ok(readings < 25, `it was read ${readings} times in 40,000 pieces`);
  readings = 0;
  take('>');
  t.equal(readings, 1, 'where it ends it is read at once');
  t.end();
});

t.test('an element inside a match that is still open can be read, and is the same object in it', (t) => {
  const parser = recordScanner.read(compileSelector('a'));
  const output: XmlElement[] = [];
  const inner: XmlElement[] = [];
  const write = (text: string): void => {
    parser.write(Buffer.from(text), output);
  };
  write('<r><a id="0"><b k="1">');
  for (let index = 1; index <= 50; index += 1) {
    write(`text ${index} <a id="${index}"><title>Inner ${index}</title>${'x'.repeat(3000)}</a>`);
    inner.push(...output.splice(0));
  }
  t.same(
    inner.map((element) => [element.attribute('id'), element.text('title'), element.ancestors.length]),
    Array.from({ length: 50 }, (_, index) => [`${index + 1}`, `Inner ${index + 1}`, 3]),
    'while the outer one is being read',
  );
  write('</b></a></r>');
  parser.end(output);
  const [outer] = output;
  t.same(
    outer
      ?.first('b')
      ?.all('a')
      .map((element) => inner.indexOf(element)),
    [...inner.keys()],
  );
  t.equal(inner[7]?.toObject()['title'], 'Inner 8', 'and afterwards');
  t.end();
});

t.test('what is remembered does not grow with the document', (t) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const held = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const sources: Record<string, (index: number) => string> = {
    'entities that are supplied': (index) => `<x>&entity-${index};</x>`,
    'entities in records': (index) => `<a>&entity-${index};</a>`,
    'namespaces that are declared': (index) => `<n:x xmlns:n="urn:of:some:length:${index}"/>`,
    names: (index) => `<element-${index}/>`,
    ends: () => '<a/>\n',
  };
  for (const [what, make] of Object.entries(sources)) {
    const options = {
      entities: (name: string) => `text of ${name}`,
      limits: { ...defaultLimits, xmlEntityCharacters: Infinity },
    };
    const parser = recordScanner.read(compileSelector('a'), options);
    const output: XmlElement[] = [];
    parser.write(Buffer.from('<r>'), output);
    const before = held();
    for (let index = 0; index < 300_000; index += 1000) {
      const text = Array.from({ length: 1000 }, (_, at) => make(index + at)).join('');
      parser.write(Buffer.from(text), output);
      output.length = 0;
    }
    const growth = held() - before;
    t.ok(growth < 12_000_000, `${what}: ${growth} bytes are held`);
    parser.write(Buffer.from('</r>'), output);
    parser.end(output);
  }
  t.end();
});

t.test('a record that is kept keeps little beside it', (t) => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const parser = recordScanner.read(compileSelector('a'));
  const output: XmlElement[] = [];
  const kept: XmlElement[] = [];
  parser.write(Buffer.from('<r>'), output);
  collectGarbage();
  const before = process.memoryUsage();
  for (let index = 0; index < 1000; index += 1) {
    parser.write(Buffer.from(`<a>${index}</a>${'<b>not in a record</b>'.repeat(3000)}`), output);
    kept.push(...output.splice(0));
  }
  collectGarbage();
  const after = process.memoryUsage();
  const growth = after.heapUsed + after.external - before.heapUsed - before.external;
  t.ok(growth < 8_000_000, `1,000 records of 66 MB keep ${growth} bytes`);
  t.equal(kept[999]?.text(), '999');
  t.end();
});
