import { type AbortedError } from './AbortedError.js';
import { isReadystreamError } from './isReadystreamError.js';

/** Whether `error` is a {@link AbortedError}, also one of another realm or another copy of this library. */
export function isAbortedError(error: unknown): error is AbortedError {
  return isReadystreamError(error) && error.code === 'ERR_ABORTED';
}
