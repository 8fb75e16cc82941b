import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { bindBufferSlices } from '../../../source/parsing/encoding/bufferSlices.js';
import { treeReader } from '../../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../../source/parsing/xml/records/readRecords.js';
import { cut, type Reading, readingOf } from './compareReaders.js';
import { conformanceTests } from './conformanceTests.js';
import { holds } from '../../helpers/property.js';
import { randomCuts, randomDocuments } from './randomDocuments.js';

bindBufferSlices();

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
