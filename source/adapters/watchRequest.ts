import { AbortedError } from '../errors/AbortedError.js';
import { type ReadystreamError, type RequestSummary } from '../errors/ReadystreamError.js';
import { RequestTimeoutError } from '../errors/RequestTimeoutError.js';
import { TimeLimit } from '../options/TimeLimit.js';
import { type NormalizedRequest, type TimeoutLimits } from '../request/NormalizedRequest.js';

/** What ends a request from outside: its time limits and its signal. */
export interface RequestWatch {
  /** A connection is being made: from now on `connect` counts. */
  readonly connecting: () => void;
  /** It is there, or none is being made any more. */
  readonly connected: () => void;
  /** A piece of the request's body is being handed to the network: from now on `send` counts. */
  readonly sending: () => void;
  /** The network has taken it. */
  readonly sent: () => void;
  /** The head is there: from now on `idle` counts in the place of `headers`. */
  readonly headersReceived: () => void;
  /** Bytes of the body have arrived. */
  readonly bytesArrived: () => void;
  /** Nothing fails any more. */
  readonly stop: () => void;
}

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
  const clocks: Partial<Record<keyof TimeoutLimits, TimeLimit>> = {};
  const started = performance.now();
  let connecting = started;
  // A chunk costs no more than reading the clock: a timer is set anew only when it fires.
  let lastBytes = 0;
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
      count('idle', () => lastBytes);
    },
    bytesArrived() {
      lastBytes = performance.now();
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

/** What waits for a signal's abort, and how to listen to it no more. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly unlisten: () => void;
}

const waitingFor = /*#__PURE__*/ new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back when the signal is aborted, at once where it is; what is returned lets go of it. However many requests share a
 * signal, it has one listener: of more than ten Node warns as of a leak.
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
