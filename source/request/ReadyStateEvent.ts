import { type ResponseSummary } from '../errors/HttpStatusError.js';
import { type RequestSummary } from '../errors/ReadystreamError.js';
import { type Limits } from '../options/limits.js';
import { type BodyDecoder, type BodyDecoderTarget } from './BodyDecoder.js';
import { type HeaderMap } from './HeaderMap.js';

/** The readyState of each event, by the names of [XMLHttpRequest](https://xhr.spec.whatwg.org/#states). */
export const ReadyState = {
  /** The request is about to be sent, or more of its body has been. */
  OPENED: 1,
  /** The response's head is there. */
  HEADERS_RECEIVED: 2,
  /** More of the response's body is there. */
  LOADING: 3,
  /** The response is complete. */
  DONE: 4,
} as const;

/** How far a transfer has come, in bytes. */
export interface Progress {
  /** Bytes handed over: of the request's body to the network, or of the response's body, decoded, to you. */
  readonly loaded: number;
  /** Bytes of the body on the wire, before content decoding; `undefined` where the platform does not tell. */
  readonly transferred: number | undefined;
  /**
   * Bytes of the whole body on the wire, from `Content-Length`; `undefined` where it was not given. With a compressed
   * response it compares with `transferred`, never with `loaded`.
   */
  readonly total: number | undefined;
}

/**
 * Slows the transport down to its consumer. Both may be called in any callback and as often as you like; only the last call
 * counts. `pause()` takes effect before the next LOADING, `resume()` in a microtask. While it is paused the socket is not
 * read, so that the server has to wait, and `timeout.idle` does not run.
 */
export interface Flow {
  /** No LOADING, and no DONE, until it is resumed. */
  readonly pause: () => void;
  /** Goes on where it stopped. */
  readonly resume: () => void;
}

/** The request as it goes out. */
export interface RequestHead extends RequestSummary {
  /** The header fields that the caller and this library set; the platform may add more. */
  readonly headers: HeaderMap;
  /** The limits that hold for this request and for the operators behind it. */
  readonly limits: Limits;
}

/** A redirect that was followed. */
export interface RedirectHop {
  /** The URL that answered with the redirect. */
  readonly url: string;
  /** Its status code: 301, 302, 303, 307 or 308. */
  readonly status: number;
}

/** The head of a response. */
export interface ResponseHead extends ResponseSummary {
  /** Whether the status is in 200 to 299. */
  readonly ok: boolean;
  readonly headers: HeaderMap;
  /** The redirects on the way, first to last; `undefined` on platforms that follow them unseen (browsers). */
  readonly redirects: readonly RedirectHop[] | undefined;
  /** The MIME type that the `mimeType` option put in the place of `Content-Type`. */
  readonly mimeType: string | undefined;
  /**
   * Set where the platform decoded the body by itself and the adapter hands it over as UTF-8: neither `Content-Type` nor
   * a declaration inside the document is to be believed then. A browser's `XMLHttpRequest` does so where a body starts
   * with a byte order mark, so look at the response of the first LOADING event.
   */
  readonly decodedAs: 'utf-8' | undefined;
  /**
   * Undoes the content codings of a body that an interceptor has asked for as it is on the wire (`encoded`); absent where there
   * are none, and where the platform has undone them.
   */
  readonly decode?: ((target: BodyDecoderTarget) => BodyDecoder) | undefined;
}

/** When a request came how far: milliseconds since OPENED. */
export interface Timings {
  /** When OPENED was emitted, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the response's head was there. */
  readonly headers: number;
  /** When the first bytes of the body were there; `undefined` for an empty body. */
  readonly firstChunk: number | undefined;
  /** When the response was complete. */
  readonly done: number;
}

/** readyState 1: about to be sent, or (with `upload`) more of the request's body has been. */
export interface OpenedEvent {
  /** Which event this is. */
  readonly readyState: 1;
  /** The request as it goes out. */
  readonly request: RequestHead;
  /**
   * Which attempt of the request this is, from 1: `retryTransient()` counts them, and a new subscription to the same Observable
   * after one that failed, as RxJS's `retry()` makes it, is another attempt too.
   */
  readonly attempt: number;
  /** Pauses and resumes the response; absent where the platform cannot (`XMLHttpRequest`). The latest OPENED's holds. */
  readonly flow?: Flow | undefined;
  /** How much of the request's body has been sent; absent on the first event of an attempt. */
  readonly upload?: Progress;
}

/** readyState 2: the response's head is there. */
export interface HeadersReceivedEvent {
  /** Which event this is. */
  readonly readyState: 2;
  /** The response's head. */
  readonly response: ResponseHead;
}

/** readyState 3: more of the body is there. */
export interface LoadingEvent {
  /** Which event this is. */
  readonly readyState: 3;
  /** The response's head. */
  readonly response: ResponseHead;
  /** The bytes that are new; never the whole. They are yours: no later event changes them. */
  readonly chunk: Uint8Array<ArrayBuffer>;
  /** How far the response has come. */
  readonly progress: Progress;
}

/** readyState 4: the response is complete. */
export interface DoneEvent {
  /** Which event this is. */
  readonly readyState: 4;
  /** The response's head. */
  readonly response: ResponseHead;
  /** How far the response has come. */
  readonly progress: Progress;
  /** The fields after the body; empty where there were none, `undefined` where the platform does not tell. */
  readonly trailers: HeaderMap | undefined;
  /** When the request came how far. */
  readonly timings: Timings;
}

/**
 * What a request emits: `(opened upload*)+ headersReceived loading* done`, or an error at any point. Plain readonly
 * objects, told apart by `readyState`. Behind `retryTransient()`, a request that is sent again between its head and the first
 * byte of its body begins again at OPENED.
 */
export type ReadyStateEvent = OpenedEvent | HeadersReceivedEvent | LoadingEvent | DoneEvent;
