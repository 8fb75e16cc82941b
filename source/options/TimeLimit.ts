/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/** Calls back once all data that has already arrived was read; in browsers that shares a queue with timers. */
const nextTurn = (callback: () => void): unknown =>
  typeof setImmediate === 'function' ? setImmediate(callback) : setTimeout(callback);

/**
 * Calls back once no time is left. Each time a delay ends, it checks how much time is left, which may have grown: a clock
 * that restarts with each arrival of bytes needs no new timer.
 *
 * A thread that was busy for longer than the limit has read nothing meanwhile. So data that has arrived is read first, and
 * the time left is checked after that.
 */
export class TimeLimit {
  readonly #rest: () => number;
  readonly #onPassed: () => void;
  readonly #mayHaveArrived: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the starts and stops: a callback deferred before the last of them is void. */
  #run = 0;

  /**
   * @param rest - returns the milliseconds left; `Infinity` for no limit.
   * @param mayHaveArrived - whether there may be data to read first. @defaultValue there may always be
   */
  constructor(rest: () => number, onPassed: () => void, mayHaveArrived: () => boolean = () => true) {
    this.#rest = rest;
    this.#onPassed = onPassed;
    this.#mayHaveArrived = mayHaveArrived;
  }

  /** Starts the timer, or restarts it with the time left now. */
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
    // A timer may fire a fraction of a millisecond too early.
    if (this.#rest() >= 1) {
      this.start();
      return;
    }
    if (!this.#mayHaveArrived()) {
      this.#onPassed();
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
