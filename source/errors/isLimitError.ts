import { isReadystreamError } from './isReadystreamError.js';
import { type LimitError } from './LimitError.js';

/** Whether `error` is a {@link LimitError}, also one of another realm or another copy of this library. */
export function isLimitError(error: unknown): error is LimitError {
  return isReadystreamError(error) && error.code === 'ERR_LIMIT';
}
