import { tierOf } from './tierOf.js';

/** How many subtests of a test are in each tier. */
export interface TierCounts {
  readonly node: number;
  readonly idl: number;
  readonly document: number;
  readonly page: number;
}

const none: TierCounts = { node: 0, idl: 0, document: 0, page: 0 };

/** How many subtests each test of the suite has when it comes to its end: `suite.txt`, a line for each test. */
export class SuiteCounts {
  readonly #counts: ReadonlyMap<string, TierCounts>;

  constructor(counts: Iterable<readonly [test: string, counts: TierCounts]>) {
    this.#counts = new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  static parse(text: string): SuiteCounts {
    const counts = new Map<string, TierCounts>();
    for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
      const [, node, idl, document, page, test] = /^ *(\d+) +(\d+) +(\d+) +(\d+) (\S.*)$/.exec(line) ?? [];
      if (test === undefined)
        throw new SyntaxError(`suite.txt: four counts and a test were expected: ${line}`);
      if (counts.has(test)) throw new SyntaxError(`suite.txt: ${test} is there twice`);
      counts.set(test, {
        node: Number(node),
        idl: Number(idl),
        document: Number(document),
        page: Number(page),
      });
    }
    return new SuiteCounts(counts);
  }

  /** Counts the subtests that one test reported. */
  static count(test: string, subtests: Iterable<string>): TierCounts {
    const counts = { ...none, uncounted: 0 };
    for (const subtest of subtests) counts[tierOf(test, subtest)]++;
    const { node, idl, document, page } = counts;
    return { node, idl, document, page };
  }

  get tests(): readonly string[] {
    return [...this.#counts.keys()];
  }

  has(test: string): boolean {
    return this.#counts.has(test);
  }

  of(test: string): TierCounts {
    return this.#counts.get(test) ?? none;
  }

  /** The denominators. */
  total(tests: Iterable<string> = this.tests): TierCounts {
    const sum = { ...none };
    for (const test of tests) {
      const counts = this.of(test);
      sum.node += counts.node;
      sum.idl += counts.idl;
      sum.document += counts.document;
      sum.page += counts.page;
    }
    return sum;
  }

  format(): string {
    const lines = [...this.#counts].map(([test, { node, idl, document, page }]) => {
      const columns = [node, idl, document, page].map((count) => String(count).padStart(3));
      return `${columns.join(' ')} ${test}\n`;
    });
    return `# How many subtests each test of xhr/ has in each tier, as tierOf.ts tells them apart, when it comes to its end.
# \`npm run wpt -- CHECKOUT --update\` writes this file.
# node, idl, document, page, test
${lines.join('')}`;
  }
}
