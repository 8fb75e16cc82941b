import { type Subscriber } from 'rxjs';
import { LimitError } from '../errors/LimitError.js';
import { NetworkError } from '../errors/NetworkError.js';
import { type RequestSummary } from '../errors/RequestSummary.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import {
  type Progress,
  type ReadyStateEvent,
  type RequestHead,
  type ResponseHead,
} from '../request/ReadyStateEvent.js';
import { type RequestWatch, watchRequest } from './watchRequest.js';

/**
 * One request and its response, as a browser's API tells of them, turned into events. It keeps the grammar and the
 * clocks; the adapters only report what they see. Nothing is emitted once the consumer has left.
 */
export class Exchange {
  /** Whether the exchange is over on the network's side, so that there is nothing to abort. */
  finished = false;
  /** The response's head, once it is there. */
  response: ResponseHead | undefined;
  /** Bytes of the body on the wire so far, where the platform tells; set before `loading` and `done`. */
  transferred: number | undefined;

  readonly #request: NormalizedRequest;
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  readonly #startedAt = Date.now();
  readonly #start = performance.now();
  readonly #summary: RequestSummary;
  readonly #head: RequestHead;
  #watch: RequestWatch | undefined;
  #headersAt = 0;
  #firstChunkAt: number | undefined;
  #loaded = 0;
  #total: number | undefined;

  constructor(request: NormalizedRequest, subscriber: Subscriber<ReadyStateEvent>) {
    this.#request = request;
    this.#subscriber = subscriber;
    const { method, url, repeatable, headers, limits } = request;
    this.#summary = { method, url, repeatable };
    this.#head = { ...this.#summary, headers, limits };
  }

  /** Whether nobody listens any more: the consumer left, or it has its error. */
  isClosed(): boolean {
    return this.#subscriber.closed;
  }

  /**
   * Emits OPENED and starts the clocks.
   *
   * @param abort - stops the transport; called once at most, and never when the exchange has finished.
   * @returns whether to send the request.
   */
  open(abort: () => void): boolean {
    const { signal } = this.#request;
    if (signal?.aborted !== true) {
      this.#subscriber.next({ readyState: 1, request: this.#head, attempt: 1 });
      if (this.isClosed()) return false;
    }
    this.#watch = watchRequest(this.#request, this.#summary, (error) => {
      this.reject(error);
    });
    if (this.isClosed()) return false;
    this.#subscriber.add(() => {
      this.#watch?.stop();
      if (!this.finished) abort();
    });
    return true;
  }

  /** So much of the request's body is on its way. Upload events that come after the response's head are not told. */
  uploaded(loaded: number, total: number | undefined): void {
    if (this.response !== undefined) return;
    const upload = { loaded, transferred: loaded, total };
    this.#subscriber.next({ readyState: 1, request: this.#head, attempt: 1, upload });
  }

  /** The response's head is there. */
  headersReceived(url: string, status: number, statusText: string, raw: readonly string[]): void {
    const { limits, mimeType } = this.#request;
    let bytes = 0;
    for (const part of raw) bytes += part.length + 2; // ': ' after a name, CRLF after a value
    if (bytes > limits.headerBytes) {
      this.reject(new LimitError('headerBytes', limits.headerBytes, { request: this.#summary }));
      return;
    }
    const headers = new HeaderMap(raw);
    const length = headers.get('content-length') ?? '';
    this.#total = /^\d+$/.test(length) ? Number(length) : undefined;
    this.#headersAt = this.#elapsed();
    this.response = {
      url: (url || this.#request.url).replace(/#.*/s, ''),
      status,
      statusText,
      ok: status >= 200 && status <= 299,
      headers,
      redirects: undefined,
      mimeType,
      decodedAs: undefined,
    };
    this.#watch?.headersReceived();
    this.#subscriber.next({ readyState: 2, response: this.response });
  }

  /** The network is alive: the idle clock starts anew. */
  bytesArrived(): void {
    this.#watch?.bytesArrived();
  }

  /** From now on the response says that the platform decoded the body by itself. */
  decodedByPlatform(): void {
    if (this.response !== undefined) this.response = { ...this.response, decodedAs: 'utf-8' };
  }

  /** More of the body is there. */
  loading(chunk: Uint8Array<ArrayBuffer>): void {
    const { response } = this;
    if (response === undefined || chunk.byteLength === 0) return;
    this.#firstChunkAt ??= this.#elapsed();
    this.#loaded += chunk.byteLength;
    this.#subscriber.next({ readyState: 3, response, chunk, progress: this.#progress() });
  }

  /** The response is complete. */
  done(): void {
    const { response } = this;
    if (response === undefined) return;
    this.finished = true;
    this.#watch?.stop();
    const timings = {
      startedAt: this.#startedAt,
      headers: this.#headersAt,
      firstChunk: this.#firstChunkAt,
      done: this.#elapsed(),
    };
    this.#subscriber.next({
      readyState: 4,
      response,
      progress: this.#progress(),
      trailers: undefined,
      timings,
    });
    this.#subscriber.complete();
  }

  /** The network failed, or what stands for it: what lies underneath, and words for it that are better than its own. */
  fail(cause: unknown, detail?: { readonly detail: string }): void {
    if (this.isClosed()) return;
    this.reject(
      new NetworkError(this.response ? 'body' : 'headers', { request: this.#summary, cause, ...detail }),
    );
  }

  /** Ends the exchange with an error that says all by itself. */
  reject(error: Error): void {
    this.#subscriber.error(error);
  }

  #elapsed(): number {
    return performance.now() - this.#start;
  }

  #progress(): Progress {
    return { loaded: this.#loaded, transferred: this.transferred, total: this.#total };
  }
}
