import { type ResponseSummary } from '../errors/HttpStatusError.js';
import { type RequestSummary } from '../errors/ReadystreamError.js';
import { type Limits } from '../options/limits.js';
import { type BodyDecoder, type BodyDecoderTarget } from './BodyDecoder.js';
import { type HeaderMap } from './HeaderMap.js';

/** The readyState of each event, by the names of [XMLHttpRequest](https://xhr.spec.whatwg.org/#states). */
export const ReadyState = {
  /** The request is about to be sent, or more of its body was sent. */
  OPENED: 1,
  /** The response's head has arrived. */
  HEADERS_RECEIVED: 2,
  /** More of the response's body has arrived. */
  LOADING: 3,
  /** The response is complete. */
  DONE: 4,
} as const;

/** How far a transfer has come, in bytes. */
export interface Progress {
  /** Bytes passed on: of the request's body to the network, or of the response's body, decoded, to you. */
  readonly loaded: number;
  /** Bytes of the body on the wire, before content decoding; `undefined` if the platform does not report them. */
  readonly transferred: number | undefined;
  /**
   * Bytes of the whole body on the wire, from `Content-Length`; `undefined` without that field. For a compressed response,
   * compare it with `transferred`, never with `loaded`.
   */
  readonly total: number | undefined;
}

/**
 * Slows the transport down to the consumer's speed. Both methods may be called in any callback and as often as you like; only
 * the last call counts. `pause()` takes effect before the next LOADING, `resume()` in a microtask. While paused, the socket is
 * not read, so the server has to wait, and `timeout.idle` does not run.
 */
export interface Flow {
  /** Emits no LOADING, and no DONE, until resumed. */
  readonly pause: () => void;
  /** Continues where it stopped. */
  readonly resume: () => void;
}

/** The request as it is sent. */
export interface RequestHead extends RequestSummary {
  /** The header fields that the caller and this library set; the platform may add more. */
  readonly headers: HeaderMap;
  /** The limits that apply to this request and to the operators on its events. */
  readonly limits: Limits;
}

/** A redirect that was followed. */
export interface RedirectHop {
  /** The URL that responded with the redirect. */
  readonly url: string;
  /** Its status code: 301, 302, 303, 307 or 308. */
  readonly status: number;
}

/** The head of a response. */
export interface ResponseHead extends ResponseSummary {
  /** Whether the status is in 200 to 299. */
  readonly ok: boolean;
  readonly headers: HeaderMap;
  /** The redirects that were followed, in order; `undefined` on platforms that do not report them (browsers). */
  readonly redirects: readonly RedirectHop[] | undefined;
  /** The MIME type of the `mimeType` option, which replaces `Content-Type`. */
  readonly mimeType: string | undefined;
  /**
   * Set if the platform decoded the body itself and the adapter passes it on as UTF-8: then ignore both `Content-Type` and a
   * declaration inside the document. A browser's `XMLHttpRequest` does so if a body starts with a byte order mark, so check
   * the response of the first LOADING event.
   */
  readonly decodedAs: 'utf-8' | undefined;
  /** Set by `decompress()` on the events whose body it has unpacked: how it was packed. Its bytes are not those of the response. */
  readonly unpacked?: 'gzip' | 'zip' | undefined;
  /**
   * Undoes the content codings of a body that an interceptor has asked for as it is on the wire (`encoded`); absent where there
   * are none, and where the platform has undone them.
   */
  readonly decode?: ((target: BodyDecoderTarget) => BodyDecoder) | undefined;
}

/** When a request reached each stage, in milliseconds since OPENED. */
export interface Timings {
  /** When OPENED was emitted, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the response's head arrived. */
  readonly headers: number;
  /** When the first bytes of the body arrived; `undefined` for an empty body. */
  readonly firstChunk: number | undefined;
  /** When the response was complete. */
  readonly done: number;
}

/** readyState 1: the request is about to be sent, or (with `upload`) more of its body was sent. */
export interface OpenedEvent {
  /** Identifies the event. */
  readonly readyState: 1;
  /** The request as it is sent. */
  readonly request: RequestHead;
  /**
   * The number of the attempt, from 1. `retryTransient()` counts attempts, and so does a new subscription to the same Observable
   * after a failed one, which is what RxJS's `retry()` makes.
   */
  readonly attempt: number;
  /** Pauses and resumes the response; absent where the platform cannot (`XMLHttpRequest`). The latest OPENED's holds. */
  readonly flow?: Flow | undefined;
  /** How much of the request's body has been sent; absent on the first event of an attempt. */
  readonly upload?: Progress;
  /**
   * Asks for the server's own bytes, all in one chunk at the end; until then LOADING events with an empty chunk report
   * progress. Call it while you handle the first event of an attempt; later it has no effect. It exists where the platform
   * gives text (`XMLHttpRequest`), which differs from the server's bytes where a body starts with a byte order mark.
   * `arrayBuffer()` and `blob()` call it.
   */
  readonly wantBytes?: () => void;
}

/** readyState 2: the response's head has arrived. */
export interface HeadersReceivedEvent {
  /** Identifies the event. */
  readonly readyState: 2;
  /** The response's head. */
  readonly response: ResponseHead;
}

/** readyState 3: more of the body has arrived. */
export interface LoadingEvent {
  /** Identifies the event. */
  readonly readyState: 3;
  /** The response's head. */
  readonly response: ResponseHead;
  /**
   * The new bytes, never the whole body. They are yours: no later event changes them. Empty only if
   * {@link OpenedEvent.wantBytes} was called.
   */
  readonly chunk: Uint8Array<ArrayBuffer>;
  /** How far the response has come. */
  readonly progress: Progress;
}

/** readyState 4: the response is complete. */
export interface DoneEvent {
  /** Identifies the event. */
  readonly readyState: 4;
  /** The response's head. */
  readonly response: ResponseHead;
  /** How far the response has come. */
  readonly progress: Progress;
  /** The fields after the body; empty if there were none, `undefined` if the platform does not report them. */
  readonly trailers: HeaderMap | undefined;
  /** When the request reached each stage. */
  readonly timings: Timings;
}

/**
 * The events that a request emits: `(opened upload*)+ headersReceived loading* done`, or an error at any point. They are
 * plain readonly objects; `readyState` distinguishes them. After `retryTransient()`, a request that is sent again between its
 * head and the first byte of its body starts over with OPENED.
 */
export type ReadyStateEvent = OpenedEvent | HeadersReceivedEvent | LoadingEvent | DoneEvent;
