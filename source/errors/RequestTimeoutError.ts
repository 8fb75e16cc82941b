import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** Which of the request's time limits passed. */
export type TimeoutLimit = 'connect' | 'send' | 'headers' | 'idle' | 'total';

/** One of the limits of the `timeout` option passed. */
export class RequestTimeoutError extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name = 'RequestTimeoutError';
  override readonly code = 'ERR_TIMEOUT';
  /** Which limit passed. */
  readonly limit: TimeoutLimit;
  /** The limit's length, in milliseconds. */
  readonly milliseconds: number;

  constructor(limit: TimeoutLimit, milliseconds: number, options: ReadystreamErrorOptions = {}) {
    super(`${describeRequest(options.request)} timed out: timeout.${limit} is ${milliseconds} ms`, options);
    this.limit = limit;
    this.milliseconds = milliseconds;
  }
}
