/**
 * `npm run wpt -- CHECKOUT`: the `xhr/` suite of web-platform-tests over our `XMLHttpRequest`, and whether it does what
 * `expectations.txt` says. See CONTRIBUTING.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { projectFile } from '../helpers/project.js';
import { formatTiers } from './runner/formatTiers.js';
import { formatVerdict } from './runner/formatVerdict.js';
import { judge, type Verdict } from './runner/judge.js';
import { parseOptions } from './runner/parseOptions.js';
import { runSuite } from './runner/runSuite.js';
import { type TestResult } from './runner/TestResult.js';
import { updateKnown } from './runner/updateKnown.js';
import { Expectations } from './suite/Expectations.js';
import { listTests } from './suite/listTests.js';
import { SuiteCounts } from './suite/SuiteCounts.js';
import { type WptTest } from './suite/WptTest.js';

const expectationsFile = projectFile('spec/wpt/expectations.txt');
const suiteFile = projectFile('spec/wpt/suite.txt');

const options = parseOptions(process.argv.slice(2));
const known = {
  expectations: Expectations.parse(readFileSync(expectationsFile, 'utf8')),
  counts: SuiteCounts.parse(readFileSync(suiteFile, 'utf8')),
};
const isOurs = options.implementation === 'readystream';
const isAsked = (test: string, group?: WptTest['group']): boolean =>
  (options.filters.length === 0 || options.filters.some((filter) => test.includes(filter))) &&
  (options.group === undefined || options.group === (group ?? (/\.any\.js\b/.test(test) ? 'any' : 'html')));
const verdictOf = (results: readonly TestResult[]): Verdict => judge(results, known, isAsked);

const tests = listTests(options.checkout).filter(({ id, group }) => isAsked(id, group));
if (tests.length === 0) throw new Error(`No test of ${options.checkout} matches`);
const begin = performance.now();
const { results, unstable } = await runSuite(tests, options, (results) =>
  isOurs ? verdictOf(results).failures : [],
);
const verdict = verdictOf(results);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 1)}\n`);

const seconds = ((performance.now() - begin) / 1000).toFixed(0);
console.log(`\n${options.implementation}: ${results.length} tests in ${seconds} s\n`);
console.log(formatTiers(results, known.counts));
if (unstable.length > 0) console.log(`\nFailed, and passed when run alone:\n  ${unstable.join('\n  ')}`);

if (isOurs && options.isUpdate) {
  const { expectations, counts } = updateKnown(known, verdict, results);
  writeFileSync(expectationsFile, expectations.format());
  writeFileSync(suiteFile, counts.format());
  console.log(`\nWritten. ${expectations.unexplained.length} lines of expectations.txt want a reason.`);
} else if (isOurs) {
  const words = formatVerdict(verdict);
  const isAsKnown = [verdict.failures, verdict.passes, verdict.gone, verdict.goneTests].every(
    (list) => list.length === 0,
  );
  console.log(isAsKnown ? `${words}\nAs expectations.txt says.` : words);
  if (!isAsKnown) process.exitCode = 1;
}
