import { LimitError } from '../../../errors/LimitError.js';
import { NetworkError } from '../../../errors/NetworkError.js';
import { type ReadystreamError } from '../../../errors/ReadystreamError.js';
import { type RequestSummary } from '../../../errors/RequestSummary.js';
import { RequestTimeoutError, type TimeoutLimit } from '../../../errors/RequestTimeoutError.js';
import { type Limits } from '../../../options/Limits.js';
import { type PlainError } from './PlainError.js';

/**
 * The error that plain data was made from, by class; one that is none of this library's becomes the cause of a
 * `NetworkError`.
 *
 * @param summary - the request, for errors that name none.
 */
export function fromPlainError(plain: PlainError, summary: RequestSummary): ReadystreamError {
  const { code, phase = 'headers', limit, value = 0, request } = plain;
  const options = { request, cause: causeOf(plain.cause) };
  if (code === 'ERR_LIMIT') return new LimitError(limit as keyof Limits, value, options);
  if (code === 'ERR_TIMEOUT') return new RequestTimeoutError(limit as TimeoutLimit, value, options);
  if (code === 'ERR_NETWORK') {
    // What its message says between the head, which the class writes, and its end.
    const head = new NetworkError(phase, { request }).message;
    const reason = plain.message.startsWith(head) ? plain.message.slice(head.length + 2) : plain.message;
    return new NetworkError(phase, { ...options, reason, detail: '' });
  }
  // Nobody knows how far the request had come.
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
