import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { type BufferOptions, countBuffered } from '../../options/limits.js';
import { summarizeOngoing } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** Counts what the caller of a browser's client holds of a response. */
export class BufferedBody {
  readonly #options: BufferOptions;
  #bytes = 0;

  constructor(request: OngoingRequest) {
    this.#options = { limits: request.limits, request: summarizeOngoing(request) };
  }

  /** Gives the error where this is too much. */
  add({ byteLength }: Uint8Array): ReadystreamError | undefined {
    try {
      this.#bytes = countBuffered(this.#bytes, byteLength, this.#options);
      return undefined;
    } catch (error) {
      return error as ReadystreamError;
    }
  }
}
