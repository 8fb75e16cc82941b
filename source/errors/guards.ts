import { type AbortedError } from './AbortedError.js';
import { type HttpStatusError } from './HttpStatusError.js';
import { type LimitError } from './LimitError.js';
import { type NetworkError } from './NetworkError.js';
import { type ParseError } from './ParseError.js';
import { errorBrand, type ReadystreamError } from './ReadystreamError.js';
import { type RequestTimeoutError } from './RequestTimeoutError.js';
import { type ResumeError } from './ResumeError.js';
import { type XmlError } from './XmlError.js';

/** Whether `error` is an error of this library, also from another realm or another copy of this library. */
export function isReadystreamError(error: unknown): error is ReadystreamError {
  return typeof error === 'object' && error !== null && errorBrand in error;
}

/** Whether `error` is a {@link NetworkError}, also from another realm or another copy of this library. */
export function isNetworkError(error: unknown): error is NetworkError {
  return isReadystreamError(error) && error.code === 'ERR_NETWORK';
}

/** Whether `error` is a {@link RequestTimeoutError}, also from another realm or another copy of this library. */
export function isRequestTimeoutError(error: unknown): error is RequestTimeoutError {
  return isReadystreamError(error) && error.code === 'ERR_TIMEOUT';
}

/** Whether `error` is an {@link AbortedError}, also from another realm or another copy of this library. */
export function isAbortedError(error: unknown): error is AbortedError {
  return isReadystreamError(error) && error.code === 'ERR_ABORTED';
}

/** Whether `error` is an {@link HttpStatusError}, also from another realm or another copy of this library. */
export function isHttpStatusError(error: unknown): error is HttpStatusError {
  return isReadystreamError(error) && error.code === 'ERR_HTTP_STATUS';
}

/** Whether `error` is a {@link ParseError}, also from another realm or another copy of this library. */
export function isParseError(error: unknown): error is ParseError {
  return isReadystreamError(error) && (error.code === 'ERR_PARSE' || error.code === 'ERR_XML');
}

/** Whether `error` is an {@link XmlError}, also from another realm or another copy of this library. */
export function isXmlError(error: unknown): error is XmlError {
  return isReadystreamError(error) && error.code === 'ERR_XML';
}

/** Whether `error` is a {@link LimitError}, also from another realm or another copy of this library. */
export function isLimitError(error: unknown): error is LimitError {
  return isReadystreamError(error) && error.code === 'ERR_LIMIT';
}

/** Whether `error` is a {@link ResumeError}, also one of another realm or another copy of this library. */
export function isResumeError(error: unknown): error is ResumeError {
  return isReadystreamError(error) && error.code === 'ERR_RESUME';
}
