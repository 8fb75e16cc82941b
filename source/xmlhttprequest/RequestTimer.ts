import { RequestTimeoutError } from '../core.js';
import { type FetchRequest } from '../fetching/FetchRequest.js';
import { summaryOf } from '../fetching/summaryOf.js';
import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/** The time limit of a fetch: counted from its start, whenever `timeout` is set. */
export class RequestTimer {
  readonly #xhr: XMLHttpRequestState;
  readonly #request: FetchRequest;
  readonly #timedOut: (error: RequestTimeoutError) => void;
  readonly #now = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    xhr: XMLHttpRequestState,
    request: FetchRequest,
    timedOut: (error: RequestTimeoutError) => void,
  ) {
    this.#xhr = xhr;
    this.#request = request;
    this.#timedOut = timedOut;
  }

  /** Waits until this's timeout is not 0 and its milliseconds have passed since now. */
  wait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { timeout } = this.#xhr;
    if (timeout === 0) return;
    const rest = this.#now + timeout - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#check();
      },
      Math.min(Math.max(rest, 0), longestDelay),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #check(): void {
    const { timeout } = this.#xhr;
    if (performance.now() - this.#now < timeout) this.wait();
    else this.#timedOut(new RequestTimeoutError('total', timeout, { request: summaryOf(this.#request) }));
  }
}
