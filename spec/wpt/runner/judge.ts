import { type Expectation, type Expectations } from '../suite/Expectations.js';
import { SuiteCounts } from '../suite/SuiteCounts.js';
import { whyPageOnly } from '../suite/tierOf.js';
import { type TestResult } from './TestResult.js';

export interface Failure {
  readonly test: string;
  /** Undefined for the end of the test. */
  readonly subtest: string | undefined;
  readonly message: string;
}

export interface Verdict {
  /** What fails, and is not known to. */
  readonly failures: readonly Failure[];
  /** What is known to fail, and passes. */
  readonly passes: readonly Expectation[];
  /** What is known to fail, and is not in the suite any more. */
  readonly gone: readonly Expectation[];
  /** Tests of `suite.txt` that the checkout has not. */
  readonly goneTests: readonly string[];
  /** Tests of the checkout that `suite.txt` has not. They do no harm. */
  readonly newTests: readonly string[];
}

export interface Known {
  readonly expectations: Expectations;
  readonly counts: SuiteCounts;
}

/**
 * Compares results with what is known. Tests that ask for a browser's page are not judged.
 *
 * @param isAsked Whether a test, by its name, would have been run if it were there.
 */
export function judge(
  results: readonly TestResult[],
  known: Known,
  isAsked: (test: string) => boolean,
): Verdict {
  const { expectations, counts } = known;
  const judged = results.filter(({ test }) => whyPageOnly(test.id) === undefined);
  const ran = new Set(results.map(({ test }) => test.id));
  const failures = judged.flatMap((result) => [...failuresOf(result), ...missing(result, counts)]);
  const failed = new Set(failures.map(({ test, subtest }) => JSON.stringify([test, subtest])));
  const reported = new Set(
    judged.flatMap(({ test, subtests }) => subtests.map(({ name }) => JSON.stringify([test.id, name]))),
  );
  const holdsNoMore = expectations.all.filter(
    ({ test, subtest }) => isAsked(test) && !failed.has(JSON.stringify([test, subtest])),
  );
  const isGone = ({ test, subtest }: Expectation): boolean =>
    !ran.has(test) || (subtest !== undefined && !reported.has(JSON.stringify([test, subtest])));
  return {
    failures: failures.filter(({ test, subtest }) => expectations.reasonFor(test, subtest) === undefined),
    passes: holdsNoMore.filter((one) => !isGone(one)),
    gone: holdsNoMore.filter(isGone),
    goneTests: counts.tests.filter((test) => isAsked(test) && !ran.has(test)),
    newTests: [...ran].filter((test) => !counts.has(test)),
  };
}

function failuresOf({ test, harness, message, subtests }: TestResult): Failure[] {
  const failed = subtests
    .filter(({ status }) => status !== 'PASS')
    .map((one) => ({ test: test.id, subtest: one.name, message: `${one.status} ${one.message}`.trim() }));
  return harness === 'OK'
    ? failed
    : [{ test: test.id, subtest: undefined, message: `${harness} ${message}`.trim() }, ...failed];
}

/** A test that came to its end, as it says, without some of its subtests. */
function missing({ test, harness, subtests }: TestResult, counts: SuiteCounts): Failure[] {
  if (harness !== 'OK' || !counts.has(test.id)) return [];
  const reported = SuiteCounts.count(
    test.id,
    subtests.map(({ name }) => name),
  );
  const sum = ({ node, idl, document }: typeof reported): number => node + idl + document;
  const difference = sum(counts.of(test.id)) - sum(reported);
  return difference > 0
    ? [{ test: test.id, subtest: undefined, message: `${difference} of its subtests were not reported` }]
    : [];
}
