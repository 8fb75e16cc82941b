import fc from 'fast-check';
import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import t from 'tap';
import { demoFeed } from '../../source/cli/demo/demoFeed.js';
import { previewWriter } from '../../source/cli/demo/runDemo.js';
import { describeFailure } from '../../source/cli/describeFailure.js';
import { UsageError } from '../../source/cli/exit.js';
import { formatBytes, formatCount, formatTime } from '../../source/cli/format.js';
import { fitText, oneLine } from '../../source/cli/output/cells.js';
import {
  fieldsToText,
  fieldsToXml,
  jsonWriter,
  lineWriter,
  type RecordWriter,
} from '../../source/cli/output/recordWriters.js';
import { tableWriter } from '../../source/cli/output/tableWriter.js';
import { Printer } from '../../source/cli/Printer.js';
import { progressLine } from '../../source/cli/progressLine.js';
import { summarize } from '../../source/cli/summarize.js';
import { HttpStatusError } from '../../source/errors/HttpStatusError.js';
import { LimitError } from '../../source/errors/LimitError.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { ParseError } from '../../source/errors/ParseError.js';
import { RequestTimeoutError } from '../../source/errors/RequestTimeoutError.js';
import { XmlError } from '../../source/errors/XmlError.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { holds } from '../helpers/property.js';

function printAll<Value>(writer: RecordWriter<Value>, values: readonly Value[]): string {
  return [writer.begin(), ...values.map((value) => String(writer.record(value))), writer.end()].join('');
}

t.test('a JSON array is whole whatever its records', (t) => {
  t.equal(printAll(jsonWriter(), []), '[]\n');
  t.equal(printAll(jsonWriter(), [{ a: 1 }, 'x\ny']), '[\n  {\n    "a": 1\n  },\n  "x\\ny"\n]\n');
  holds(
    t,
    'whatever the values',
    fc.property(fc.array(fc.jsonValue()), (values) => {
      assert.equal(printAll(jsonWriter(), values), `${JSON.stringify(values, null, 2)}\n`);
    }),
  );
  t.end();
});

t.test('fields become text and XML that cannot be taken apart wrongly', (t) => {
  t.equal(fieldsToText({ a: 'x\ty\n', b: null, c: ['1', '2'], d: '' }), 'x y\t\t1, 2\t');
  t.equal(
    fieldsToXml({ 'g|id': '<&>"\n', none: null, many: ['1', '2'] }),
    '<record><field name="g|id">&lt;&amp;&gt;&quot;&#xA;</field><field name="many">1</field><field name="many">2</field></record>',
  );
  t.equal(oneLine(' a \u001b[2J\u009b1m\r\n b '), 'a [2J 1m b', 'no control character gets through');
  t.end();
});

t.test('a table is as wide as its first rows, and numbers stand right', (t) => {
  const rows = [
    { id: '1', name: 'thé', price: '9.90 EUR', tags: ['a', 'b'] },
    { id: '100', name: '抹茶', price: '119.00 EUR', more: { x: 1 } },
  ];
  t.equal(
    printAll(tableWriter(undefined, undefined), rows),
    `${[
      ' id  name       price  tags  more',
      '───  ────  ──────────  ────  ───────',
      '  1  thé     9.90 EUR  a, b',
      '100  抹茶  119.00 EUR        {"x":1}',
    ].join('\n')}\n`,
  );
  t.equal(printAll(tableWriter(undefined, undefined), [1, null]), 'value\n─────\n    1\n\n');
  t.equal(printAll(tableWriter(['a'], undefined), []), '', 'without rows there is no head');
  t.equal(
    printAll(tableWriter(undefined, undefined), [{ 'a\u001b[2J\nb': 1 }]),
    'a [2J b\n───────\n      1\n',
    'no control character gets through in a name either',
  );
  t.end();
});

t.test('a table on a terminal is cut to it, and says which columns are missing', (t) => {
  const row = { id: '1', title: 'a long title that goes on', text: 'x'.repeat(60), last: 'y'.repeat(20) };
  const lines = printAll(tableWriter(undefined, 40), [row]).split('\n');
  t.same(lines, [
    'id  title       text        last',
    '──  ──────────  ──────────  ──────────',
    ' 1  a long ti…  xxxxxxxxx…  yyyyyyyyy…',
    '',
  ]);

  const narrow = tableWriter(undefined, 20);
  t.equal(printAll(narrow, [row]), 'id  title\n──  ────────────────\n 1  a long title th…\n');
  t.equal(narrow.note?.(), '2 more columns do not fit: text, last; choose with --fields');
  t.equal(tableWriter(['a'], 20).note?.(), undefined);
  t.end();
});

t.test('a table prints its layout once, and later rows as they come', (t) => {
  const writer = tableWriter(['n'], undefined);
  t.equal(writer.record({ n: '1' }), '');
  t.equal(writer.settle(), 'n\n─\n1\n');
  t.equal(writer.settle(), '');
  t.equal(writer.record({ n: '22' }), '22\n', 'a wider value stands out, and is not cut');
  const filled = tableWriter(['n'], undefined);
  const printed = Array.from({ length: 60 }, (_, n) => filled.record({ n: String(n) }));
  t.equal(
    printed.findIndex((piece) => piece !== ''),
    49,
  );
  t.equal(printed.join('').split('\n').length, 63);
  t.end();
});

t.test('no row of a table is wider than the terminal, whatever its letters', (t) => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 40 });
  holds(
    t,
    'whatever the cells',
    fc.property(
      fc.array(fc.record({ a: cell, b: cell, c: cell }), { minLength: 1, maxLength: 60 }),
      (rows) => {
        const lines = printAll(tableWriter(undefined, 30), rows).split('\n');
        return lines.every((line) => stringWidth(line) <= 30);
      },
    ),
  );
  t.end();
});

t.test('width counts columns, not code units', (t) => {
  const width = (text: string): number => {
    const filled = fitText(text, 20);
    return 20 - (filled.length - filled.trimEnd().length);
  };
  t.equal(width('déjà'), 4);
  t.equal(width('de\u0301ja\u0300'), 4);
  t.equal(width('抹茶 👍🏽'), 7);
  t.equal(width('👩‍👩‍👧‍👦🇫🇷'), 4);
  t.equal(width('‹가각›'), 6);
  t.equal(width('ｶﾞ'), 2);
  t.equal(fitText('抹茶堂', 4), '抹… ');
  t.equal(fitText('abc', 3), 'abc');
  t.equal(fitText('abcd', 3), 'ab…');
  t.equal(fitText('7', 3, true), '  7');
  t.end();
});

t.test('amounts are for reading', (t) => {
  t.same([0, 950, 12_345, 999_949, 999_950, 4_000_000, 1_234_000_000].map(formatBytes), [
    '0 B',
    '950 B',
    '12.3 kB',
    '999.9 kB',
    '1.0 MB',
    '4.0 MB',
    '1.23 GB',
  ]);
  t.same([3.4, 999.4, 999.6, 59_940, 59_960, 65_000, 7_210_000].map(formatTime), [
    '3 ms',
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1:00',
    '1:05',
    '2:00:10',
  ]);
  t.equal(formatCount(1, 'record'), '1 record');
  t.equal(formatCount(50_000, 'record'), '50,000 records');
  t.end();
});

const tally = {
  startedAt: 0,
  firstRecord: 40,
  records: 1_000,
  hasRecords: true,
  loaded: 4_000_000,
  transferred: 1_000_000,
  total: 4_000_000,
};

t.test('the progress line tells bytes, rate, records and time left, and fits its terminal', (t) => {
  t.equal(
    progressLine(tally, 2_000, 79),
    '████░░░░░░░░░░░░░  25%  1.0 MB of 4.0 MB  500.0 kB/s  1,000 records  6.0 s left',
    'as wide as there is room',
  );
  t.equal(
    progressLine({ ...tally, total: undefined }, 2_000, 79),
    '1.0 MB  500.0 kB/s  1,000 records  2.0 s',
  );
  t.equal(
    progressLine({ ...tally, hasRecords: false }, 2_000, 50),
    '25%  1.0 MB of 4.0 MB  500.0 kB/s  6.0 s left',
  );
  t.equal(progressLine({ ...tally, transferred: 0 }, 0, 60).includes('NaN'), false);
  holds(
    t,
    'however wide it is and far it has come',
    fc.property(
      fc.nat(4_000_000),
      fc.integer({ min: 1, max: 200 }),
      fc.nat(100_000),
      (transferred, columns, now) => {
        return progressLine({ ...tally, transferred }, now, columns).length <= columns;
      },
    ),
  );
  t.end();
});

t.test('the summary tells records, rates, memory and the time to the first record', (t) => {
  t.same(summarize(tally, 2_000, 90_000_000), [
    '1,000 records in 2.0 s (500/s), the first after 40 ms',
    '4.0 MB (1.0 MB on the wire), 2.0 MB/s, peak memory 90.0 MB',
  ]);
  t.same(summarize({ ...tally, hasRecords: false, transferred: 4_000_000 }, 2_000, 90_000_000), [
    '4.0 MB in 2.0 s, 2.0 MB/s, peak memory 90.0 MB',
  ]);
  t.end();
});

t.test('what one arrival yields is written at once, after it', async (t) => {
  const written: (string | Uint8Array)[] = [];
  const failures: unknown[] = [];
  const fail = (error: unknown): void => void failures.push(error);
  const printer = new Printer((piece) => written.push(piece), fail);
  printer.print('a\n');
  printer.print('');
  printer.print('b\n');
  t.same(written, []);
  await Promise.resolve();
  t.same(written, ['a\nb\n']);
  printer.print('c\n');
  printer.print(Uint8Array.of(1));
  t.same(written.slice(1), ['c\n', Uint8Array.of(1)], 'bytes come after the text before them');
  printer.print('x'.repeat(70_000));
  t.equal(written.length, 4, 'much is not gathered');
  await Promise.resolve();
  t.equal(written.length, 4);

  t.same(failures, []);
  const broken = new Printer(() => {
    throw new Error('full');
  }, fail);
  broken.print('a');
  await Promise.resolve();
  t.same(failures, [new Error('full')]);
});

t.test('each kind of failure has its exit code, its place and its advice', (t) => {
  const request = { method: 'GET', url: 'http://a/feed.xml', repeatable: true };
  const response = { url: request.url, status: 404, statusText: 'Not Found', headers: new HeaderMap() };
  const position = { line: 3, column: 7, offset: 40 };
  const limit = new LimitError('xmlDepth', 1_000, { request });
  const cases: readonly (readonly [unknown, number, RegExp])[] = [
    [new UsageError('what?'), 2, /^what\?\n {2}try .*--help/],
    [
      new NetworkError('dns', { request }),
      3,
      /http:\/\/a\/feed.xml.*\n.*phase {4}dns\n.*printed {2}2 records.*\n.*host name/,
    ],
    [
      new NetworkError('connect', { request: { ...request, url: 'file:///x' }, cause: new Error('ENOENT') }),
      3,
      /^cannot read file:\/\/\/x: ENOENT\n.*\n.*check that the file is there/,
    ],
    [Object.assign(new Error('ENOENT'), { path: 'x', syscall: 'stat' }), 3, /ENOENT/],
    [
      new RequestTimeoutError('idle', 500, { request }),
      4,
      /500 ms.*\n.*phase {4}idle\n.*\n.*longer --timeout/,
    ],
    [
      new HttpStatusError(response, { request, body: '<p>\nno</p>' }),
      5,
      /404 Not Found\n.*body {5}<p> no<\/p>\n.*path of the URL/,
    ],
    [new HttpStatusError({ ...response, status: 401 }, { request }), 5, /authorization/],
    [new HttpStatusError({ ...response, status: 503 }, { request }), 5, /again later/],
    [new HttpStatusError({ ...response, status: 415 }, { request }), 5, /content-type/],
    [new HttpStatusError({ ...response, status: 304 }, { request }), 5, /the URL that the server points to/],
    [
      new HttpStatusError({ ...response, status: 400 }, { request }),
      5,
      /check the URL, the method and the headers/,
    ],
    [
      new XmlError('broken', { position, request }),
      6,
      /line 3, column 7.*\n.*printed.*\n.*leave out --select/,
    ],
    [new XmlError('the entity "x" is not declared', { position, request }), 6, /--entities html/],
    [new XmlError('a byte is illegal in the encoding', { position, request }), 6, /--mime-type/],
    [new ParseError('json', 'no JSON', { position, request }), 6, /--format raw/],
    [limit, 7, /xmlDepth \(1000\)[^]*--limits xmlDepth=10000, if you trust/],
    [new XmlError('too deep', { position, request, cause: limit }), 7, /line 3, column 7/],
    [new Error('a defect'), 1, /^a defect\n.*printed/],
    ['a string', 1, /^a string/],
  ];
  for (const [error, code, text] of cases) {
    const { exitCode, lines } = describeFailure(error, 2);
    t.equal(exitCode, code, String(error));
    t.match(lines.join('\n'), text);
  }
  t.equal(
    describeFailure(new HttpStatusError(response, { body: 'x'.repeat(5_000) }), 0).lines[1]?.length,
    312,
  );
  t.end();
});

t.test("the demo's feed is the same at every run, and names what it promises", (t) => {
  const once = [...demoFeed(150)].join('');
  t.equal([...demoFeed(150)].join(''), once);
  t.equal(once.match(/<item>/g)?.length, 150);
  for (const part of ['<![CDATA[', 'xmlns:g=', '抹茶堂', '&amp;', 'é']) t.ok(once.includes(part), part);
  t.end();
});

t.test('a preview prints the first records and counts the others', (t) => {
  const preview = previewWriter(lineWriter(String), 2);
  t.same(
    [1, 2, 3].map((value) => preview.record(value)),
    ['1\n', '2\n…\n', ''],
  );
  t.end();
});
