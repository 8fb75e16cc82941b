import { type RequestBody } from '../body/RequestBody.js';
import { type CookieStore } from '../http/CookieJar.js';
import { type RequestHead } from './ReadyStateEvent.js';

/** The time limits of a request, in milliseconds; `undefined` means no limit. */
export interface TimeoutLimits {
  /** Until a connection exists, without the wait in the queue of a dispatcher that allows no more connections (Node only). */
  readonly connect?: number | undefined;
  /**
   * How long the network may take for a piece of the request's body, of at most 64 KiB (Node only). The body's source may take
   * any time.
   */
  readonly send?: number | undefined;
  /** From sending until the response's head arrives. */
  readonly headers?: number | undefined;
  /** Between two arrivals of bytes, after the head. */
  readonly idle?: number | undefined;
  /** From sending until the response is complete. */
  readonly total?: number | undefined;
}

/** A request with all options checked and all defaults filled in, as adapters and interceptors receive it. */
export interface NormalizedRequest extends RequestHead {
  /** The number of the attempt, from 1. */
  readonly attempt: number;
  /** The body to send. */
  readonly body: RequestBody | undefined;
  /**
   * Set by an interceptor that needs the body as it was sent, with its content codings, and removes these by `response.decode`.
   * Only Node's adapter supports this; a browser always removes them. @defaultValue `false`
   */
  readonly encoded?: boolean | undefined;
  /** The cookies of Node's adapter, set by the interceptor `cookies()`; a browser has its own. @defaultValue none */
  readonly cookies?: CookieStore | undefined;
  /** The time limits; `undefined` if there are none. */
  readonly timeout: TimeoutLimits | undefined;
  /** The caller's signal; aborting it ends the request. */
  readonly signal: AbortSignal | undefined;
  /** Whether native `XMLHttpRequest` delivers the body in pieces or as one chunk. */
  readonly responseType: 'stream' | 'arraybuffer';
  /** The MIME type that replaces the response's `Content-Type`. */
  readonly mimeType: string | undefined;
  /** Whether a browser sends and stores cookies across origins. */
  readonly withCredentials: boolean;
  /** Whether redirects are followed, emitted as responses, or errors. */
  readonly redirect: 'follow' | 'manual' | 'error';
  /** How many redirects are followed before an error. */
  readonly maxRedirects: number;
}
