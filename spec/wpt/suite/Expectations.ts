/** A subtest that does not pass, or the end of a test that does not come as it should: `subtest` is then undefined. */
export interface Expectation {
  readonly test: string;
  readonly subtest: string | undefined;
  readonly reason: string;
}

/** What is written where nobody has given a reason yet. The spec refuses it. */
const unknownReason = '?';

/** What is known not to pass, and why: `expectations.txt`, a line for each. */
export class Expectations {
  readonly all: readonly Expectation[];
  readonly #byKey: ReadonlyMap<string, Expectation>;

  constructor(all: readonly Expectation[]) {
    this.all = [...all].sort((a, b) => (keyOf(a.test, a.subtest) < keyOf(b.test, b.subtest) ? -1 : 1));
    this.#byKey = new Map(all.map((one) => [keyOf(one.test, one.subtest), one]));
  }

  /**
   * Reads lines such as `open-url.htm "the name of the subtest": the reason` (the name as JSON writes a string) and
   * `open-url.htm (harness): the reason`.
   *
   * @throws SyntaxError for any other line, a line without a reason, and one that says what another has said.
   */
  static parse(text: string): Expectations {
    const all = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(parseLine);
    const seen = new Set<string>();
    for (const { test, subtest } of all) {
      const key = keyOf(test, subtest);
      if (seen.has(key)) throw new SyntaxError(`expectations.txt: ${key} is there twice`);
      seen.add(key);
    }
    return new Expectations(all);
  }

  reasonFor(test: string, subtest: string | undefined): string | undefined {
    return this.#byKey.get(keyOf(test, subtest))?.reason;
  }

  /** The lines that nobody has given a reason yet. */
  get unexplained(): readonly Expectation[] {
    return this.all.filter(({ reason }) => reason === unknownReason);
  }

  /** The same without some, and with what has begun to fail: for each of these somebody has yet to write the reason. */
  revised(dropped: ReadonlySet<Expectation>, added: readonly Omit<Expectation, 'reason'>[]): Expectations {
    return new Expectations([
      ...this.all.filter((one) => !dropped.has(one)),
      ...added.map(({ test, subtest }) => ({ test, subtest, reason: unknownReason })),
    ]);
  }

  format(): string {
    const lines = this.all.map(({ test, subtest, reason }) => `${keyOf(test, subtest)}: ${reason}\n`);
    return `# The subtests that do not pass, and why not. The tests that ask for a browser's page are not here: see tierOf.ts.
# \`npm run wpt -- CHECKOUT --update\` takes away the lines that hold no more, and adds those that are missing with the
# reason ${unknownReason}, which is then to be written.
${lines.join('')}`;
  }
}

function parseLine(line: string): Expectation {
  const [, test, name, reason] = /^(\S.*?) ("(?:[^"\\]|\\.)*"|\(harness\)): (\S.*)$/.exec(line) ?? [];
  if (test === undefined || name === undefined || reason === undefined) {
    throw new SyntaxError(
      `expectations.txt: a test, a subtest in quotes and a reason were expected: ${line}`,
    );
  }
  return { test, subtest: name.startsWith('"') ? String(JSON.parse(name)) : undefined, reason };
}

function keyOf(test: string, subtest: string | undefined): string {
  return `${test} ${subtest === undefined ? '(harness)' : JSON.stringify(subtest)}`;
}
