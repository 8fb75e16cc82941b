import { AsyncResource } from 'node:async_hooks';
import { type Subscriber } from 'rxjs';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { RequestTimeoutError } from '../errors/RequestTimeoutError.js';
import { summarize } from '../node/schemes/networkErrorFrom.js';
import {
  type SchemeHandler,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from '../node/schemes/SchemeHandler.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type Progress, type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';
import { type RequestWatch, watchRequest } from './watchRequest.js';

const noTrailers = /*#__PURE__*/ new HeaderMap();

/**
 * One request and its response, as a scheme reports them, turned into events. They are emitted in the asynchronous context
 * of the subscription: undici's callbacks come in that of whoever first used the connection.
 */
export class NodeExchange extends AsyncResource implements SchemeSink {
  readonly #request: NormalizedRequest;
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  readonly #startedAt = Date.now();
  readonly #start = performance.now();
  #watch: RequestWatch | undefined;
  #connectTimer: NodeJS.Timeout | undefined;
  #abort: (() => void) | undefined;
  #uploadBytes: number | undefined;
  #response: ResponseHead | undefined;
  #progress: Progress;
  #transferred = 0;
  #headersAt = 0;
  #firstChunkAt: number | undefined;

  constructor(request: NormalizedRequest, subscriber: Subscriber<ReadyStateEvent>) {
    super('ReadystreamRequest');
    this.#request = request;
    this.#subscriber = subscriber;
    this.#progress = { loaded: 0, transferred: 0, total: undefined };
  }

  /** Emits OPENED and hands the request to its scheme, unless the consumer left or the signal was aborted before. */
  start(request: SchemeRequest, handler: SchemeHandler): void {
    const { signal, timeout } = this.#request;
    if (signal?.aborted !== true) {
      this.#emit({ readyState: 1, request: this.#request, attempt: 1 });
      if (this.#subscriber.closed) return;
    }
    if (signal !== undefined || timeout !== undefined) {
      this.#watch = watchRequest(this.#request, summarize(this.#request), (error) => {
        this.#fail(error);
      });
      if (this.#subscriber.closed) return;
    }
    this.#uploadBytes = request.body?.length;
    this.#abort = handler(request, this);
  }

  /** Stops the clocks and frees the connection; what has finished is left alone. */
  stop(): void {
    this.#watch?.stop();
    clearTimeout(this.#connectTimer);
    this.#abort?.();
  }

  connecting(): void {
    const connect = this.#request.timeout?.connect ?? Infinity;
    clearTimeout(this.#connectTimer);
    // A longer delay overflows setTimeout's 32 bits, which then fires at once.
    if (connect > 2_147_483_647) return;
    this.#connectTimer = setTimeout(() => {
      this.#fail(new RequestTimeoutError('connect', connect, { request: summarize(this.#request) }));
    }, connect);
  }

  connected(): void {
    if (this.#connectTimer !== undefined) clearTimeout(this.#connectTimer);
  }

  sent(loaded: number): void {
    const upload = { loaded, transferred: loaded, total: this.#uploadBytes };
    this.#emit({ readyState: 1, request: this.#request, attempt: 1, upload });
  }

  head({ url, status, statusText, headers, redirects, total }: SchemeResponse): void {
    const hash = url.indexOf('#');
    this.#headersAt = performance.now() - this.#start;
    this.#progress = { loaded: 0, transferred: 0, total };
    this.#watch?.headersReceived();
    this.#response = {
      url: hash === -1 ? url : url.slice(0, hash),
      status,
      statusText,
      ok: status >= 200 && status <= 299,
      headers: new HeaderMap(headers),
      redirects,
      mimeType: this.#request.mimeType,
      decodedAs: undefined,
    };
    this.#emit({ readyState: 2, response: this.#response });
  }

  received(byteLength: number): void {
    this.#transferred += byteLength;
    this.#watch?.bytesArrived();
  }

  data(chunk: Uint8Array<ArrayBuffer>): void {
    const response = this.#response;
    if (response === undefined || chunk.byteLength === 0) return;
    this.#firstChunkAt ??= performance.now() - this.#start;
    const { loaded, total } = this.#progress;
    this.#progress = { loaded: loaded + chunk.byteLength, transferred: this.#transferred, total };
    this.#emit({ readyState: 3, response, chunk, progress: this.#progress });
  }

  end(trailers: readonly string[]): void {
    const response = this.#response;
    if (response === undefined) return;
    this.#watch?.stop();
    if (this.#progress.transferred !== this.#transferred) {
      this.#progress = { ...this.#progress, transferred: this.#transferred };
    }
    this.#emit({
      readyState: 4,
      response,
      progress: this.#progress,
      trailers: trailers.length === 0 ? noTrailers : new HeaderMap(trailers),
      timings: {
        startedAt: this.#startedAt,
        headers: this.#headersAt,
        firstChunk: this.#firstChunkAt,
        done: performance.now() - this.#start,
      },
    });
    this.runInAsyncScope(complete, undefined, this.#subscriber);
  }

  error(error: ReadystreamError): void {
    this.runInAsyncScope(fail, undefined, this.#subscriber, error);
  }

  #emit(event: ReadyStateEvent): void {
    this.runInAsyncScope(emit, undefined, this.#subscriber, event);
  }

  #fail(error: ReadystreamError): void {
    this.#abort?.();
    this.#subscriber.error(error);
  }
}

// Functions of their own, so that no event makes a closure.
function emit(subscriber: Subscriber<ReadyStateEvent>, event: ReadyStateEvent): void {
  subscriber.next(event);
}

function complete(subscriber: Subscriber<ReadyStateEvent>): void {
  subscriber.complete();
}

function fail(subscriber: Subscriber<ReadyStateEvent>, error: ReadystreamError): void {
  subscriber.error(error);
}
