import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/** From so many milliseconds on the time in which a thread is busy is a [long task](https://w3c.github.io/longtasks/#long-task). */
const longTask = 50;

/** Waits until the `timeout` of a request, which may change on the way, has passed since its fetch began. */
export class TimeLimit {
  readonly #xhr: XMLHttpRequestState;
  readonly #onPassed: () => void;
  /** When the fetch began. */
  #now: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #begun: ReturnType<typeof setImmediate> | undefined;
  #overdue: ReturnType<typeof setImmediate> | undefined;

  /** @param now - the present time when the fetch began; `undefined` where it begins now. */
  constructor(xhr: XMLHttpRequestState, now: number | undefined, onPassed: () => void) {
    this.#xhr = xhr;
    this.#onPassed = onPassed;
    this.#now = now ?? performance.now();
    this.changed();
    if (now === undefined) {
      this.#begun = setImmediate(() => {
        this.#begun = undefined;
        this.#hasBegun();
      });
    }
  }

  /** The `timeout` has been set. */
  changed(): void {
    this.#stopTimer();
    const { timeout } = this.#xhr;
    if (timeout === 0) return;
    const rest = Math.max(this.#now + timeout - performance.now(), 0);
    this.#timer = setTimeout(
      () => {
        this.#passed();
      },
      Math.min(rest, longestDelay),
    );
  }

  stop(): void {
    this.#stopTimer();
    clearImmediate(this.#begun);
  }

  /** The standard fetches in parallel. Here nothing was sent before: where that took long, it is no time of the request's. */
  #hasBegun(): void {
    const now = performance.now();
    if (now - this.#now < longTask) return;
    this.#now = now;
    this.changed();
  }

  #passed(): void {
    if (!this.#xhr.uploadComplete && this.#begun === undefined) this.#check();
    else {
      // What has arrived while the thread was busy is read before it is too late.
      this.#overdue = setImmediate(() => {
        this.#check();
      });
    }
  }

  #check(): void {
    // A timer may come by the rest of a millisecond too early.
    if (performance.now() - this.#now < this.#xhr.timeout - 1) this.changed();
    else this.#onPassed();
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#overdue);
  }
}
