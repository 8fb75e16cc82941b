import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** The request's `signal` was aborted; `cause` is the signal's reason. Unsubscribing never causes this error. */
export class AbortedError extends ReadystreamError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name = 'AbortedError';
  override readonly code = 'ERR_ABORTED';

  constructor(options: ReadystreamErrorOptions = {}) {
    super(`${describeRequest(options.request)} was aborted by its signal`, options);
  }
}
