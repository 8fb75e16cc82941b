import { isReadystreamError } from './isReadystreamError.js';
import { type NetworkError } from './NetworkError.js';

/** Whether `error` is a {@link NetworkError}, also one of another realm or another copy of this library. */
export function isNetworkError(error: unknown): error is NetworkError {
  return isReadystreamError(error) && error.code === 'ERR_NETWORK';
}
