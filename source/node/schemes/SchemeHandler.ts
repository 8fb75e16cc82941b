import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError, type RequestSummary } from '../../errors/ReadystreamError.js';
import { type Limits } from '../../options/limits.js';

/** A request for a scheme handler. */
export interface SchemeRequest extends RequestSummary {
  /** Names and values in turn; complete except for those that the transport adds (`Host`, `Connection`, …). */
  readonly headers: readonly string[];
  /** The body, as bytes. */
  readonly body: EncodedBody | undefined;
  /** Whether content codings are left in place. @defaultValue `false` */
  readonly encoded?: boolean | undefined;
  /** The limits on the response. */
  readonly limits: Pick<Limits, 'headerBytes' | 'decompressionRatio'>;
}

/** A redirect that was followed. */
export interface SchemeRedirect {
  /** The URL that redirected. */
  readonly url: string;
  /** The status code. */
  readonly status: number;
}

/** The head of a scheme's response. */
export interface SchemeResponse {
  /** The URL of the response. */
  readonly url: string;
  /** The status code. */
  readonly status: number;
  /** The reason phrase. */
  readonly statusText: string;
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[];
  /** The fields as received, in their order and letter case; called at once or never. @defaultValue as `headers` */
  readonly receivedHeaders?: (() => readonly string[]) | undefined;
  /** The redirects that the handler itself followed, first to last; this package's handlers follow none. */
  readonly redirects: readonly SchemeRedirect[];
  /** The number of bytes of the whole body before content decoding, if known. */
  readonly total: number | undefined;
}

/**
 * Receives a scheme handler's reports, in this order: `(connecting (queued connecting?)* connected? (sending? sent)*)+ head
 * (received | data)* end`, or `error` at any point. There are none after `end`, `error` or the abort, and only `connecting` before
 * the handler has returned, unless a caller's dispatcher responds at once.
 */
export interface SchemeSink {
  /** A connection is being made; reported again after `queued`, and if the request is sent again since an idle connection was closed. */
  connecting(): void;
  /** No connection is being made: the request waits in a queue of the caller's dispatcher. */
  queued?(): void;
  /** The connection is made, and the request is being sent. */
  connected(): void;
  /** A piece of the request's body is being passed to the network; `sent` follows when the network has taken it. */
  sending?(): void;
  /** The number of bytes of the request's body passed to the network so far. */
  sent(loaded: number): void;
  /** The head of the response has arrived. */
  head(response: SchemeResponse): void;
  /** The number of further bytes of the body that have arrived, before content decoding. */
  received(byteLength: number): void;
  /** Further bytes of the body, after content decoding. They never change afterwards. */
  data(chunk: Uint8Array<ArrayBuffer>): void;
  /** The body is complete. */
  end(trailers: readonly string[]): void;
  /** The exchange has failed. */
  error(error: ReadystreamError): void;
}

/** One exchange under way. */
export interface SchemeExchange {
  /** Frees the connection; does nothing if the exchange is over. Nothing is reported after it. */
  abort(): void;
  /**
   * Stops reading the body for now; what is on its way may still be reported. May be called in any of the sink's callbacks, from
   * the head on. Without it, the whole body is held in memory for a consumer that has paused.
   */
  pause?(): void;
  /** Reads on; never called in a callback of the sink. */
  resume?(): void;
}

/**
 * Makes one exchange, a request and its response, and reports to the sink; a redirect is a response like any other. Returns an
 * object that controls the exchange, or only a function that aborts it.
 */
export type SchemeHandler = (request: SchemeRequest, sink: SchemeSink) => SchemeExchange | (() => void);
