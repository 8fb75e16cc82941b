import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/** Timers count from when the event loop last looked at the clock, which is some milliseconds ago: so much too early is no matter. */
const timerSlack = 10;

/** Waits until the `timeout` of a request, which may change on the way, has passed since its fetch began. */
export class TimeLimit {
  readonly #xhr: XMLHttpRequestState;
  readonly #onPassed: () => void;
  /** When the fetch began; `undefined` while the thread is not free to begin. */
  #now: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: ReturnType<typeof setImmediate> | undefined;

  /**
   * @param now - the present time when the fetch began; `undefined` where that is as soon as the thread is done with what it does
   *   now. Before that, nothing is sent.
   */
  constructor(xhr: XMLHttpRequestState, now: number | undefined, onPassed: () => void) {
    this.#xhr = xhr;
    this.#onPassed = onPassed;
    this.#now = now;
    if (now !== undefined) this.changed();
    else {
      this.#turn = setImmediate(() => {
        this.#now = performance.now();
        this.changed();
      });
    }
  }

  /** The `timeout` has been set. */
  changed(): void {
    const { timeout } = this.#xhr;
    if (this.#now === undefined) return;
    this.stop();
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
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }

  #passed(): void {
    if (!this.#xhr.uploadComplete) this.#check();
    else {
      // What has arrived while the thread was busy is read before it is too late.
      this.#turn = setImmediate(() => {
        this.#check();
      });
    }
  }

  #check(): void {
    const elapsed = performance.now() - (this.#now ?? 0);
    if (elapsed < this.#xhr.timeout - timerSlack) this.changed();
    else this.#onPassed();
  }
}
