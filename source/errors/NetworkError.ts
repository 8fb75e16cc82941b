import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/**
 * How far a request had come when the network failed. `headers` and earlier: no response arrived; `send` and later: the
 * server may have acted on the request.
 */
export type NetworkPhase = 'dns' | 'connect' | 'tls' | 'send' | 'headers' | 'body';

/** Options of {@link NetworkError}. */
export interface NetworkErrorOptions extends ReadystreamErrorOptions {
  /** What went wrong. @defaultValue none: the phase describes it */
  readonly reason?: string | undefined;
  /** More about it. @defaultValue the cause's message */
  readonly detail?: string | undefined;
}

/**
 * The request could not be sent, or its response did not arrive complete: DNS, a refused or reset connection, TLS, a redirect
 * that must not be followed, CORS, invalid framing, a body shorter than announced.
 */
export class NetworkError extends ReadystreamError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name = 'NetworkError';
  override readonly code = 'ERR_NETWORK';
  /** How far the request had come. */
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
