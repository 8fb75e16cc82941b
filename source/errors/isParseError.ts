import { isReadystreamError } from './isReadystreamError.js';
import { type ParseError } from './ParseError.js';

/** Whether `error` is a {@link ParseError}, also one of another realm or another copy of this library. */
export function isParseError(error: unknown): error is ParseError {
  return isReadystreamError(error) && (error.code === 'ERR_PARSE' || error.code === 'ERR_XML');
}
