/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/** Calls back when what has arrived by now has been read; browsers have one queue for that and for timers. */
const nextTurn = (callback: () => void): unknown =>
  typeof setImmediate === 'function' ? setImmediate(callback) : setTimeout(callback);

/**
 * Calls back once no time is left. What is left is asked for whenever a delay has passed: it may have grown meanwhile, and so
 * a clock that is set back with each arrival of bytes costs no timer of its own.
 *
 * A thread that was busy for longer than the limit has read nothing meanwhile. So what has arrived is read first, and what is
 * left then decides.
 */
export class TimeLimit {
  readonly #rest: () => number;
  readonly #onPassed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the starts and stops: what was put off before the last of them is void. */
  #run = 0;

  /** @param rest - the milliseconds that are left now; `Infinity` where there is no limit. */
  constructor(rest: () => number, onPassed: () => void) {
    this.#rest = rest;
    this.#onPassed = onPassed;
  }

  /** Counts from here on; where it does so already, by what is left now. */
  start(): void {
    this.stop();
    const rest = this.#rest();
    if (rest === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#elapsed();
      },
      Math.min(Math.max(rest, 0), longestDelay),
    );
  }

  stop(): void {
    this.#run++;
    clearTimeout(this.#timer);
  }

  #elapsed(): void {
    // A timer may come by the rest of a millisecond too early.
    if (this.#rest() >= 1) {
      this.start();
      return;
    }
    const run = this.#run;
    nextTurn(() => {
      if (run !== this.#run) return;
      if (this.#rest() >= 1) this.start();
      else this.#onPassed();
    });
  }
}
