import { type HttpStatusError } from './HttpStatusError.js';
import { isReadystreamError } from './isReadystreamError.js';

/** Whether `error` is a {@link HttpStatusError}, also one of another realm or another copy of this library. */
export function isHttpStatusError(error: unknown): error is HttpStatusError {
  return isReadystreamError(error) && error.code === 'ERR_HTTP_STATUS';
}
