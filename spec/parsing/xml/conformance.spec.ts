import { readFileSync } from 'node:fs';
import t from 'tap';
import { isXmlError } from '../../../source/errors/guards.js';
import { DtdScanner } from '../../../source/parsing/xml/dtd/DtdScanner.js';
import { readDoctype } from '../../../source/parsing/xml/dtd/readDoctype.js';
import { EntityExpansion } from '../../../source/parsing/xml/EntityExpansion.js';
import { parseXml } from '../../../source/parsing/xml/parseXml.js';
import { type XmlEvent } from '../../../source/parsing/xml/XmlEvent.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { XmlLimits } from '../../../source/parsing/xml/XmlLimits.js';
import { xmlConformanceExceptions } from '../../helpers/xmlConformanceExceptions.js';
import { type ConformanceTest, conformanceTests } from './conformanceTests.js';

function read(path: string): XmlEvent[] {
  const events: XmlEvent[] = [];
  const parser = parseXml();
  parser.write(readFileSync(path), events);
  parser.end(events);
  return events;
}

const specials = {
  '1.0': /[&<>"\t\n\r]/g,
  '1.1': /[&<>"\p{Cc}\u2028]/gu,
};

function escape(text: string, version: '1.0' | '1.1'): string {
  return text.replace(specials[version], (character) => {
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[character];
    return named ?? `&#${character.charCodeAt(0)};`;
  });
}

/** The second canonical form of the suite: notations, tags, instructions and text. */
function canonical(events: readonly XmlEvent[]): string {
  const [first] = events;
  const version = first?.type === 'xmlDeclaration' && first.version === '1.1' ? '1.1' : '1.0';
  const pieces = events.map((event) => {
    switch (event.type) {
      case 'doctype':
        return canonicalDoctype(event.text);
      case 'startElement': {
        const attributes = event.attributes
          .map(({ name, value }) => ` ${name}="${escape(value, version)}"`)
          .sort((a, b) => (a < b ? -1 : 1));
        return `<${event.name}${attributes.join('')}>`;
      }
      case 'endElement':
        return `</${event.name}>`;
      case 'text':
      case 'cdata':
        return escape(event.text, version);
      case 'processingInstruction':
        return `<?${event.target} ${event.data}?>`;
      case 'xmlDeclaration':
        return version === '1.1' ? '<?xml version="1.1"?>' : '';
      case 'comment':
      case 'skippedEntity':
        return '';
    }
  });
  return pieces.join('');
}

function canonicalDoctype(text: string): string {
  const limits = { ...defaultLimits, xmlEntityCharacters: Infinity };
  const expansion = new EntityExpansion({
    guard: new XmlLimits({ limits }, { line: 1, column: 1, offset: 0 }),
    lookup: () => undefined,
    pending: () => 0,
    read: () => 1,
  });
  const { name, notations } = readDoctype(new DtdScanner(text), {
    expansion,
    standalone: false,
    version: '1.1',
  });
  if (notations.size === 0) return '';
  const lines = [...notations]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([notation, { publicId, systemId }]) => {
      const ids =
        publicId === undefined
          ? `SYSTEM '${systemId ?? ''}'`
          : `PUBLIC '${publicId}'${systemId === undefined ? '' : ` '${systemId}'`}`;
      return `<!NOTATION ${notation} ${ids}>\n`;
    });
  return `<!DOCTYPE ${name} [\n${lines.join('')}]>\n`;
}

function outcome(test: ConformanceTest): string {
  try {
    const events = read(test.path);
    if (test.type === 'not-wf') return 'is read';
    if (test.output === undefined) return 'ok';
    const wanted = readFileSync(test.output, 'utf8').replaceAll('\r\n', '\n');
    const found = canonical(events);
    return found === wanted
      ? 'ok'
      : `gives ${JSON.stringify(found.slice(0, 300))}, not ${JSON.stringify(wanted.slice(0, 300))}`;
  } catch (error) {
    if (!isXmlError(error)) throw error;
    return test.type === 'not-wf' ? 'ok' : `is refused: ${error.message}`;
  }
}

t.test('the W3C conformance suite', (t) => {
  const tests = conformanceTests().filter(({ type }) => type !== 'error');
  const failed = new Set<string>();
  const surprises: string[] = [];
  for (const test of tests) {
    const found = outcome(test);
    if (found === 'ok') continue;
    failed.add(test.id);
    if (!xmlConformanceExceptions.has(test.id))
      surprises.push(`${test.id} (${test.type}, ${test.path}) ${found}`);
  }
  t.equal(tests.length, 2240, 'reads every test for the fifth edition');
  t.same(surprises, [], 'reads what is well-formed, as its canonical form says, and refuses what is not');
  const obsolete = [...xmlConformanceExceptions.keys()].filter((id) => !failed.has(id));
  t.same(obsolete, [], 'needs every exception that is listed');
  t.end();
});
