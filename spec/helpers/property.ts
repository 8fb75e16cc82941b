import fc from 'fast-check';
import { type Test } from 'tap';

/** What runs by default: the same values in every run, so that what fails here fails there. */
const usualSeed = 1_234_567;

/** The seed of all properties: `FC_SEED` where it is set, a fixed one else. */
export function propertySeed(): number {
  const named = process.env['FC_SEED'] ?? '';
  if (named === '') return usualSeed;
  const seed = Number(named);
  if (!Number.isInteger(seed) || Math.abs(seed) > 0x7fff_ffff)
    throw new TypeError(`FC_SEED is '${named}': give a whole number of 32 bits`);
  return seed;
}

/**
 * Tests a property by values made from {@link propertySeed}: one assertion, which names the seed, and the counterexample,
 * shrunk, where there is one.
 *
 * @param property - fails where its predicate throws or returns `false`; an assertion of the test's own inside of it would
 *   neither stop the run nor shrink.
 */
export function holds<Values>(
  t: Pick<Test, 'ok'>,
  title: string,
  property: fc.IProperty<Values>,
  options: Omit<fc.Parameters<Values>, 'seed'> = {},
): void {
  const details = fc.check(property, { ...options, seed: propertySeed(), includeErrorInReport: true });
  t.ok(
    !details.failed && details.numRuns > 0,
    `${title} (${details.numRuns} runs by the seed ${details.seed}; FC_SEED sets another)`,
    { report: fc.defaultReportMessage(details) ?? '' },
  );
}
