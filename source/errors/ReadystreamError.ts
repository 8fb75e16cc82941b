import { shownUrl } from '../http/serializedUrl.js';

/** The `code` of each error class, for switches and logs; it works across realms and survives serialisation. */
export type ErrorCode =
  | 'ERR_NETWORK'
  | 'ERR_TIMEOUT'
  | 'ERR_ABORTED'
  | 'ERR_HTTP_STATUS'
  | 'ERR_PARSE'
  | 'ERR_XML'
  | 'ERR_LIMIT'
  | 'ERR_RESUME';

/** The part of a request that its error keeps: plain values, never the transport's objects. */
export interface RequestSummary {
  /** The method as it was sent: `'GET'`. */
  readonly method: string;
  /** The absolute URL as requested, without user name and password. */
  readonly url: string;
  /** Whether the same request can be sent again: it has no body, or one that can be read twice. */
  readonly repeatable: boolean;
}

/** Node's error for an invalid URL, also as the cause of fetch's error, keeps the text and the base URL unchanged. */
function hideInvalidUrls(cause: unknown, depth = 0): void {
  if (!(cause instanceof Error) || depth > 8) return;
  const error: Error & { code?: unknown; input?: unknown; base?: unknown } = cause;
  if (error.code === 'ERR_INVALID_URL') {
    for (const name of ['input', 'base'] as const) {
      const text = error[name];
      if (typeof text === 'string') Reflect.set(error, name, shownUrl(text));
    }
  }
  hideInvalidUrls(cause.cause, depth + 1);
}

/** The request's name in messages: `GET https://example.org/feed`, or `the request` if none is known. */
export function describeRequest(request: RequestSummary | undefined): string {
  // A data: URL holds the whole document; a message only needs enough to identify it.
  return request ? `${request.method} ${shownUrl(request.url).slice(0, 500)}` : 'the request';
}

/** Options that all errors of this library share. */
export interface ReadystreamErrorOptions {
  /** The request that failed, if it is known. */
  readonly request?: RequestSummary | undefined;
  /** The underlying error: the transport's, the signal's reason, the schema's. */
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
  /** Identifies the error's class. */
  abstract readonly code: ErrorCode;
  /** The request that failed, if it is known. */
  readonly request: RequestSummary | undefined;

  constructor(message: string, { request, cause }: ReadystreamErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    hideInvalidUrls(cause);
    // A copy of these three: nothing else that the caller's object holds (a body, a signal) may stay in an error, nor the
    // password of a URL that an interceptor has set.
    this.request = request && {
      method: request.method,
      url: shownUrl(request.url),
      repeatable: request.repeatable,
    };
  }

  /** @internal */
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a field would be printed with every error
  get [errorBrand](): true {
    return true;
  }
}
