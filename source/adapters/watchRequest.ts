import { AbortedError } from '../errors/AbortedError.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type RequestSummary } from '../errors/RequestSummary.js';
import { RequestTimeoutError, type TimeoutLimit } from '../errors/RequestTimeoutError.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';

/** What ends a request from outside: its time limits and its signal. */
export interface RequestWatch {
  /** The head is there: from now on `idle` counts in the place of `headers`. */
  headersReceived(): void;
  /** Bytes of the body have arrived. */
  bytesArrived(): void;
  /** Nothing fails any more. */
  stop(): void;
}

/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once: 24 days are no limit. */
const longestDelay = 2_147_483_647;

/**
 * Starts the clocks of a request and listens to its signal; `undefined` where it has neither, so that a request without
 * limits makes no timer.
 *
 * @param fail - called once at most.
 */
export function watchRequest(
  { timeout = {}, signal }: NormalizedRequest,
  request: RequestSummary,
  fail: (error: ReadystreamError) => void,
): RequestWatch | undefined {
  const { headers, idle = Infinity, total } = timeout;
  if (signal === undefined && headers === undefined && idle === Infinity && total === undefined)
    return undefined;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let lastBytes = 0;

  const end = (error: ReadystreamError): void => {
    watch.stop();
    fail(error);
  };
  const abort = (): void => {
    end(new AbortedError({ request, cause: signal?.reason }));
  };
  const start = (limit: TimeoutLimit, milliseconds = Infinity): ReturnType<typeof setTimeout> | undefined =>
    milliseconds > longestDelay
      ? undefined
      : setTimeout(() => {
          end(new RequestTimeoutError(limit, milliseconds, { request }));
        }, milliseconds);
  // One timer for a whole response, set anew only when it fires: a chunk costs no more than reading the clock.
  const checkIdle = (): void => {
    const rest = idle - (performance.now() - lastBytes);
    if (rest <= 0) end(new RequestTimeoutError('idle', idle, { request }));
    else if (rest <= longestDelay) idleTimer = setTimeout(checkIdle, Math.ceil(rest));
  };

  const headersTimer = start('headers', headers);
  const totalTimer = start('total', total);
  const watch: RequestWatch = {
    headersReceived() {
      clearTimeout(headersTimer);
      lastBytes = performance.now();
      checkIdle();
    },
    bytesArrived() {
      lastBytes = performance.now();
    },
    stop() {
      clearTimeout(headersTimer);
      clearTimeout(totalTimer);
      clearTimeout(idleTimer);
      signal?.removeEventListener('abort', abort);
    },
  };
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort);
  return watch;
}
