import { type MonoTypeOperatorFunction, Observable, type Subscriber, type Subscription } from 'rxjs';
import { type RequestSummary } from '../errors/ReadystreamError.js';
import { isHttpStatusError, isReadystreamError } from '../errors/guards.js';
import { type ResponseSummary } from '../errors/HttpStatusError.js';
import { type Attempt, subscribeAs } from '../request/attempts.js';
import { FlowRelay } from '../request/FlowRelay.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import {
  checkRetryOptions,
  idempotentMethods,
  isTransient,
  RetryBudget,
  type RetryOptions,
  retryOptionNames,
  transientStatuses,
  withRemark,
} from '../request/RetryPolicy.js';

/** An attempt of a request that failed, as {@link RetryTransientOptions.retryIf} is told of it. */
export interface FailedAttempt {
  /** Which attempt it was, from 1. */
  readonly attempt: number;
  /** The request; `undefined` where nothing tells. */
  readonly request: RequestSummary | undefined;
  /** What it failed with; `undefined` where its response was refused by its status, before anything made an error of that. */
  readonly error: unknown;
  /** The response with the status that was refused; `undefined` where there was none. */
  readonly response: ResponseSummary | undefined;
  /** Whether it would be sent again by `methods` and `statuses`. */
  readonly isTransient: boolean;
}

/** What {@link RetryTransientOptions.onRetry} is told. */
export interface RetryNotice extends FailedAttempt {
  /** Milliseconds until the request is sent again. */
  readonly delay: number;
}

/** What {@link retryTransient} takes. */
export interface RetryTransientOptions extends RetryOptions {
  /** The methods of requests that may be sent again. @defaultValue GET, HEAD, OPTIONS, PUT and DELETE */
  readonly methods?: readonly string[] | undefined;
  /** The statuses that are worth another attempt. @defaultValue 408, 425, 429, 500, 502, 503 and 504 */
  readonly statuses?: readonly number[] | undefined;
  /**
   * Decides by itself whether a failed attempt is worth another: it is asked about every error and every status outside 200 to
   * 299, of any method. The budget and the body still have the last word. @defaultValue `isTransient` decides
   */
  readonly retryIf?: ((failed: FailedAttempt) => boolean) | undefined;
  /** Called before each wait, for logs and metrics. @defaultValue nothing is called */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
}

const names = /*#__PURE__*/ [...retryOptionNames, 'methods', 'statuses', 'retryIf', 'onRetry'];

/**
 * Sends a request again where it failed by what may pass: an error of the network, a time limit, a status of 408, 425, 429,
 * 500, 502, 503 or 504; of the methods that may be sent twice (GET, HEAD, OPTIONS, PUT, DELETE). It waits exponentially longer
 * each time, for a random part of that, or for as long as `Retry-After` says; three times, unless you say otherwise.
 *
 * It stands anywhere behind a request, and passes everything on. As soon as a value or a piece of the body has been passed on it
 * sends nothing again, so that nothing comes twice: put it behind `text()` or `json()` to have a body that broke off loaded again.
 * Among readyState events, OPENED is repeated with an `attempt` one higher, and a HEADERS_RECEIVED with a status that is worth
 * another attempt is held back. When there are no attempts left, the last failure or response passes as it is.
 *
 * A request whose body can be read only once is not sent again: the error says so.
 *
 * @example
 * ```ts
 * import { json, request, retryTransient, throwIfNotOk } from 'readystream';
 *
 * // The first response is 503, with Retry-After.
 * request('https://shop.example/v1/busy')
 *   .pipe(throwIfNotOk(), json(), retryTransient({ count: 5 }))
 *   .subscribe(console.log); // { stock: 12 }
 * ```
 *
 * @see [RFC 9110: idempotent methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods),
 * [Retry-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)
 */
export function retryTransient<T>(options: RetryTransientOptions = {}): MonoTypeOperatorFunction<T> {
  checkRetryOptions('retryTransient', options, names);
  return (source) =>
    new Observable((subscriber) => {
      const retrying = new Retrying(source, subscriber, options);
      retrying.send(undefined);
      return () => {
        retrying.stop();
      };
    });
}

class Retrying<T> {
  readonly #source: Observable<T>;
  readonly #subscriber: Subscriber<T>;
  readonly #options: RetryTransientOptions;
  readonly #budget: RetryBudget;
  readonly #flow = new FlowRelay();
  #failures = 0;
  #attempt: Attempt = {};
  #request: RequestSummary | undefined;
  /** From now on nothing is sent again. */
  #isCommitted = false;
  #running: Subscription | undefined;
  #waiting: Subscription | undefined;

  constructor(source: Observable<T>, subscriber: Subscriber<T>, options: RetryTransientOptions) {
    this.#source = source;
    this.#subscriber = subscriber;
    this.#options = options;
    this.#budget = new RetryBudget(options);
  }

  /** @param number - which attempt this is; `undefined` leaves that to the request. */
  send(number: number | undefined): void {
    const attempt: Attempt = { number };
    this.#attempt = attempt;
    this.#request = undefined;
    new Observable<T>((inner) => {
      // Before the source, so that one that emits synchronously sees that it is to stop.
      this.#running = inner;
      subscribeAs(attempt, () => {
        this.#source.subscribe(inner);
      });
    }).subscribe({
      next: (value) => {
        this.#next(value);
      },
      error: (error: unknown) => {
        this.#failed(error);
      },
      complete: () => {
        this.#subscriber.complete();
      },
    });
  }

  stop(): void {
    this.#running?.unsubscribe();
    this.#waiting?.unsubscribe();
  }

  #next(value: T): void {
    if (this.#isCommitted || !isEvent(value)) this.#isCommitted = true;
    else if (value.readyState === 1) {
      this.#request = value.request;
      // Where the request was not subscribed to at once, it does not know.
      const attempt = Math.max(this.#attempt.number ?? 1, value.attempt);
      this.#attempt.number = attempt;
      const flow = value.upload === undefined ? this.#flow.use(value.flow) : value.flow && this.#flow.flow;
      const opened = { ...value, attempt };
      this.#subscriber.next(flow === undefined ? opened : { ...opened, flow });
      return;
    } else if (value.readyState === 2) {
      const { response } = value;
      if (!response.ok && this.#retries({ request: this.#request, error: undefined, response })) return;
    } else this.#isCommitted = true;
    this.#subscriber.next(value);
  }

  #failed(error: unknown): void {
    const request = isReadystreamError(error) ? error.request : undefined;
    const response = isHttpStatusError(error) ? error.response : undefined;
    if (!this.#isCommitted && this.#retries({ request, error, response })) return;
    this.#subscriber.error(error);
  }

  /** Whether the request will be sent again; if so, all is set for that. */
  #retries(failure: Pick<FailedAttempt, 'request' | 'error' | 'response'>): boolean {
    const { methods = idempotentMethods, statuses = transientStatuses, retryIf, onRetry } = this.#options;
    const { request, error, response } = failure;
    const mayPass =
      error === undefined ? statuses.includes(response?.status ?? 0) : isTransient(error, statuses);
    const failed: FailedAttempt = {
      attempt: this.#attempt.number ?? 1,
      ...failure,
      isTransient: mayPass && request !== undefined && methods.includes(request.method),
    };
    try {
      if (!(retryIf === undefined ? failed.isTransient : retryIf(failed))) return false;
      if (request?.repeatable === false) {
        withRemark(error, remark);
        return false;
      }
      const delay = this.#budget.delayAfter(this.#failures + 1, response);
      if (delay === undefined) return false;
      this.#failures++;
      this.#running?.unsubscribe();
      onRetry?.({ ...failed, delay });
      if (this.#subscriber.closed) return true;
      this.#waiting = this.#budget.scheduler.schedule(() => {
        this.send(failed.attempt + 1);
      }, delay);
    } catch (thrown) {
      // By one of the caller's functions.
      this.#running?.unsubscribe();
      this.#subscriber.error(thrown);
    }
    return true;
  }
}

const remark =
  'not sent again, because its body can be read only once: give text, bytes, a Blob or a form to have it retried';

/** Whether a value is an event and not what an operator made of one. */
function isEvent(value: unknown): value is ReadyStateEvent {
  const { readyState, request, response } = (value ?? {}) as Partial<Record<string, unknown>>;
  return readyState === 1 ? request !== undefined : typeof readyState === 'number' && response !== undefined;
}
