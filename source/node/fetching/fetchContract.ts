import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { type Limits } from '../../options/limits.js';
import { type SchemeRedirect } from '../schemes/SchemeHandler.js';

/** A [request](https://fetch.spec.whatwg.org/#concept-request), as set up by its caller. Its mode is `cors`. */
export interface FetchRequest {
  /** As sent: `'GET'`. */
  readonly method: string;
  /** A URL, serialised with its user name, password and fragment. */
  readonly url: string;
  /** The author's header fields, names and values in turn; an `XMLHttpRequest` has no forbidden ones. */
  readonly headers: readonly string[];
  readonly body: EncodedBody | undefined;
  /** The use-CORS-preflight flag: the upload has listeners. */
  readonly useCorsPreflight: boolean;
  /** Whether the credentials mode is `include`; otherwise it is `same-origin`. */
  readonly includeCredentials: boolean;
  /** The redirect mode; `manual` passes a redirect on unchanged. @defaultValue `'follow'` */
  readonly redirect?: 'follow' | 'manual' | 'error';
  /** The number of redirects to follow before an error. @defaultValue 20 */
  readonly maxRedirects?: number;
  /** Whether content codings are left in place. @defaultValue `false` */
  readonly encoded?: boolean | undefined;
  /** The limits on the response. @defaultValue the client's */
  readonly limits?: Limits;
}

/** A [response](https://fetch.spec.whatwg.org/#concept-response), filtered for callers that may not see all of it. Plain data. */
export interface FetchResponse {
  /** The URL of the response, without its fragment. */
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /**
   * Names and values in turn, as received. If the client acts as a browser: names in lower case, without `Set-Cookie`, and across
   * origins without fields that are not exposed.
   */
  readonly headers: readonly string[];
  /** The redirects followed, first to last. */
  readonly redirects: readonly SchemeRedirect[];
  /** The number of bytes of the whole body before content decoding, if known. */
  readonly total: number | undefined;
  /** Whether its body is null: after `HEAD`, or because of its status. */
  readonly isBodyNull: boolean;
}

/**
 * Receives a fetch's reports, in this order: `requestBodySent* requestEndOfBody? response bodyChunk* endOfBody`, or `failed` at
 * any point. There are none after `endOfBody`, `failed` or the termination or, if the client acts as a browser, before `fetch`
 * has returned. A request's body is reported once, however often redirects and authentication send it, never for a preflight and
 * never after `response`; if there is a body, `requestEndOfBody` precedes `response`.
 */
export interface FetchSink {
  /** A connection is being made; reported for each exchange, and again after `queued`. */
  connecting?(): void;
  /** No connection is being made: the request waits in a queue of the caller's dispatcher. */
  queued?(): void;
  /** The connection is made, and the request is being sent. */
  connected?(): void;
  /** A piece of the request's body is being passed to the network; `requestBodySent` follows when it has taken it. */
  sending?(): void;
  /** The total number of bytes of the request's body passed to the network so far. */
  requestBodySent(loaded: number): void;
  /** processRequestEndOfBody: the request's body is sent. */
  requestEndOfBody?(): void;
  /** processResponse: the head of the final response has arrived. */
  response(response: FetchResponse): void;
  /** The number of further bytes of the body that have arrived, before content decoding. */
  bodyReceived?(byteLength: number): void;
  /** Further bytes of the decoded body. They never change afterwards. */
  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void;
  /** The body is complete (or null). The trailers are names and values in turn. */
  endOfBody(trailers: readonly string[]): void;
  /** A network error, instead of a response or during its body. */
  failed(error: ReadystreamError): void;
}

/** The cookies of a client: the caller's jar, in this thread or in another. */
export interface Cookies {
  /** Returns the `Cookie` field for a URL; empty if there is none. */
  get(url: string): Promise<string>;
  /** Stores a `Set-Cookie` field; a field that is malformed or not for this URL is ignored, as in browsers. */
  set(field: string, url: string): Promise<void>;
}
