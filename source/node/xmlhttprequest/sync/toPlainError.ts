import { isLimitError } from '../../../errors/isLimitError.js';
import { isNetworkError } from '../../../errors/isNetworkError.js';
import { isReadystreamError } from '../../../errors/isReadystreamError.js';
import { isRequestTimeoutError } from '../../../errors/isRequestTimeoutError.js';
import { type PlainError } from './PlainError.js';

/** How many causes of causes are kept. */
const maxDepth = 8;

/** An error, or whatever else was thrown, as plain data. */
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
