import { type Test } from 'tap';
import { type ClientAbilities } from './Client.js';
import { type ClientBench } from './ClientBench.js';

/** What holds for every client that stands on our class. */
export interface ClientContract {
  readonly name: string;
  /** What a client must be able to do for it. @defaultValue nothing */
  readonly needs?: (can: ClientAbilities) => boolean;
  readonly run: (t: Test, bench: ClientBench) => Promise<void>;
}
