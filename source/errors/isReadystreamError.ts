import { errorBrand, type ReadystreamError } from './ReadystreamError.js';

/** Whether `error` is one of this library's, also one of another realm or another copy of it. */
export function isReadystreamError(error: unknown): error is ReadystreamError {
  return typeof error === 'object' && error !== null && errorBrand in error;
}
