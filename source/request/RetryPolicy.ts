import { asyncScheduler, type SchedulerLike } from 'rxjs';
import {
  isHttpStatusError,
  isNetworkError,
  isReadystreamError,
  isRequestTimeoutError,
} from '../errors/guards.js';
import { type ResponseSummary } from '../errors/HttpStatusError.js';
import { parseRetryAfter } from '../http/parseRetryAfter.js';
import { checkNumbers, checkOneOf } from '../options/checks.js';

/** How often, and after how long, a request is sent again. */
export interface RetryOptions {
  /** How many times it is sent again at most. @defaultValue 3 */
  readonly count?: number | undefined;
  /**
   * Milliseconds that the first wait lasts at most; each further one is at most twice as long. How long it lasts is random,
   * between 0 and that ("full jitter"), so that clients which failed together do not come back together. @defaultValue 1,000
   */
  readonly delay?: number | undefined;
  /** What the waits grow to at most, in milliseconds. @defaultValue 30,000 */
  readonly maxDelay?: number | undefined;
  /**
   * What a response's `Retry-After`, in seconds or as a date, may ask for at most, in milliseconds. It takes the place of the
   * random wait. @defaultValue 60,000
   */
  readonly maxRetryAfter?: number | undefined;
  /**
   * Milliseconds since the subscription after which nothing is sent again; a wait that would end later is not begun.
   * @defaultValue no limit
   */
  readonly maxElapsed?: number | undefined;
  /** What the waits are counted by, and the clock that dates are compared with. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
  /** Gives a number from 0 to below 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

const numbers = ['count', 'delay', 'maxDelay', 'maxRetryAfter', 'maxElapsed'] as const;

/** The names of all {@link RetryOptions}. */
export const retryOptionNames: readonly string[] = [...numbers, 'scheduler', 'random'];

/** Checks the names of all options, and the numbers among those of {@link RetryOptions}. */
export function checkRetryOptions(what: string, options: RetryOptions, known: readonly string[]): void {
  for (const name in options) checkOneOf(`option of ${what}`, name, known);
  const given = Object.fromEntries(numbers.map((name) => [name, options[name]]));
  checkNumbers(what, given, numbers, 0);
}

/** A longer delay overflows the 32 bits of timers, which then fire at once. */
export const longestDelay = 2_147_483_647;

/** The waits of one subscription: what {@link RetryOptions} say, and how much of it is left. */
export class RetryBudget {
  readonly scheduler: SchedulerLike;
  readonly #options: RetryOptions;
  readonly #defaults: { readonly count: number; readonly delay: number };
  readonly #start: number;

  constructor(options: RetryOptions, defaults = { count: 3, delay: 1_000 }) {
    this.#options = options;
    this.#defaults = defaults;
    this.scheduler = options.scheduler ?? asyncScheduler;
    this.#start = this.scheduler.now();
  }

  /**
   * The milliseconds to wait before it is sent again; `undefined` where it is not to be sent again.
   *
   * @param failures - how many attempts have failed in a row.
   */
  delayAfter(failures: number, response?: ResponseSummary): number | undefined {
    const {
      maxDelay = 30_000,
      maxRetryAfter = 60_000,
      maxElapsed = Infinity,
      random = Math.random,
    } = this.#options;
    const { count = this.#defaults.count, delay: first = this.#defaults.delay } = this.#options;
    if (failures > count) return undefined;
    const now = this.scheduler.now();
    const asked = parseRetryAfter(response?.headers.get('retry-after'), now);
    const delay =
      asked === undefined
        ? Math.floor(random() * Math.min(maxDelay, first * 2 ** (failures - 1)))
        : Math.min(maxRetryAfter, asked);
    return now + delay - this.#start > maxElapsed ? undefined : Math.min(delay, longestDelay);
  }
}

/** The statuses that may pass: [408](https://www.rfc-editor.org/rfc/rfc9110#name-408-request-timeout), 425, 429, 500, 502, 503 and 504. */
export const transientStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** The methods of which a second request changes nothing more ([idempotent](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods)). */
export const idempotentMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

/** Whether the failure may pass: one of the network, one of the request's time limits, or of a status in `statuses`. */
export function isTransient(error: unknown, statuses: readonly number[]): boolean {
  return (
    isNetworkError(error) ||
    isRequestTimeoutError(error) ||
    (isHttpStatusError(error) && statuses.includes(error.response.status))
  );
}

/** Adds to what one of our errors says, in its message and its stack, and gives it back. */
export function withRemark(error: unknown, remark: string): unknown {
  if (isReadystreamError(error)) {
    const message = `${error.message}; ${remark}`;
    error.stack = error.stack?.replace(error.message, () => message) ?? message;
    error.message = message;
  }
  return error;
}
