import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** The reading of a body cannot go on where it stood: the document has changed, or the server does not give the rest of it. */
export class ResumeError extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name = 'ResumeError';
  override readonly code = 'ERR_RESUME';

  /** @param detail - what is in the way. */
  constructor(detail: string, options: ReadystreamErrorOptions = {}) {
    super(
      `${describeRequest(options.request)} cannot go on from the checkpoint: ${detail}. Start again without it`,
      options,
    );
  }
}
