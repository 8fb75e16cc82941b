import { type RequestBody } from '../body/RequestBody.js';
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
  readonly body: RequestBody | undefined;
  readonly timeout: TimeoutLimits | undefined;
  readonly signal: AbortSignal | undefined;
  readonly responseType: 'stream' | 'arraybuffer';
  /** The MIME type that takes the place of the response's `Content-Type`. */
  readonly mimeType: string | undefined;
  readonly withCredentials: boolean;
  readonly redirect: 'follow' | 'manual' | 'error';
  readonly maxRedirects: number;
}
