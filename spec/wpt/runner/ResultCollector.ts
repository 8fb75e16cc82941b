import { type ChildMessage, type HarnessStatus, type Subtest } from '../realms/ChildMessage.js';

export interface CollectedResult {
  readonly harness: HarnessStatus;
  readonly message: string;
  readonly subtests: readonly Subtest[];
}

type Completed = Extract<ChildMessage, { type: 'completed' }>;

/** Collects what a test's process says, so that there is a result wherever it stops. */
export class ResultCollector {
  readonly #subtests = new Map<string, Subtest>();
  #completed: Completed | undefined;
  #failure = '';

  take(message: ChildMessage): void {
    switch (message.type) {
      case 'ready':
        break;
      case 'started':
        if (!this.#subtests.has(message.name)) {
          this.#subtests.set(message.name, { name: message.name, status: 'TIMEOUT', message: '' });
        }
        break;
      case 'ended':
        this.#subtests.set(message.subtest.name, message.subtest);
        break;
      case 'completed':
        this.#completed = message;
        break;
      case 'failed':
        this.#failure = message.message;
        break;
    }
  }

  /**
   * The result.
   *
   * @param harness How the test ended if it did not come to its end by itself.
   */
  finish(harness: HarnessStatus, message: string): CollectedResult {
    const completed = this.#completed;
    return {
      harness: completed?.harness ?? harness,
      message: [completed?.message, this.#failure, completed ? '' : message].filter(Boolean).join(' '),
      subtests: withNamesOfTheirOwn(completed?.subtests ?? [...this.#subtests.values()]),
    };
  }
}

/** Some names quote a URL, with a port that is another in each run; and some are there twice. */
function withNamesOfTheirOwn(subtests: readonly Subtest[]): Subtest[] {
  const seen = new Set<string>();
  return subtests.map((subtest) => {
    const base = subtest.name.replace(/(\.test):\d+/g, '$1');
    let name = base;
    for (let n = 2; seen.has(name); n++) name = `${base} #${n}`;
    seen.add(name);
    return { ...subtest, name };
  });
}
