import { type Verdict } from './judge.js';

/** What is not as it was known to be, line by line, each with what to do. Empty if nothing is. */
export function formatVerdict({ failures, passes, gone, goneTests, newTests }: Verdict): string {
  const name = (test: string, subtest: string | undefined): string =>
    `${test} ${subtest === undefined ? '(harness)' : JSON.stringify(subtest)}`;
  return [
    section(
      'Fails, and expectations.txt does not know it',
      failures.map(({ test, subtest, message }) => `${name(test, subtest)}\n    ${message}`),
    ),
    section(
      'Passes, and expectations.txt has it as failing: take the line away (--update does)',
      passes.map(({ test, subtest }) => name(test, subtest)),
    ),
    section(
      'In expectations.txt, and not in the suite: take the line away (--update does)',
      gone.map(({ test, subtest }) => name(test, subtest)),
    ),
    section(
      'In suite.txt, and not in the checkout: is it another version? (--update takes them away)',
      goneTests,
    ),
    section('Not in suite.txt, so not counted (--update adds them)', newTests),
  ].join('');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : `\n${title}: ${lines.length}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
