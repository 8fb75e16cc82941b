import { isReadystreamError } from './isReadystreamError.js';
import { type RequestTimeoutError } from './RequestTimeoutError.js';

/** Whether `error` is a {@link RequestTimeoutError}, also one of another realm or another copy of this library. */
export function isRequestTimeoutError(error: unknown): error is RequestTimeoutError {
  return isReadystreamError(error) && error.code === 'ERR_TIMEOUT';
}
