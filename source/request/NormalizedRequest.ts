import { type RequestBody } from '../body/RequestBody.js';
import { type CookieStore } from '../http/CookieJar.js';
import { type RequestHead } from './ReadyStateEvent.js';

/** The time limits of a request, in milliseconds; `undefined` is no limit. */
export interface TimeoutLimits {
  /** Until a connection is made (Node only). */
  readonly connect?: number | undefined;
  /** From sending until the response's head is there. */
  readonly headers?: number | undefined;
  /** Between two arrivals of bytes, after the head. */
  readonly idle?: number | undefined;
  /** From sending until the response is complete. */
  readonly total?: number | undefined;
}

/** A request with every option checked and every default filled in: what adapters and interceptors see. */
export interface NormalizedRequest extends RequestHead {
  /** Which attempt of the request this is, from 1. */
  readonly attempt: number;
  /** What is sent. */
  readonly body: RequestBody | undefined;
  /**
   * Set by an interceptor that wants the body as it is on the wire, content codings and all, and undoes them by
   * `response.decode`. Only Node's adapter can do that; a browser's undo them all the same. @defaultValue `false`
   */
  readonly encoded?: boolean | undefined;
  /** The cookies of Node's adapter, as the interceptor `cookies()` sets them; a browser has its own. @defaultValue none */
  readonly cookies?: CookieStore | undefined;
  /** The time limits; `undefined` where there are none. */
  readonly timeout: TimeoutLimits | undefined;
  /** The caller's signal, whose abort ends the request. */
  readonly signal: AbortSignal | undefined;
  /** Whether native `XMLHttpRequest` hands the body over in pieces or as one chunk. */
  readonly responseType: 'stream' | 'arraybuffer';
  /** The MIME type that takes the place of the response's `Content-Type`. */
  readonly mimeType: string | undefined;
  /** Whether a browser sends and stores cookies across origins. */
  readonly withCredentials: boolean;
  /** Whether redirects are followed, handed over as responses, or errors. */
  readonly redirect: 'follow' | 'manual' | 'error';
  /** How many redirects are followed before an error. */
  readonly maxRedirects: number;
}
