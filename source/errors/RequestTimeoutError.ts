import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** The names of a request's time limits. */
export type TimeoutLimit = 'connect' | 'send' | 'headers' | 'idle' | 'total';

/** One of the time limits of the `timeout` option was exceeded. */
export class RequestTimeoutError extends ReadystreamError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name = 'RequestTimeoutError';
  override readonly code = 'ERR_TIMEOUT';
  /** The time limit that was exceeded. */
  readonly limit: TimeoutLimit;
  /** The time limit, in milliseconds. */
  readonly milliseconds: number;

  constructor(limit: TimeoutLimit, milliseconds: number, options: ReadystreamErrorOptions = {}) {
    super(`${describeRequest(options.request)} timed out: timeout.${limit} is ${milliseconds} ms`, options);
    this.limit = limit;
    this.milliseconds = milliseconds;
  }
}
