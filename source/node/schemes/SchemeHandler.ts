import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError, type RequestSummary } from '../../errors/ReadystreamError.js';
import { type Limits } from '../../options/limits.js';

/** What a scheme is asked to fetch. */
export interface SchemeRequest extends RequestSummary {
  /** Names and values in turn; complete but for what the transport itself adds (`Host`, `Connection`, …). */
  readonly headers: readonly string[];
  /** What is sent, as bytes. */
  readonly body: EncodedBody | undefined;
  /** What bounds the response. */
  readonly limits: Pick<Limits, 'headerBytes' | 'decompressionRatio'>;
}

/** A redirect that was followed. */
export interface SchemeRedirect {
  /** The URL that answered with the redirect. */
  readonly url: string;
  /** The status code. */
  readonly status: number;
}

/** The head of what a scheme answers. */
export interface SchemeResponse {
  /** The URL that answered. */
  readonly url: string;
  /** The status code. */
  readonly status: number;
  /** The reason phrase. */
  readonly statusText: string;
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[];
  /** The same as they were received, in their order and letter case; called at once or never. @defaultValue as `headers` */
  readonly receivedHeaders?: (() => readonly string[]) | undefined;
  /** Redirects that the handler has followed by itself, first to last; those of this package follow none. */
  readonly redirects: readonly SchemeRedirect[];
  /** Bytes of the whole body before content decoding, where that is known. */
  readonly total: number | undefined;
}

/**
 * What a scheme reports to. In this order: `(connecting (queued connecting?)* connected? (sending? sent)*)+ head (received | data)* end`, or `error` at any
 * point; nothing after `end`, `error` or the abort, and nothing but `connecting` before the handler has returned, unless a
 * caller's dispatcher answers at once.
 */
export interface SchemeSink {
  /** A connection is looked for: again after `queued`, and where the request is sent again since an idle connection was closed. */
  connecting(): void;
  /** None is: the request waits in the queue of a caller's dispatcher. */
  queued?(): void;
  /** There is a connection, and the request is being sent. */
  connected(): void;
  /** A piece of the request's body is being handed to the network; `sent` follows when the network has taken it. */
  sending?(): void;
  /** So many bytes of the request's body have been handed to the network. */
  sent(loaded: number): void;
  /** The head of the response is there. */
  head(response: SchemeResponse): void;
  /** So many further bytes of the body have arrived, before content decoding. */
  received(byteLength: number): void;
  /** Further bytes of the body, after content decoding. They never change afterwards. */
  data(chunk: Uint8Array<ArrayBuffer>): void;
  /** The body is complete. */
  end(trailers: readonly string[]): void;
  /** It has failed. */
  error(error: ReadystreamError): void;
}

/**
 * Makes one exchange, a request and its response, and reports to the sink; a redirect is a response like any other. What is returned aborts it: it frees the connection, does nothing where
 * all is over, and nothing is reported after it.
 */
export type SchemeHandler = (request: SchemeRequest, sink: SchemeSink) => () => void;
