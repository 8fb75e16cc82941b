import { describeRequest } from './describeRequest.js';
import { ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/**
 * Where a request stood when the network failed it. `headers` and earlier: no response was seen; `send` and later: the
 * server may have acted on the request.
 */
export type NetworkPhase = 'dns' | 'connect' | 'tls' | 'send' | 'headers' | 'body';

const phrases: Readonly<Record<NetworkPhase, string>> = {
  dns: 'the host name could not be resolved',
  connect: 'no connection could be made',
  tls: 'no secure connection could be made',
  send: 'the connection failed while the request was being sent',
  headers: 'the connection failed before a response arrived',
  body: 'the response was cut short or broken',
};

/**
 * The request could not be sent, or its response did not arrive whole: DNS, a refused or reset connection, TLS, a
 * redirect that may not be followed, CORS, invalid framing, a body shorter than it was announced.
 */
export class NetworkError extends ReadystreamError {
  override readonly name = 'NetworkError';
  override readonly code = 'ERR_NETWORK';
  /** Where the request stood. */
  readonly phase: NetworkPhase;

  /** @param detail - what happened, in words; the phase's own words and the cause's message are added. */
  constructor(phase: NetworkPhase, options: ReadystreamErrorOptions & { readonly detail?: string } = {}) {
    const { cause, detail = cause instanceof Error ? cause.message : undefined } = options;
    super(
      `${describeRequest(options.request)} failed: ${phrases[phase]}${detail === undefined ? '' : `: ${detail}`}`,
      options,
    );
    this.phase = phase;
  }
}
