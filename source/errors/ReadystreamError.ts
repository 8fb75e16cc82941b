import { type ErrorCode } from './ErrorCode.js';
import { type RequestSummary } from './RequestSummary.js';

/** What every error of this library may be built with besides its own facts. */
export interface ReadystreamErrorOptions {
  /** The request that failed, where one is known. */
  readonly request?: RequestSummary | undefined;
  /** The error underneath: the transport's, the signal's reason, the schema's. */
  readonly cause?: unknown;
}

/** Shared by all copies of this library in a process, so that the type guards work across realms and versions. */
export const errorBrand: unique symbol = Symbol.for('readystream.error') as never;

/**
 * The base of the closed family of errors that a request or an operator puts on the error channel.
 *
 * @example
 * ```ts
 * import { isReadystreamError, request, text } from 'readystream';
 *
 * request('http://127.0.0.1:1/').pipe(text()).subscribe({
 *   error: (error) => console.log(isReadystreamError(error) && error.code), // ERR_NETWORK
 * });
 * ```
 */
export abstract class ReadystreamError extends Error {
  /** Which class of the family this is. */
  abstract readonly code: ErrorCode;
  /** The request that failed, where one is known. */
  readonly request: RequestSummary | undefined;

  constructor(message: string, { request, cause }: ReadystreamErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    // A copy of the plain facts: whatever else the caller's object holds (a body, a signal) must not live on in an error.
    this.request = request && { method: request.method, url: request.url, repeatable: request.repeatable };
  }

  /** @internal */
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a field would be printed with every error
  get [errorBrand](): true {
    return true;
  }
}
