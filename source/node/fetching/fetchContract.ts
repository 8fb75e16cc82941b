import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';

/** A [request](https://fetch.spec.whatwg.org/#concept-request), as far as an `XMLHttpRequest` sets one up. Its mode is `cors`. */
export interface FetchRequest {
  /** As it is sent: `'GET'`. */
  readonly method: string;
  /** A URL, serialised with its user name, password and fragment. */
  readonly url: string;
  /** The author's header fields, names and values in turn; none of them is forbidden to an author. */
  readonly headers: readonly string[];
  readonly body: EncodedBody | undefined;
  /** The use-CORS-preflight flag: somebody listens to the upload. */
  readonly useCorsPreflight: boolean;
  /** Whether the credentials mode is `include`; otherwise it is `same-origin`. */
  readonly includeCredentials: boolean;
}

/** A [response](https://fetch.spec.whatwg.org/#concept-response), filtered for those who may not see all of it. Plain data. */
export interface FetchResponse {
  /** The URL that answered, without its fragment. */
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case and values in turn, in their order; without `Set-Cookie`, and across origins without what is not exposed. */
  readonly headers: readonly string[];
  /** Whether its body is null: the answer to `HEAD`, or a status that has none. */
  readonly isBodyNull: boolean;
}

/**
 * What a fetch reports to. In this order: `requestBodySent* requestEndOfBody? response bodyChunk* endOfBody`, or `failed`
 * at any point; nothing after `endOfBody`, `failed` or the termination, and nothing before `fetch` has returned. The two on
 * the request's body come once for a body, however often redirects and authentication have it sent, never for a
 * preflight, never after `response`; `requestEndOfBody` comes before `response` wherever there was a body.
 */
export interface FetchSink {
  /** So many bytes of the request's body, in all, have been handed to the network. */
  requestBodySent(loaded: number): void;
  /** processRequestEndOfBody: the request's body is sent. */
  requestEndOfBody(): void;
  /** processResponse: the head of the final response is there. */
  response(response: FetchResponse): void;
  /** Further bytes of the body, content codings undone. They never change afterwards. */
  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void;
  /** The body is complete; also where it is null. */
  endOfBody(): void;
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
