import { AbortedError } from '../errors/AbortedError.js';
import { type ReadystreamError, type RequestSummary } from '../errors/ReadystreamError.js';
import { RequestTimeoutError } from '../errors/RequestTimeoutError.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';

/** What ends a request from outside: its time limits and its signal. */
export interface RequestWatch {
  /** The head is there: from now on `idle` counts in the place of `headers`. */
  readonly headersReceived: () => void;
  /** Bytes of the body have arrived. */
  readonly bytesArrived: () => void;
  /** Nothing fails any more. */
  readonly stop: () => void;
}

/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/**
 * Starts the clocks of a request and listens to its signal. A request without limits makes no timer.
 *
 * @param fail - called when a limit passes or the signal is aborted; it is to see to it that the watch is stopped.
 */
export function watchRequest(
  { timeout = {}, signal }: NormalizedRequest,
  request: RequestSummary,
  fail: (error: ReadystreamError) => void,
): RequestWatch {
  const timers: Partial<Record<'headers' | 'idle' | 'total', ReturnType<typeof setTimeout>>> = {};
  const started = performance.now();
  let lastBytes = 0;

  const abort = (): void => {
    fail(new AbortedError({ request, cause: signal?.reason }));
  };
  // One idle timer for a whole response, set anew only when it fires: a chunk costs no more than reading the clock.
  const check = (limit: keyof typeof timers): void => {
    const milliseconds = timeout[limit] ?? Infinity;
    if (milliseconds === Infinity) return;
    const rest = milliseconds + (limit === 'idle' ? lastBytes : started) - performance.now();
    if (rest <= 0) fail(new RequestTimeoutError(limit, milliseconds, { request }));
    else timers[limit] = setTimeout(check, Math.min(rest, longestDelay), limit);
  };

  const watch: RequestWatch = {
    headersReceived() {
      clearTimeout(timers.headers);
      watch.bytesArrived();
      check('idle');
    },
    bytesArrived() {
      lastBytes = performance.now();
    },
    stop() {
      Object.values(timers).forEach(clearTimeout);
      signal?.removeEventListener('abort', abort);
    },
  };
  check('headers');
  check('total');
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort);
  return watch;
}
