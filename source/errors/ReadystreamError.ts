import { shownUrl } from '../http/serializedUrl.js';

/** The `code` of each error class, for switches and logs; it survives realms and serialisation. */
export type ErrorCode =
  | 'ERR_NETWORK'
  | 'ERR_TIMEOUT'
  | 'ERR_ABORTED'
  | 'ERR_HTTP_STATUS'
  | 'ERR_PARSE'
  | 'ERR_XML'
  | 'ERR_LIMIT'
  | 'ERR_RESUME';

/** What an error keeps of the request it belongs to: plain values, never the transport's objects. */
export interface RequestSummary {
  /** The method as it was sent: `'GET'`. */
  readonly method: string;
  /** The absolute URL as it was asked for, without user name and password. */
  readonly url: string;
  /** Whether the same request can be sent again: its body, if any, can be read twice. */
  readonly repeatable: boolean;
}

/** Node's error for a URL that is none keeps the text, and what it was resolved against, as they are, also inside of fetch's. */
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

/** How a message names the request: `GET https://example.org/feed`, or `the request` where none is known. */
export function describeRequest(request: RequestSummary | undefined): string {
  // A data: URL holds the whole document; a message needs no more than what tells it from others.
  return request ? `${request.method} ${shownUrl(request.url).slice(0, 500)}` : 'the request';
}

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
    hideInvalidUrls(cause);
    // A copy of the plain facts: whatever else the caller's object holds (a body, a signal) must not live on in an error,
    // nor the password of a URL that an interceptor has set.
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
