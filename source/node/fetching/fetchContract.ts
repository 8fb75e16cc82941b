import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { type Limits } from '../../options/limits.js';
import { type SchemeRedirect } from '../schemes/SchemeHandler.js';

/** A [request](https://fetch.spec.whatwg.org/#concept-request), as far as its callers set one up. Its mode is `cors`. */
export interface FetchRequest {
  /** As it is sent: `'GET'`. */
  readonly method: string;
  /** A URL, serialised with its user name, password and fragment. */
  readonly url: string;
  /** The author's header fields, names and values in turn; of an `XMLHttpRequest`, none is forbidden to an author. */
  readonly headers: readonly string[];
  readonly body: EncodedBody | undefined;
  /** The use-CORS-preflight flag: somebody listens to the upload. */
  readonly useCorsPreflight: boolean;
  /** Whether the credentials mode is `include`; otherwise it is `same-origin`. */
  readonly includeCredentials: boolean;
  /** The redirect mode; `manual` hands a redirect over as it is. @defaultValue `'follow'` */
  readonly redirect?: 'follow' | 'manual' | 'error';
  /** The cookies of this request alone. @defaultValue the client's */
  readonly cookies?: Cookies | undefined;
  /** How many redirects are followed before an error. @defaultValue 20 */
  readonly maxRedirects?: number;
  /** Whether content codings are left as they are. @defaultValue `false` */
  readonly encoded?: boolean | undefined;
  /** What bounds the response. @defaultValue the client's */
  readonly limits?: Limits;
}

/** A [response](https://fetch.spec.whatwg.org/#concept-response), filtered for those who may not see all of it. Plain data. */
export interface FetchResponse {
  /** The URL that answered, without its fragment. */
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /**
   * Names in lower case and values in turn, in their order; where the client acts as a browser, without `Set-Cookie`, and across
   * origins without what is not exposed.
   */
  readonly headers: readonly string[];
  /** The redirects on the way, first to last. */
  readonly redirects: readonly SchemeRedirect[];
  /** Bytes of the whole body before content decoding, where that is known. */
  readonly total: number | undefined;
  /** Whether its body is null: the answer to `HEAD`, or a status that has none. */
  readonly isBodyNull: boolean;
}

/**
 * What a fetch reports to. In this order: `requestBodySent* requestEndOfBody? response bodyChunk* endOfBody`, or `failed`
 * at any point; nothing after `endOfBody`, `failed` or the termination, and, where the client acts as a browser, nothing before
 * `fetch` has returned. The two on the request's body come once for a body, however often redirects and authentication have
 * it sent, never for a preflight, never after `response`; `requestEndOfBody` comes before `response` wherever there was a body.
 */
export interface FetchSink {
  /** A connection is looked for; once more for each exchange. */
  connecting?(): void;
  /** There is a connection, and the request is being sent. */
  connected?(): void;
  /** So many bytes of the request's body, in all, have been handed to the network. */
  requestBodySent(loaded: number): void;
  /** processRequestEndOfBody: the request's body is sent. */
  requestEndOfBody?(): void;
  /** processResponse: the head of the final response is there. */
  response(response: FetchResponse): void;
  /** So many further bytes of the body have arrived, before content codings are undone. */
  bodyReceived?(byteLength: number): void;
  /** Further bytes of the body, content codings undone. They never change afterwards. */
  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void;
  /** The body is complete; also where it is null. The trailers are names in lower case and values in turn. */
  endOfBody(trailers: readonly string[]): void;
  /** A network error, in place of a response or in the middle of its body. */
  failed(error: ReadystreamError): void;
}

/** The cookies of a client: a jar of the caller's, in this thread or in another. */
export interface Cookies {
  /** The `Cookie` field for a URL; empty where there is none. */
  get(url: string): Promise<string>;
  /** Stores a `Set-Cookie` field; one that is malformed or not for this URL is passed over, as browsers do. */
  set(field: string, url: string): Promise<void>;
}
