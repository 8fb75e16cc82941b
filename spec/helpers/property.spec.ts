import fc from 'fast-check';
import t from 'tap';
import { holds, propertySeed } from './property.js';

const { FC_SEED } = process.env;
t.beforeEach(() => {
  delete process.env['FC_SEED'];
});
t.teardown(() => {
  if (FC_SEED !== undefined) process.env['FC_SEED'] = FC_SEED;
});

/** What a test would be told of a property. */
function verdictOf<Values>(
  property: fc.IProperty<Values>,
  options?: Parameters<typeof holds<Values>>[3],
): { isTrue: unknown; message: string; report: string } {
  const told: unknown[][] = [];
  holds({ ok: (...given: unknown[]) => told.push(given) > 0 }, 'a title', property, options);
  const [[isTrue, message, extra] = [], ...more] = told;
  if (more.length > 0) throw new Error('more than one assertion');
  return { isTrue, message: String(message), ...(extra as { report: string }) };
}

/** The values that a property is tried with. */
function valuesOf(): number[] {
  const values: number[] = [];
  verdictOf(fc.property(fc.nat(), (value) => void values.push(value)));
  return values;
}

t.test('a property that holds is one assertion, with its seed', (t) => {
  const { isTrue, message } = verdictOf(fc.property(fc.nat(), (value) => value >= 0));
  t.equal(isTrue, true);
  t.equal(message, `a title (100 runs by the seed ${propertySeed()}; FC_SEED sets another)`);
  t.end();
});

t.test('one that does not, or throws, fails with the smallest counterexample', (t) => {
  const wrong = verdictOf(fc.property(fc.nat(), (value) => value < 10));
  t.equal(wrong.isTrue, false);
  t.match(wrong.report, /Counterexample: \[10\]/);
  t.match(wrong.report, new RegExp(`seed: ${propertySeed()}`));
  const throwing = verdictOf(
    fc.property(fc.nat(), (value) => {
      if (value > 10) throw new Error('too much');
    }),
  );
  t.equal(throwing.isTrue, false);
  t.match(throwing.report, /Counterexample: \[11\][^]*too much/);
  t.end();
});

t.test('one that was never tried does not hold', (t) => {
  t.equal(
    verdictOf(
      fc.property(fc.nat(), () => true),
      { numRuns: 0 },
    ).isTrue,
    false,
  );
  t.end();
});

t.test('the values are the same in each run, and others by another seed', (t) => {
  const usual = valuesOf();
  t.strictSame(valuesOf(), usual);
  process.env['FC_SEED'] = '-7';
  t.equal(propertySeed(), -7);
  const others = valuesOf();
  t.strictNotSame(others, usual);
  t.strictSame(valuesOf(), others);
  process.env['FC_SEED'] = '';
  t.strictSame(valuesOf(), usual, 'an empty one is none');
  for (const wrong of ['seven', '1.5', '4294967296']) {
    process.env['FC_SEED'] = wrong;
    t.throws(propertySeed, {
      name: 'TypeError',
      message: /^FC_SEED is '.*': give a whole number of 32 bits$/,
    });
  }
  t.end();
});
