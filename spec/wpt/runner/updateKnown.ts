import { type Expectation } from '../suite/Expectations.js';
import { SuiteCounts } from '../suite/SuiteCounts.js';
import { whyPageOnly } from '../suite/tierOf.js';
import { type Known, type Verdict } from './judge.js';
import { type TestResult } from './TestResult.js';

/** What is known after a run: the failures that are new want a reason, which somebody has to write. */
export function updateKnown(
  { expectations, counts }: Known,
  { failures, passes, gone, goneTests }: Verdict,
  results: readonly TestResult[],
): Known {
  const dropped = new Set<Expectation>([...passes, ...gone]);
  const kept = counts.tests.filter((test) => !goneTests.includes(test));
  return {
    expectations: expectations.revised(dropped, failures),
    counts: new SuiteCounts([
      ...kept.map((test) => [test, counts.of(test)] as const),
      ...results.filter(isWhole).map(({ test, subtests }) => {
        const names = subtests.map(({ name }) => name);
        return [test.id, SuiteCounts.count(test.id, names)] as const;
      }),
    ]),
  };
}

/** A test that died has not reported all. What a page needs may be what lets a test die in another way. */
function isWhole({ test, harness }: TestResult): boolean {
  return harness === 'OK' && whyPageOnly(test.id) === undefined;
}
