import { AbortedError } from '../errors/AbortedError.js';
import { type ReadystreamError, type RequestSummary } from '../errors/ReadystreamError.js';
import { RequestTimeoutError } from '../errors/RequestTimeoutError.js';
import { TimeLimit } from '../options/TimeLimit.js';
import { type NormalizedRequest, type TimeoutLimits } from '../request/NormalizedRequest.js';

/** Watches for what ends a request from outside: its time limits and its signal. */
export interface RequestWatch {
  /** A connection is being made: starts the limit `connect`. */
  readonly connecting: () => void;
  /** The connection exists, or is no longer being made. */
  readonly connected: () => void;
  /** A piece of the request's body is being passed to the network: starts the limit `send`. */
  readonly sending: () => void;
  /** The network has taken it. */
  readonly sent: () => void;
  /** The head has arrived: the limit `idle` replaces `headers`. */
  readonly headersReceived: () => void;
  /** Bytes of the body have arrived. */
  readonly bytesArrived: () => void;
  /** The consumer has paused the response: `idle` does not count until it goes on. */
  readonly paused: () => void;
  /** The consumer has resumed the response. */
  readonly resumed: () => void;
  /** Stops watching. */
  readonly stop: () => void;
}

/**
 * Starts the timers of a request and listens to its signal. A request without limits makes no timer.
 *
 * @param fail - called when a limit is exceeded or the signal is aborted; it must ensure that the watch is stopped.
 */
export function watchRequest(
  { timeout = {}, signal }: NormalizedRequest,
  request: RequestSummary,
  fail: (error: ReadystreamError) => void,
): RequestWatch {
  const clocks: Partial<Record<keyof TimeoutLimits, TimeLimit>> = {};
  const started = performance.now();
  let connecting = started;
  // A chunk costs no more than reading the clock: a timer is set anew only when it fires.
  let lastBytes = 0;
  let isPaused = false;
  let sending: number | undefined;
  let unlisten: (() => void) | undefined;

  const count = (limit: keyof TimeoutLimits, since: () => number): void => {
    const milliseconds = timeout[limit];
    if (milliseconds === undefined) return;
    clocks[limit] ??= new TimeLimit(
      () => milliseconds + since() - performance.now(),
      () => {
        fail(new RequestTimeoutError(limit, milliseconds, { request }));
      },
    );
    clocks[limit].start();
  };
  const watch: RequestWatch = {
    connecting() {
      connecting = performance.now();
      count('connect', () => connecting);
    },
    connected() {
      clocks.connect?.stop();
    },
    sending() {
      sending = performance.now();
      if (clocks.send === undefined) count('send', () => sending ?? performance.now());
    },
    sent() {
      sending = undefined;
    },
    headersReceived() {
      clocks.headers?.stop();
      clocks.send?.stop();
      watch.bytesArrived();
      count('idle', () => (isPaused ? Infinity : lastBytes));
    },
    bytesArrived() {
      lastBytes = performance.now();
    },
    paused() {
      isPaused = true;
      clocks.idle?.stop();
    },
    resumed() {
      isPaused = false;
      watch.bytesArrived();
      clocks.idle?.start();
    },
    stop() {
      for (const clock of Object.values(clocks)) clock.stop();
      unlisten?.();
    },
  };
  count('headers', () => started);
  count('total', () => started);
  if (signal !== undefined) {
    unlisten = onAbort(signal, () => {
      fail(new AbortedError({ request, cause: signal.reason }));
    });
  }
  return watch;
}

/** The callbacks that wait for a signal's abort, and a function that removes the listener. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly unlisten: () => void;
}

const waitingFor = /*#__PURE__*/ new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back when the signal is aborted, at once if it already is; returns a function that removes the callback. All requests
 * that share a signal use one listener, because Node warns of a leak after ten.
 */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  let waiting = waitingFor.get(signal);
  if (waiting === undefined) {
    const callbacks = new Set<() => void>();
    const abort = (): void => {
      unlisten();
      for (const each of callbacks) each();
    };
    const unlisten = (): void => {
      waitingFor.delete(signal);
      signal.removeEventListener('abort', abort);
    };
    waiting = { callbacks, unlisten };
    waitingFor.set(signal, waiting);
    signal.addEventListener('abort', abort);
  }
  const { callbacks, unlisten } = waiting;
  // Of one's own, since the caller may give the same function twice.
  const own = (): void => {
    callback();
  };
  callbacks.add(own);
  return () => {
    if (callbacks.delete(own) && callbacks.size === 0) unlisten();
  };
}
