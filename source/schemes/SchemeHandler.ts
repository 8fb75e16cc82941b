import { type EncodedBody } from '../body/EncodedBody.js';
import { type Limits } from '../errors/Limits.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type RequestSummary } from '../errors/RequestSummary.js';

/** What a scheme is asked to fetch. */
export interface SchemeRequest extends RequestSummary {
  /** Names and values in turn; complete but for what the transport itself adds (`Host`, `Connection`, …). */
  readonly headers: readonly string[];
  readonly body: EncodedBody | undefined;
  readonly redirect: 'follow' | 'manual' | 'error';
  readonly maxRedirects: number;
  readonly limits: Pick<Limits, 'headerBytes' | 'decompressionRatio'>;
}

/** A redirect that was followed. */
export interface SchemeRedirect {
  readonly url: string;
  readonly status: number;
}

/** The head of what a scheme answers. */
export interface SchemeResponse {
  /** The URL that answered, with the fragment that came down the redirects. */
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[];
  readonly redirects: readonly SchemeRedirect[];
  /** Bytes of the whole body before content decoding, where that is known. */
  readonly total: number | undefined;
}

/**
 * What a scheme reports to. In this order: `(connecting connected? sent*)+ head (received | data)* end`, or `error` at any
 * point; nothing after `end`, `error` or the abort, and nothing but `connecting` before the handler has returned, unless a
 * caller's dispatcher answers at once.
 */
export interface SchemeSink {
  /** A connection is looked for; once more for every redirect. */
  connecting(): void;
  /** There is a connection, and the request is being sent. */
  connected(): void;
  /** So many bytes of the request's body have been handed to the network. */
  sent(loaded: number): void;
  head(response: SchemeResponse): void;
  /** So many further bytes of the body have arrived, before content decoding. */
  received(byteLength: number): void;
  /** Further bytes of the body, after content decoding. They never change afterwards. */
  data(chunk: Uint8Array<ArrayBuffer>): void;
  /** The body is complete. */
  end(trailers: readonly string[]): void;
  error(error: ReadystreamError): void;
}

/**
 * Fetches one request and reports to the sink. What is returned aborts it: it frees the connection, does nothing where
 * all is over, and nothing is reported after it.
 */
export type SchemeHandler = (request: SchemeRequest, sink: SchemeSink) => () => void;
