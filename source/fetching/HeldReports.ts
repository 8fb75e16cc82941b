import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type FetchResponse } from './FetchResponse.js';
import { type FetchSink } from './FetchSink.js';

/** A sink that keeps what it is told until it may be passed on. */
export class HeldReports implements FetchSink {
  readonly #sink: FetchSink;
  readonly #reports: (() => void)[] = [];
  #byteLength = 0;

  constructor(sink: FetchSink) {
    this.#sink = sink;
  }

  /** The bytes of the response's body that are kept. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** Passes all on, one after the other. */
  release(isTerminated: () => boolean): void {
    for (const report of this.#reports) {
      if (isTerminated()) return;
      report();
    }
  }

  requestBodySent(loaded: number): void {
    this.#reports.push(() => {
      this.#sink.requestBodySent(loaded);
    });
  }

  requestEndOfBody(): void {
    this.#reports.push(() => {
      this.#sink.requestEndOfBody();
    });
  }

  response(response: FetchResponse): void {
    this.#reports.push(() => {
      this.#sink.response(response);
    });
  }

  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void {
    this.#byteLength += bytes.byteLength;
    this.#reports.push(() => {
      this.#sink.bodyChunk(bytes);
    });
  }

  endOfBody(): void {
    this.#reports.push(() => {
      this.#sink.endOfBody();
    });
  }

  failed(error: ReadystreamError): void {
    this.#reports.push(() => {
      this.#sink.failed(error);
    });
  }
}
