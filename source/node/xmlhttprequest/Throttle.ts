/** How often progress is told, in milliseconds. */
const interval = 50;

/**
 * Holds an action to [roughly once in 50 ms](https://xhr.spec.whatwg.org/#the-send()-method). One that comes too early is not
 * lost but made up for in time, so that a stream which pauses is seen up to its last byte.
 */
export class Throttle {
  readonly #action: () => void;
  #last: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param last - when, by `performance.now()`, the action counts as done before. */
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
