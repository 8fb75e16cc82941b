import t from 'tap';
import { formatTiers } from './runner/formatTiers.js';
import { formatVerdict } from './runner/formatVerdict.js';
import { judge } from './runner/judge.js';
import { parseOptions } from './runner/parseOptions.js';
import { ResultCollector } from './runner/ResultCollector.js';
import { type TestResult } from './runner/TestResult.js';
import { updateKnown } from './runner/updateKnown.js';
import { Expectations } from './suite/Expectations.js';
import { SuiteCounts } from './suite/SuiteCounts.js';

const all = (): boolean => true;

/** A result from its subtests: `{ name: whether it passes }`. */
function resultOf(
  id: string,
  passes: Record<string, boolean>,
  harness: TestResult['harness'] = 'OK',
): TestResult {
  return {
    test: { id, group: 'html', server: 'http', page: `/xhr/${id}`, scripts: [], title: id, isLong: false },
    harness,
    message: harness === 'OK' ? '' : 'why',
    subtests: Object.entries(passes).map(([name, isPassed]) => ({
      name,
      status: isPassed ? 'PASS' : 'FAIL',
      message: isPassed ? '' : 'was 2',
    })),
    milliseconds: 1,
  };
}

const known = {
  expectations: Expectations.parse('a.htm "known": because\na.htm (harness): it dies\n'),
  counts: SuiteCounts.parse('2 0 0 0 a.htm\n1 0 0 0 b.htm\n0 0 0 1 abort-after-stop.window.js\n'),
};

t.test('a verdict', (t) => {
  const asKnown = [
    resultOf('a.htm', { known: false, other: true }, 'ERROR'),
    resultOf('b.htm', { one: true }),
  ];
  const page = resultOf('abort-after-stop.window.js', { one: false }, 'ERROR');

  t.test('is empty where all is as known, and what a page needs is not judged', (t) => {
    const verdict = judge([...asKnown, page], known, all);
    t.same(verdict, { failures: [], passes: [], gone: [], goneTests: [], newTests: [] });
    t.equal(formatVerdict(verdict), '');
    t.end();
  });

  t.test('has what fails and is not known to, with its message', (t) => {
    const results = [
      resultOf('a.htm', { known: false, other: false }, 'ERROR'),
      resultOf('b.htm', { one: true }),
      page,
    ];
    const verdict = judge(results, known, all);
    t.same(verdict.failures, [{ test: 'a.htm', subtest: 'other', message: 'FAIL was 2' }]);
    t.match(formatVerdict(verdict), /does not know it: 1\n {2}a\.htm "other"\n {4}FAIL was 2\n/);
    t.end();
  });

  t.test('has what passes and is known not to', (t) => {
    const { passes } = judge(
      [resultOf('a.htm', { known: true, other: true }, 'ERROR'), ...asKnown.slice(1), page],
      known,
      all,
    );
    t.same(passes.length, 1);
    t.match(passes[0], { test: 'a.htm', subtest: 'known' });
    t.end();
  });

  t.test('has an end that is not as it should be', (t) => {
    const { failures } = judge(
      [...asKnown.slice(0, 1), resultOf('b.htm', { one: true }, 'TIMEOUT'), page],
      known,
      all,
    );
    t.same(failures, [{ test: 'b.htm', subtest: undefined, message: 'TIMEOUT why' }]);
    t.end();
  });

  t.test('has subtests that were not reported', (t) => {
    const { failures } = judge([...asKnown.slice(0, 1), resultOf('b.htm', {}), page], known, all);
    t.same(failures, [{ test: 'b.htm', subtest: undefined, message: '1 of its subtests were not reported' }]);
    t.end();
  });

  t.test('has what is gone from the suite, tests and subtests, and what is new in it', (t) => {
    const { gone, goneTests, newTests } = judge(
      [resultOf('a.htm', { x: true, y: true }, 'ERROR'), resultOf('c.htm', {}), page],
      known,
      all,
    );
    t.same(
      gone.map(({ test, subtest }) => [test, subtest]),
      [['a.htm', 'known']],
    );
    t.same(goneTests, ['b.htm']);
    t.same(newTests, ['c.htm']);
    t.end();
  });

  t.test('is about the tests that were asked for alone', (t) => {
    const verdict = judge([resultOf('b.htm', { one: true })], known, (test) => test === 'b.htm');
    t.same(verdict, { failures: [], passes: [], gone: [], goneTests: [], newTests: [] });
    t.end();
  });
  t.end();
});

t.test('the tiers have the totals of the suite, whatever a test came to report', (t) => {
  const results = [resultOf('a.htm', { one: true }, 'CRASH'), resultOf('b.htm', { one: true })];
  t.equal(formatTiers(results, known.counts).replace(/ +/g, ' '), 'Node tier 2/3');
  t.end();
});

t.test('an update drops what holds no more, keeps reasons, and asks for those that are missing', (t) => {
  const results = [
    resultOf('a.htm', { known: false, other: false, third: true }),
    resultOf('c.htm', { one: true }),
  ];
  const updated = updateKnown(known, judge(results, known, all), results);
  t.same(
    updated.expectations.all.map(({ test, subtest, reason }) => [test, subtest, reason]),
    [
      ['a.htm', 'known', 'because'],
      ['a.htm', 'other', '?'],
    ],
  );
  t.same(updated.expectations.unexplained.length, 1);
  t.same(updated.counts.tests, ['a.htm', 'c.htm']);
  t.equal(updated.counts.of('a.htm').node, 3);
  t.end();
});

t.test('what a test tells is collected', (t) => {
  t.test('with a name of its own for each subtest, without ports', (t) => {
    const collector = new ResultCollector();
    const subtest = (name: string) => ({ name, status: 'PASS', message: '' }) as const;
    const subtests = [subtest('http://web-platform.test:8000/a'), subtest('b'), subtest('b')];
    collector.take({ type: 'completed', harness: 'OK', message: '', subtests });
    t.same(
      collector.finish('CRASH', 'no').subtests.map(({ name }) => name),
      ['http://web-platform.test/a', 'b', 'b #2'],
    );
    t.end();
  });

  t.test('as far as it came, if it did not come to its end', (t) => {
    const collector = new ResultCollector();
    collector.take({ type: 'started', name: 'a' });
    collector.take({ type: 'started', name: 'b' });
    collector.take({ type: 'ended', subtest: { name: 'a', status: 'PASS', message: '' } });
    const { harness, message, subtests } = collector.finish('CRASH', 'it is gone');
    t.same([harness, message], ['CRASH', 'it is gone']);
    t.same(
      subtests.map(({ name, status }) => [name, status]),
      [
        ['a', 'PASS'],
        ['b', 'TIMEOUT'],
      ],
    );
    t.end();
  });
  t.end();
});

t.test('options', (t) => {
  t.test('have defaults', (t) => {
    t.same(parseOptions(['/wpt']).filters, []);
    t.match(parseOptions(['/wpt']), {
      checkout: '/wpt',
      group: undefined,
      isUpdate: false,
      implementation: 'readystream',
      entry: 'source/xmlhttprequest.ts',
      scope: 'worker',
    });
    t.end();
  });

  for (const [args, why] of [
    [[], /CHECKOUT is needed/],
    [['/a', '/b'], /one CHECKOUT/],
    [['/a', '--jobs', '0'], /--jobs/],
    [['/a', '--group', 'all'], /any or html/],
    [['/a', '--impl', 'ours'], /readystream or jsdom or xhr2/],
    [['/a', '--quiet'], /usage: npm run wpt/],
  ] as const) {
    t.test(`are refused as ${JSON.stringify(args)}, with the usage`, (t) => {
      t.throws(() => parseOptions(args), { name: 'TypeError', message: why });
      t.throws(() => parseOptions(args), /usage/);
      t.end();
    });
  }
  t.end();
});
