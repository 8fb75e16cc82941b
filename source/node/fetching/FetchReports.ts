import { type EncodedBody } from '../../body/RequestBody.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { type FetchResponse, type FetchSink } from './fetchContract.js';

/**
 * Passes a fetch's reports to its sink in the promised order: none before `fetch` has returned or after the termination; the
 * request's body once, and its end before the response; the response once its cookies are stored.
 */
export class FetchReports implements FetchSink {
  readonly #sink: FetchSink;
  /** `undefined` once its end has been reported. */
  #requestBody: EncodedBody | undefined;
  #isStarting = true;
  #isPaused = false;
  #kept: (() => void)[] | undefined;
  #isTerminated = false;

  constructor(sink: FetchSink, requestBody: EncodedBody | undefined) {
    this.#sink = sink;
    this.#requestBody = requestBody;
  }

  /** Called when `fetch` is about to return: what happened meanwhile is reported afterwards. */
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

  connected(): void {
    if (this.#mayNotTell) {
      this.#keep(() => {
        this.connected();
      });
    } else if (!this.#isTerminated) this.#sink.connected?.();
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

  /** Does not wait for cookies: reports that do are dropped. */
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
