import { LimitError } from '../../errors/LimitError.js';
import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { type ReadystreamError, type RequestSummary } from '../../errors/ReadystreamError.js';
import { type SchemeRequest } from './SchemeHandler.js';

const dnsCodes = /^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED|EBADNAME)$/;
const tlsCodes =
  /^(?:CERT_\w+|ERR_SSL_\w+|ERR_TLS_\w+|EPROTO|CRL_\w+|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(?:VERIFY|GET|DECRYPT|DECODE)_\w+|PATH_LENGTH_EXCEEDED|ERROR_IN_\w+)$/;

/** The codes of undici's and our own refusals of header fields that contradict the body or that undici sets itself. */
const unsendable = /^(?:ERR_BODY_LENGTH|UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH))$/;

/**
 * Converts an error of undici or Node to the library's.
 *
 * @param phase - the phase of the exchange; while connecting, the error's code refines it.
 */
export function networkErrorFrom(
  cause: unknown,
  phase: NetworkPhase,
  request: SchemeRequest,
): ReadystreamError {
  const options = { request: summarize(request), cause };
  const code = codeOf(cause);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new LimitError('headerBytes', request.limits.headerBytes, options);
  }
  if (unsendable.test(code)) {
    return new NetworkError('send', {
      ...options,
      reason: 'the request cannot be sent as it is',
      detail: detailOf(cause),
    });
  }
  return new NetworkError(phase === 'connect' ? connectPhase(code, cause, request) : phase, {
    ...options,
    detail: detailOf(cause),
  });
}

function connectPhase(code: string, cause: unknown, request: SchemeRequest): NetworkPhase {
  if (dnsCodes.test(code)) return 'dns';
  if (tlsCodes.test(code)) return 'tls';
  // The peer hung up during the handshake: only Node's message distinguishes this from a refused connection.
  const insecure = code === 'ECONNRESET' && cause instanceof Error && cause.message.includes('TLS');
  return insecure && /^(?:http|ftp)s:/.test(request.url) ? 'tls' : 'connect';
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

/** Returns an error's message; Node leaves it empty if it tried several addresses and all failed. */
function detailOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message === '' && cause instanceof AggregateError) return cause.errors.map(detailOf).join(', ');
  return cause.message === '' ? codeOf(cause) || cause.name : cause.message;
}

/** Whether undici found that the body's length differs from `Content-Length`. */
export function isLengthMismatch(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

/** Copies the part of a request that an error keeps, so that the error does not hold on to a body. */
export function summarize({ method, url, repeatable }: RequestSummary): RequestSummary {
  return { method, url, repeatable };
}
