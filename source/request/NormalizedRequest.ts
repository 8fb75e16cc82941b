import { type RequestBody } from '../body/RequestBody.js';
import { type RequestHead } from './ReadyStateEvent.js';

/** The time limits of a request, in milliseconds; `undefined` is no limit. */
export interface TimeoutLimits {
  /** Until a connection is made, without the time in the queue of a dispatcher that allows no more connections (Node only). */
  readonly connect?: number | undefined;
  /** How long the network may take for a piece of the request's body, of 64 KiB at most (Node only). Waiting for its source is not limited. */
  readonly send?: number | undefined;
  /** From sending until the response's head is there. */
  readonly headers?: number | undefined;
  /** Between two arrivals of bytes, after the head. */
  readonly idle?: number | undefined;
  /** From sending until the response is complete. */
  readonly total?: number | undefined;
}

/** A request with every option checked and every default filled in: what adapters and interceptors see. */
export interface NormalizedRequest extends RequestHead {
  /** What is sent. */
  readonly body: RequestBody | undefined;
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
