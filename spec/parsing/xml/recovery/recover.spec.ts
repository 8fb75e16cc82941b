import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { defaultLimits } from '../../../../source/options/limits.js';
import { parseXml } from '../../../../source/parsing/xml/parseXml.js';
import { type XmlEvent } from '../../../../source/parsing/xml/XmlEvent.js';
import { chunkings } from '../../../helpers/chunkings.js';
import { cutAt } from '../../../helpers/chunkings.js';
import { holds } from '../../../helpers/property.js';
import { conformanceTests } from '../conformanceTests.js';
import { randomDocuments } from '../randomDocuments.js';
import { type Fault, faults, outerFaults } from './faults.js';
import { recover } from './recover.js';

const bytesOf = (...parts: (string | Uint8Array | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const kindsOf = (repairs: readonly string[]): string[] => repairs.map((repair) => repair.split(' ')[0] ?? '');

t.test('each fault alone: strict refuses it, recover reports it and reads on, however it is cut', (t) => {
  for (const { title, document, reading, kinds } of [
    ...faults.map((fault) => ({
      ...fault,
      document: bytesOf('<r>', fault.inside, '</r>'),
      reading: `<r>${fault.reading}</r>`,
    })),
    ...outerFaults,
  ]) {
    const bytes = bytesOf(document);
    const strict = recover([bytes], { recover: false });
    if (kinds.length > 0) t.ok(strict.error !== undefined, `${title}: strict`, { strict });
    const whole = recover([bytes]);
    t.same([whole.text, kindsOf(whole.repairs), whole.error], [reading, kinds, undefined], title);
    for (const chunking of chunkings<Uint8Array>(bytes)) {
      const cut = recover(chunking.pieces);
      if (JSON.stringify(cut) !== JSON.stringify(whole)) t.same(cut, whole, `${title}, ${chunking.title}`);
    }
  }
  t.end();
});

t.test('faults in pairs', (t) => {
  const cases = faults.flatMap((first) => faults.map((second): readonly [Fault, Fault] => [first, second]));
  for (const [first, second] of cases) {
    const bytes = bytesOf('<r><i>', first.inside, '</i>\n<i>', second.inside, '</i></r>');
    const expected = [
      `<r><i>${first.reading}</i>\n<i>${second.reading}</i></r>`,
      [...first.kinds, ...second.kinds],
      undefined,
    ];
    const pieces = [bytes.subarray(0, 20), bytes.subarray(20, 21), bytes.subarray(21)];
    for (const cut of [[bytes], pieces]) {
      const { text, repairs, error } = recover(cut);
      const found = [text, kindsOf(repairs), error];
      if (JSON.stringify(found) !== JSON.stringify(expected))
        t.same(found, expected, `${first.title}; ${second.title}`);
    }
  }
  t.ok(cases.length > 1000);
  t.end();
});

/** All events, those of one text joined, or the error. */
function eventsOf(
  bytes: Buffer,
  given: boolean,
): { readonly events: readonly string[]; readonly error?: string } {
  const output: XmlEvent[] = [];
  const events: string[] = [];
  let failure: { error?: string } = {};
  let repairs = 0;
  try {
    const recover = given && ((): unknown => (repairs += 1));
    const parser = parseXml({ recover, entities: { eacute: 'é', brand: 'Ada' } });
    parser.write(bytes, output);
    parser.end(output);
  } catch (error) {
    failure = { error: String(error) };
  }
  let isText = false;
  // Behind an entity with markup the other reader names the place of the reference.
  const isPlaced =
    !bytes.includes('<!ENTITY') && !bytes.includes('<\0!\0E\0N') && !bytes.includes('\0<\0!\0E\0N');
  for (const { type, position, ...rest } of output) {
    const { line, column } = isPlaced ? position : { line: 0, column: 0 };
    if (type === 'text' && isText) events.push((events.pop() ?? '') + (rest as { text: string }).text);
    else if (type === 'text') events.push(`${line}:${column} ${(rest as { text: string }).text}`);
    else events.push(`${type} ${line}:${column} ${JSON.stringify(rest)}`);
    isText = type === 'text';
  }
  if (repairs > 0) events.push(`${repairs} repairs`);
  return { events, ...failure };
}

t.test('what is well-formed is read as without, and nothing is reported', (t) => {
  let compared = 0;
  const wrong: string[] = [];
  for (const { id, path } of conformanceTests()) {
    const bytes = readFileSync(path);
    const strict = eventsOf(bytes, false);
    if (strict.error !== undefined || strict.events[0]?.includes('"version":"1.1"') === true) continue;
    compared += 1;
    const lenient = eventsOf(bytes, true);
    if (JSON.stringify(lenient) !== JSON.stringify(strict))
      wrong.push(
        `${id} ${path}: ${JSON.stringify(lenient).slice(0, 400)} ${JSON.stringify(strict).slice(0, 400)}`,
      );
  }
  t.ok(compared > 800, `${compared} documents of the W3C suite`);
  t.same(wrong, []);
  holds(
    t,
    'random documents',
    fc.property(randomDocuments, (bytes) => {
      const strict = eventsOf(bytes, false);
      // What ends a line in XML 1.1 is looked for by the strict reader alone.
      if (strict.error !== undefined || strict.events[0]?.includes('"version":"1.1"') === true) return true;
      const lenient = eventsOf(bytes, true);
      if (JSON.stringify(lenient) !== JSON.stringify(strict))
        throw new Error(`${JSON.stringify(lenient)} ${JSON.stringify(strict)}`);
      return true;
    }),
    { numRuns: 300 },
  );
  t.end();
});

t.test('whatever is broken, the same is read and reported however it is cut', (t) => {
  const broken = fc.tuple(
    randomDocuments,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom(
          '<',
          '>',
          '&',
          '"',
          "'",
          '=',
          '/',
          '\x01',
          ']]>',
          '--',
          '&#55357;',
          '&nbsp;',
          '<g:a',
          '</b>',
          '<!',
          '<?xml ?>',
          '\r',
          ' ',
        ),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0xe9, 0x93, 0xed, 0xa0, 0xc0, 0xf0, 0xff)), { maxLength: 3 }),
    fc.array(fc.nat(), { maxLength: 5 }),
  );
  holds(
    t,
    'it gives records and repairs, or an XmlError',
    fc.property(broken, ([document, inserted, bytes, cuts]) => {
      let all = document;
      const insert = (at: number, piece: Buffer): void => {
        const place = at % (all.length + 1);
        all = Buffer.concat([all.subarray(0, place), piece, all.subarray(place)]);
      };
      for (const [at, piece] of inserted) insert(at, Buffer.from(piece));
      for (const [at, byte] of bytes) insert(at, Buffer.from([byte]));
      const whole = recover([all]);
      const cut = recover(cutAt<Uint8Array>(all, cuts));
      if (JSON.stringify(whole) !== JSON.stringify(cut))
        throw new Error(`${JSON.stringify(whole)} ${JSON.stringify(cut)}`);
      return whole.error === undefined || whole.error.startsWith('XmlError');
    }),
    { numRuns: 1000 },
  );
  t.end();
});

t.test('a document that is cut short stays an error, at every byte', (t) => {
  const bytes = bytesOf('\n<?xml version="1.0"?><r><i c="1" c="2">a & b &nbsp;</i><i>', [0xe9], '</r>');
  for (let at = 0; at < bytes.length; at += 1) {
    const { error } = recover([bytes.subarray(0, at)]);
    if (error === undefined || !/^XmlError: The document (?:ends|is empty|has no root)/.test(error))
      t.fail(`cut at ${at}: ${error ?? ''}`);
  }
  t.equal(recover([bytes]).error, undefined);
  t.end();
});

t.test('limits hold', (t) => {
  const limits = {
    xmlDepth: 3,
    xmlTextCharacters: 100,
    xmlAttributes: 3,
    xmlNameCharacters: 20,
    xmlEntityCharacters: 50,
    xmlEntityGrowth: 0,
  };
  const all = { ...defaultLimits, ...limits };
  const long = 'x'.repeat(101);
  for (const [document, limit] of [
    ['<a><b><c><d>', 'xmlDepth'],
    [`<a>${long}</a>`, 'xmlTextCharacters'],
    [`<a><!--${long}--></a>`, 'xmlTextCharacters'],
    [`<a b="${long}"/>`, 'xmlTextCharacters'],
    [`<a><![CDATA[${long}xxx`, 'xmlTextCharacters'],
    [`<a b=${long}x`, 'xmlTextCharacters'],
    ['<a b="" c="" d="" e=""/>', 'xmlAttributes'],
    [`<${'a'.repeat(21)}/>`, 'xmlNameCharacters'],
    [`<!DOCTYPE a [<!ENTITY e "${'e'.repeat(30)}">]><a>&e;&e;</a>`, 'xmlEntityCharacters'],
  ] as const) {
    const bytes = Buffer.from(document);
    const whole = recover([bytes], { limits: all });
    t.match(whole.error, `over limits.${limit} (`, document.slice(0, 30));
    const single = recover(
      [...bytes].map((byte) => Uint8Array.of(byte)),
      { limits: all },
    );
    t.same(single, whole);
  }
  t.end();
});
