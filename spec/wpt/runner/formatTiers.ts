import { SuiteCounts, type TierCounts } from '../suite/SuiteCounts.js';
import { type TestResult } from './TestResult.js';

const titles: readonly (readonly [tier: keyof TierCounts, title: string])[] = [
  ['node', 'Node tier'],
  ['idl', 'IDL shape'],
  ['document', 'Document tier'],
  ['page', 'page only, not judged'],
];

/** What passes in each tier, of how many. The totals are the suite's, whether or not a test came to report all. */
export function formatTiers(results: readonly TestResult[], counts: SuiteCounts): string {
  const total = counts.total(results.map(({ test }) => test.id));
  const passed = new SuiteCounts(
    results.map(({ test, subtests }) => [
      test.id,
      SuiteCounts.count(
        test.id,
        subtests.filter(({ status }) => status === 'PASS').map(({ name }) => name),
      ),
    ]),
  ).total();
  return titles
    .filter(([tier]) => total[tier] > 0)
    .map(([tier, title]) => `${title.padEnd(22)} ${String(passed[tier]).padStart(4)}/${total[tier]}`)
    .join('\n');
}
