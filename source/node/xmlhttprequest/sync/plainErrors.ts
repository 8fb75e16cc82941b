import {
  isLimitError,
  isNetworkError,
  isReadystreamError,
  isRequestTimeoutError,
} from '../../../errors/guards.js';
import { LimitError, type LimitName } from '../../../errors/LimitError.js';
import { NetworkError, type NetworkPhase } from '../../../errors/NetworkError.js';
import { type ReadystreamError, type RequestSummary } from '../../../errors/ReadystreamError.js';
import { RequestTimeoutError, type TimeoutLimit } from '../../../errors/RequestTimeoutError.js';

/** An error as plain data, since structured cloning keeps neither its class nor its code. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly cause?: PlainError | undefined;
  /** Further properties of this library's errors. */
  readonly request?: RequestSummary | undefined;
  readonly phase?: NetworkPhase | undefined;
  readonly limit?: LimitError['limit'] | RequestTimeoutError['limit'] | undefined;
  readonly value?: number | undefined;
}

/** The number of nested causes that are kept. */
const maxDepth = 8;

/** Converts an error, or whatever else was thrown, to plain data. */
export function toPlainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, cause } = error;
  return {
    name,
    message,
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    cause: cause === undefined || depth === maxDepth ? undefined : toPlainError(cause, depth + 1),
    request: isReadystreamError(error) ? error.request : undefined,
    phase: isNetworkError(error) ? error.phase : undefined,
    limit: isLimitError(error) || isRequestTimeoutError(error) ? error.limit : undefined,
    value: isLimitError(error) ? error.value : isRequestTimeoutError(error) ? error.milliseconds : undefined,
  };
}

/**
 * Restores an error from plain data with its class; an error from outside this library becomes the cause of a `NetworkError`.
 *
 * @param summary - the request, for errors that do not name one.
 */
export function fromPlainError(plain: PlainError, summary: RequestSummary): ReadystreamError {
  const { code, phase = 'headers', limit, value = 0, request } = plain;
  const options = { request, cause: causeOf(plain.cause) };
  if (code === 'ERR_LIMIT') return new LimitError(limit as LimitName, value, options);
  if (code === 'ERR_TIMEOUT') return new RequestTimeoutError(limit as TimeoutLimit, value, options);
  if (code === 'ERR_NETWORK') {
    // The part of the message after the head, which the class writes again.
    const head = new NetworkError(phase, { request }).message;
    const reason = plain.message.startsWith(head) ? plain.message.slice(head.length + 2) : plain.message;
    return new NetworkError(phase, { ...options, reason, detail: '' });
  }
  // The phase that the request had reached is unknown.
  const reason = 'an error in the thread of synchronous requests';
  return new NetworkError(phase, { request: summary, reason, cause: causeOf(plain) });
}

function causeOf(plain: PlainError | undefined): Error | undefined {
  if (plain === undefined) return undefined;
  const cause = causeOf(plain.cause);
  const error = new Error(plain.message, cause === undefined ? undefined : { cause });
  const { name, code } = plain;
  return Object.assign(error, code === undefined ? { name } : { name, code });
}
