/** The interval between progress reports, in milliseconds. */
const interval = 50;

/**
 * Limits an action to [roughly once in 50 ms](https://xhr.spec.whatwg.org/#the-send()-method). A request that comes too early is
 * postponed, not lost, so a stream that pauses is still reported up to its last byte.
 */
export class Throttle {
  readonly #action: () => void;
  #last: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param last - the time (`performance.now()`) at which the action counts as last done. */
  constructor(action: () => void, last = -Infinity) {
    this.#action = action;
    this.#last = last;
  }

  request(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#last + interval - performance.now();
    if (wait <= 0) this.#run();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#run();
      }, wait);
    }
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#last = performance.now();
    this.#action();
  }
}
