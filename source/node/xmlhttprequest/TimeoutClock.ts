import { TimeLimit } from '../../options/TimeLimit.js';
import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** From so many milliseconds on the time in which a thread is busy is a [long task](https://w3c.github.io/longtasks/#long-task). */
const longTask = 50;

/** Waits until the `timeout` of a request, which may change on the way, has passed since its fetch began. */
export class TimeoutClock {
  readonly #limit: TimeLimit;
  /** When the fetch began. */
  #now: number;
  #begun: ReturnType<typeof setImmediate> | undefined;

  /** @param now - the present time when the fetch began; `undefined` where it begins now. */
  constructor(xhr: XMLHttpRequestState, now: number | undefined, onPassed: () => void) {
    this.#now = now ?? performance.now();
    this.#limit = new TimeLimit(
      () => (xhr.timeout === 0 ? Infinity : this.#now + xhr.timeout - performance.now()),
      onPassed,
    );
    if (now === undefined) {
      this.#begun = setImmediate(() => {
        this.#hasBegun();
      });
    }
    this.changed();
  }

  /** The `timeout` has been set. */
  changed(): void {
    this.#limit.start();
  }

  stop(): void {
    this.#limit.stop();
    clearImmediate(this.#begun);
  }

  /** The standard fetches in parallel. Here nothing was sent before: where that took long, it is no time of the request's. */
  #hasBegun(): void {
    const now = performance.now();
    if (now - this.#now < longTask) return;
    this.#now = now;
    this.changed();
  }
}
