import { TimeLimit } from '../../options/TimeLimit.js';
import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/**
 * The number of milliseconds from which a busy period of a thread is a [long task](https://w3c.github.io/longtasks/#long-task).
 */
const longTask = 50;

/** Waits until a request's `timeout`, which may change meanwhile, has passed since its fetch began. */
export class TimeoutClock {
  readonly #limit: TimeLimit;
  /** When the fetch began. */
  #now: number;
  #begun: ReturnType<typeof setImmediate> | undefined;
  #isConnected = false;
  /** Whether the turn in which the fetch began is over. */
  #hasTurned: boolean;

  /** @param now - the time at which the fetch began; `undefined` if it begins now. */
  constructor(xhr: XMLHttpRequestState, now: number | undefined, onPassed: () => void) {
    this.#now = now ?? performance.now();
    this.#hasTurned = now !== undefined;
    this.#limit = new TimeLimit(
      () => (xhr.timeout === 0 ? Infinity : this.#now + xhr.timeout - performance.now()),
      onPassed,
      () => this.#isConnected || !this.#hasTurned,
    );
    if (now === undefined) {
      this.#begun = setImmediate(() => {
        this.#hasBegun();
      });
    }
    this.changed();
  }

  /** The request is being sent: from now on, a response may arrive. */
  connected(): void {
    this.#isConnected = true;
  }

  /** The `timeout` has been set. */
  changed(): void {
    this.#limit.start();
  }

  stop(): void {
    this.#limit.stop();
    clearImmediate(this.#begun);
  }

  /**
   * Restarts the clock after a long task: the standard fetches in parallel, but here nothing could be sent until the task ended.
   */
  #hasBegun(): void {
    this.#hasTurned = true;
    const now = performance.now();
    if (now - this.#now < longTask) return;
    this.#now = now;
    this.changed();
  }
}
