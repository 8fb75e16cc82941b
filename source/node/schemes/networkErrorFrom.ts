import { LimitError } from '../../errors/LimitError.js';
import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { type ReadystreamError, type RequestSummary } from '../../errors/ReadystreamError.js';
import { type SchemeRequest } from './SchemeHandler.js';

const dnsCodes = /^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED|EBADNAME)$/;
const tlsCodes =
  /^(?:CERT_\w+|ERR_SSL_\w+|ERR_TLS_\w+|EPROTO|CRL_\w+|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(?:VERIFY|GET|DECRYPT|DECODE)_\w+|PATH_LENGTH_EXCEEDED|ERROR_IN_\w+)$/;

/** Refusals, undici's and our own: of header fields that contradict the body, or that undici sets by itself. */
const unsendable = /^(?:ERR_BODY_LENGTH|UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH))$/;

/**
 * The library's error for one of undici's or Node's.
 *
 * @param phase - where the exchange stood; while it was connecting, the error's code tells more.
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
  // The peer hung up in the middle of the handshake: Node tells it from a refused connection only by its words.
  const insecure = code === 'ECONNRESET' && cause instanceof Error && cause.message.includes('TLS');
  return insecure && /^(?:http|ftp)s:/.test(request.url) ? 'tls' : 'connect';
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

/** Node leaves the message empty where several addresses were tried and all failed. */
function detailOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message === '' && cause instanceof AggregateError) return cause.errors.map(detailOf).join(', ');
  return cause.message === '' ? codeOf(cause) || cause.name : cause.message;
}

/** Whether undici found the body to be of another length than `Content-Length` said. */
export function isLengthMismatch(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

/** What an error keeps of a request: a copy, so that no body hangs on the error. */
export function summarize({ method, url, repeatable }: RequestSummary): RequestSummary {
  return { method, url, repeatable };
}
