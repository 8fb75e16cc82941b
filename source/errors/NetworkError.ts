import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/**
 * Where a request stood when the network failed it. `headers` and earlier: no response was seen; `send` and later: the
 * server may have acted on the request.
 */
export type NetworkPhase = 'dns' | 'connect' | 'tls' | 'send' | 'headers' | 'body';

/** What a {@link NetworkError} may be built with. */
export interface NetworkErrorOptions extends ReadystreamErrorOptions {
  /** What went wrong. @defaultValue none: the phase says it */
  readonly reason?: string | undefined;
  /** More about it. @defaultValue the cause's message */
  readonly detail?: string | undefined;
}

/**
 * The request could not be sent, or its response did not arrive whole: DNS, a refused or reset connection, TLS, a
 * redirect that may not be followed, CORS, invalid framing, a body shorter than it was announced.
 */
export class NetworkError extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name = 'NetworkError';
  override readonly code = 'ERR_NETWORK';
  /** Where the request stood. */
  readonly phase: NetworkPhase;

  constructor(phase: NetworkPhase, options: NetworkErrorOptions = {}) {
    const { request, cause, reason, detail = cause instanceof Error ? cause.message : undefined } = options;
    super(
      [`${describeRequest(request)} failed (${phase})`, reason, detail].filter(Boolean).join(': '),
      options,
    );
    this.phase = phase;
  }
}
