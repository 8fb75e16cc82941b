import { readFileSync } from 'node:fs';
import t from 'tap';
import { projectFile } from '../helpers/project.js';
import { Expectations } from './suite/Expectations.js';
import { listTests } from './suite/listTests.js';
import { SuiteCounts } from './suite/SuiteCounts.js';
import { tierOf, whyPageOnly } from './suite/tierOf.js';

const read = (file: string): string => readFileSync(projectFile(`spec/wpt/${file}`), 'utf8');

t.test('expectations.txt', (t) => {
  const text = read('expectations.txt');
  const expectations = Expectations.parse(text);
  const counts = SuiteCounts.parse(read('suite.txt'));

  t.test('is in the form that it is written in', (t) => {
    t.equal(expectations.format(), text);
    t.end();
  });

  t.test('has a reason on each line', (t) => {
    t.same(expectations.unexplained, []);
    t.end();
  });

  t.test('names tests of the suite that are judged', (t) => {
    const strays = expectations.all.filter(
      ({ test }) => !counts.has(test) || whyPageOnly(test) !== undefined,
    );
    t.same(strays, []);
    t.end();
  });
  t.end();
});

t.test('suite.txt', (t) => {
  const text = read('suite.txt');
  const counts = SuiteCounts.parse(text);

  t.test('is in the form that it is written in', (t) => {
    t.equal(counts.format(), text);
    t.end();
  });

  t.test('has the totals that are quoted', (t) => {
    t.same(counts.total(), { node: 966, idl: 158, document: 157, page: 113 });
    t.end();
  });

  t.test('has tests that ask for a page in that tier alone', (t) => {
    for (const test of counts.tests) {
      const { node, idl, document, page } = counts.of(test);
      if (whyPageOnly(test) === undefined) t.equal(page, 0, test);
      else t.equal(node + idl + document, 0, test);
    }
    t.end();
  });

  t.test('is refused where it cannot be read', (t) => {
    t.throws(() => SuiteCounts.parse('1 0 0 a.htm'), /four counts and a test/);
    t.throws(() => SuiteCounts.parse('1 0 0 0 a.htm\n2 0 0 0 a.htm'), /a\.htm is there twice/);
    t.end();
  });
  t.end();
});

t.test('tiers', (t) => {
  const cases: [test: string, subtest: string, tier: ReturnType<typeof tierOf>][] = [
    ['abort-after-send.any.js', 'anything', 'node'],
    ['idlharness.any.js', 'XMLHttpRequest interface: constant UNSENT', 'idl'],
    ['idlharness.any.js', 'XMLHttpRequest interface: member responseXML', 'uncounted'],
    ['responsexml-basic.htm', 'anything', 'document'],
    ['setrequestheader-content-type.htm', 'setRequestHeader("") sends a blank string, Document', 'document'],
    ['setrequestheader-content-type.htm', 'setRequestHeader("") sends a blank string', 'node'],
    ['formdata/append-formelement.html', 'anything', 'page'],
    ['formdata/append.any.js', 'anything', 'node'],
    ['open-url-multi-window-3.htm', 'anything', 'page'],
    ['open-url-multi-window-4.htm', 'anything', 'uncounted'],
    ['overridemimetype-blob.html', '2) MIME types need to be parsed', 'uncounted'],
    ['overridemimetype-blob.html', '22) MIME types need to be parsed', 'node'],
  ];
  for (const [test, subtest, tier] of cases) {
    t.test(`${test} ${JSON.stringify(subtest)} counts as ${tier}`, (t) => {
      t.equal(tierOf(test, subtest), tier);
      t.end();
    });
  }
  t.end();
});

t.test('an expectation', (t) => {
  t.test('is read from its line and written as it was', (t) => {
    const lines = ['a.htm (harness): dies', 'a.htm?b c "d \\"e\\": f\\u000b": g: h'];
    const expectations = Expectations.parse(`# words\n\n${lines.join('\n')}\n`);
    t.same(expectations.all, [
      { test: 'a.htm', subtest: undefined, reason: 'dies' },
      { test: 'a.htm?b c', subtest: 'd "e": f\u000b', reason: 'g: h' },
    ]);
    t.same(
      expectations
        .format()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
      lines,
    );
    t.equal(expectations.reasonFor('a.htm', undefined), 'dies');
    t.equal(expectations.reasonFor('a.htm', 'd'), undefined);
    t.end();
  });

  for (const [line, why] of [
    ['a.htm "b":', /a reason/],
    ['a.htm "b"', /a reason/],
    ['a.htm b: c', /in quotes/],
    ['"b": c', /a test/],
    ['a.htm "b": c\na.htm "b": d', /twice/],
  ] as const) {
    t.test(`is refused as ${JSON.stringify(line)}`, (t) => {
      t.throws(() => Expectations.parse(line), why);
      t.end();
    });
  }
  t.end();
});

t.test('the tests of a checkout', (t) => {
  const checkout = t.testdir({
    xhr: {
      'open.htm': '<meta name="timeout" content=long><script src="/resources/testharness.js"></script>',
      'helper.htm': '<p>a page that a test opens</p>',
      'send-manual.htm': '<script src="/resources/testharness.js"></script>',
      'abort.any.js':
        '// META: title=About abort()\n// META: script=resources/a.js\n// META: script=/common/b.js\n',
      'headers.window.js': '',
      'status.h2.window.js': '',
      'send.html':
        "<script src='/resources/testharness.js'></script><meta name=variant content='?one'><meta content=\"?two words\" name=variant>",
      'send.html.headers': '',
      formdata: { 'get.any.js': '' },
      resources: { 'a.js': '', 'page.htm': '<script src="/resources/testharness.js"></script>' },
    },
  });
  const tests = listTests(checkout);

  t.test('are its scripts and pages, one for each variant, in the order of their names', (t) => {
    t.same(
      tests.map(({ id, group, server, page, isLong }) => [id, group, server, page, isLong]),
      [
        ['abort.any.js', 'any', 'http', '/xhr/abort.any.html', false],
        ['formdata/get.any.js', 'any', 'http', '/xhr/formdata/get.any.html', false],
        ['headers.window.js', 'html', 'http', '/xhr/headers.window.html', false],
        ['open.htm', 'html', 'http', '/xhr/open.htm', true],
        ['send.html?one', 'html', 'http', '/xhr/send.html?one', false],
        ['send.html?two words', 'html', 'http', '/xhr/send.html?two words', false],
        ['status.h2.window.js', 'html', 'h2', '/xhr/status.h2.window.html', false],
      ],
    );
    t.end();
  });

  t.test('know what a script loads, and what it is called', (t) => {
    t.same(
      tests.slice(0, 3).map(({ title, scripts }) => [title, scripts]),
      [
        ['About abort()', ['/xhr/resources/a.js', '/common/b.js', '/xhr/abort.any.js']],
        ['get', ['/xhr/formdata/get.any.js']],
        ['headers', []],
      ],
    );
    t.end();
  });
  t.end();
});
