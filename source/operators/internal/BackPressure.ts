import { checkNumbers } from '../../options/checks.js';
import { FlowRelay } from '../../request/FlowRelay.js';
import { type ReadyStateEvent } from '../../request/ReadyStateEvent.js';

/** How many values may wait for their consumer. */
export interface BackPressureOptions {
  /**
   * While more values than this wait, the transport is paused. More may wait for a moment: those that the piece which was just
   * read holds. @defaultValue 16
   */
  readonly highWaterMark?: number | undefined;
}

/** Checks the numbers of these options. */
export function checkBackPressure(what: string, options: object, known: readonly string[]): void {
  checkNumbers(what, options, known, 0);
}

/** The values that wait for their consumer, and the transport that waits with them. */
export class BackPressure<Value> {
  readonly #highWaterMark: number;
  readonly #relay = new FlowRelay();
  #waiting: Value[] = [];
  /** Where the first of them stands: taking one out of the front of a long array would move all others. */
  #first = 0;

  constructor({ highWaterMark = 16 }: BackPressureOptions) {
    this.#highWaterMark = highWaterMark;
  }

  get size(): number {
    return this.#waiting.length - this.#first;
  }

  /** Looks for the transport to pause. */
  look(event: ReadyStateEvent): void {
    if (event.readyState === 1 && event.upload === undefined) this.#relay.use(event.flow);
  }

  add(value: Value): void {
    this.#waiting.push(value);
    if (this.size > this.#highWaterMark && !this.#relay.isPaused) this.#relay.flow.pause();
  }

  /** Takes the oldest out; there has to be one. */
  take(): Value {
    const value = this.#waiting[this.#first] as Value;
    // What was taken is not kept from the garbage collector by those behind it.
    this.#waiting[this.#first++] = undefined as Value;
    if (this.#first * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    if (this.size <= this.#highWaterMark && this.#relay.isPaused) this.#relay.flow.resume();
    return value;
  }
}
