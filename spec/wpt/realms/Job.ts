import { type WptTest } from '../suite/WptTest.js';

/** The rules of which global scope a script is run by. */
export type Scope = 'window' | 'worker';

/** What the runner tells the process of a test when its turn has come. */
export interface Job {
  readonly test: WptTest;
  /** The URL of the server that the test is loaded from, without a path. */
  readonly origin: string;
  /** What `GLOBAL` says in a script. */
  readonly scope: Scope;
  /** After how many milliseconds the test is told that its time is over. */
  readonly limit: number;
}
