import { FTPError } from 'basic-ftp';
import { isReadystreamError } from '../../errors/guards.js';
import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { networkErrorFrom } from './networkErrorFrom.js';
import { type SchemeRequest } from './SchemeHandler.js';

/** The state of an FTP exchange. */
export interface FtpPlace {
  readonly phase: NetworkPhase;
  /** The last command. */
  readonly asked: string;
}

/** Converts an error of basic-ftp or Node to the library's: with the server's own words, or what happened to the connection. */
export function ftpErrorFrom(
  cause: unknown,
  { phase, asked }: FtpPlace,
  request: SchemeRequest,
): ReadystreamError {
  if (isReadystreamError(cause)) return cause;
  const options = { request, cause };
  if (cause instanceof FTPError) {
    return new NetworkError(phase, {
      ...options,
      reason: `the server's reply to ${asked}`,
      detail: words(cause.message),
    });
  }
  const message = cause instanceof Error ? cause.message : '';
  const [, host] = /^None of the available .* returned another host \(([^)]*)\)/s.exec(message) ?? [];
  if (host !== undefined) {
    const reason = `the server names another host for its data connection (${words(host)}), which is refused`;
    return new NetworkError(phase, { ...options, reason, detail: '' });
  }
  const [, last] = /^None of the available .*? response was '(?:\w*Error: )?(.*)'\.$/s.exec(message) ?? [];
  if (last !== undefined) {
    return new NetworkError(phase, {
      ...options,
      reason: 'no data connection could be made',
      detail: words(last),
    });
  }
  if (/^Server (?:sent FIN|closed connection)/.test(message)) {
    const reason = `the server closed the connection before its reply to ${asked} was complete`;
    return new NetworkError(phase, { ...options, reason, detail: '' });
  }
  return networkErrorFrom(cause, phase, request);
}

/** Returns a reply as one line of a message: lines joined, UTF-8 decoded, and without control characters for a terminal. */
function words(reply: string): string {
  const text = Buffer.from(reply.slice(0, 500), 'latin1').toString();
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}
