import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { type FetchResponse, type FetchSink } from './fetchContract.js';

/**
 * What a fetch tells its sink, as the sink may count on: nothing before `fetch` has returned, nor after the termination; of the
 * request's body once, and that it is sent before the response; and of the response when its cookies are stored.
 */
export class FetchReports implements FetchSink {
  readonly #sink: FetchSink;
  /** `undefined` once its end has been told. */
  #requestBody: EncodedBody | undefined;
  #isStarting = true;
  #isPaused = false;
  #kept: (() => void)[] | undefined;
  #isTerminated = false;

  constructor(sink: FetchSink, requestBody: EncodedBody | undefined) {
    this.#sink = sink;
    this.#requestBody = requestBody;
  }

  /** `fetch` is about to return: what happened meanwhile is told afterwards. */
  started(): void {
    if (this.#kept === undefined) this.#isStarting = false;
    else {
      queueMicrotask(() => {
        this.#isStarting = false;
        this.#tellKept();
      });
    }
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#tellKept();
  }

  terminate(): void {
    this.#isTerminated = true;
    this.#kept = undefined;
  }

  requestBodySent(loaded: number): void {
    if (this.#mayNotTell) {
      this.#keep(() => {
        this.requestBodySent(loaded);
      });
      return;
    }
    if (this.#isTerminated || this.#requestBody === undefined) return;
    if (loaded > 0) this.#sink.requestBodySent(loaded);
    if (loaded === this.#requestBody.length) this.#requestEndOfBody();
  }

  response(response: FetchResponse): void {
    if (this.#mayNotTell) {
      this.#keep(() => {
        this.response(response);
      });
      return;
    }
    this.#requestEndOfBody();
    if (!this.#isTerminated) this.#sink.response(response);
  }

  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#mayNotTell) {
      this.#keep(() => {
        this.bodyChunk(bytes);
      });
      return;
    }
    if (!this.#isTerminated) this.#sink.bodyChunk(bytes);
  }

  endOfBody(trailers: readonly string[]): void {
    if (this.#mayNotTell) {
      this.#keep(() => {
        this.endOfBody(trailers);
      });
      return;
    }
    if (!this.#isTerminated) this.#sink.endOfBody(trailers);
  }

  /** Does not wait for cookies: what does is told no more. */
  failed(error: ReadystreamError): void {
    if (this.#isTerminated) return;
    if (this.#isStarting) {
      this.#keep(() => {
        this.failed(error);
      });
      return;
    }
    this.terminate();
    this.#sink.failed(error);
  }

  get #mayNotTell(): boolean {
    return this.#isStarting || this.#isPaused;
  }

  #requestEndOfBody(): void {
    if (this.#isTerminated || this.#requestBody === undefined) return;
    this.#requestBody = undefined;
    this.#sink.requestEndOfBody?.();
  }

  #keep(report: () => void): void {
    if (!this.#isTerminated) (this.#kept ??= []).push(report);
  }

  #tellKept(): void {
    if (this.#mayNotTell) return;
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const report of kept) report();
  }
}
