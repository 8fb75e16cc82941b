import { type EncodedBody } from '../body/EncodedBody.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type FetchResponse } from './FetchResponse.js';
import { type FetchSink } from './FetchSink.js';

/**
 * What a fetch tells its sink, as the sink may count on: of the request's body once, however often it is sent; nothing after the
 * termination; and while something else has to come first, all is kept and told afterwards.
 */
export class FetchReports {
  readonly #sink: FetchSink;
  /** `undefined` once its end has been told. */
  #requestBody: EncodedBody | undefined;
  #sent = 0;
  /** For how many reasons nothing may be told yet. */
  #holds = 0;
  #held: (() => void)[] | undefined;
  #heldBytes = 0;
  #isTerminated = false;

  constructor(sink: FetchSink, requestBody: EncodedBody | undefined) {
    this.#sink = sink;
    this.#requestBody = requestBody;
  }

  /** The bytes of the response's body that are kept. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Whether anything is kept. */
  get isHolding(): boolean {
    return this.#held !== undefined;
  }

  /** Keeps what comes, until `release` has been called as often. */
  hold(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
    if (this.#holds > 0) return;
    const held = this.#held ?? [];
    this.drop();
    for (const report of held) report();
  }

  /** Forgets what is kept, and why. */
  drop(): void {
    this.#holds = 0;
    this.#held = undefined;
    this.#heldBytes = 0;
  }

  terminate(): void {
    this.#isTerminated = true;
  }

  requestBodySent(loaded: number): void {
    if (this.#holds > 0) {
      this.#keep(() => {
        this.requestBodySent(loaded);
      });
      return;
    }
    if (this.#isTerminated || this.#requestBody === undefined) return;
    if (loaded > this.#sent) {
      this.#sent = loaded;
      this.#sink.requestBodySent(loaded);
    }
    if (loaded === this.#requestBody.length) this.#requestEndOfBody();
  }

  response(response: FetchResponse): void {
    if (this.#holds > 0) {
      this.#keep(() => {
        this.response(response);
      });
      return;
    }
    this.#requestEndOfBody();
    if (!this.#isTerminated) this.#sink.response(response);
  }

  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#holds > 0) {
      this.#heldBytes += bytes.byteLength;
      this.#keep(() => {
        this.bodyChunk(bytes);
      });
      return;
    }
    if (!this.#isTerminated) this.#sink.bodyChunk(bytes);
  }

  endOfBody(): void {
    if (this.#holds > 0) {
      this.#keep(() => {
        this.endOfBody();
      });
      return;
    }
    if (!this.#isTerminated) this.#sink.endOfBody();
  }

  failed(error: ReadystreamError): void {
    if (this.#holds > 0) {
      this.#keep(() => {
        this.failed(error);
      });
      return;
    }
    if (!this.#isTerminated) this.#sink.failed(error);
  }

  #requestEndOfBody(): void {
    if (this.#isTerminated || this.#requestBody === undefined) return;
    this.#requestBody = undefined;
    this.#sink.requestEndOfBody();
  }

  #keep(report: () => void): void {
    (this.#held ??= []).push(report);
  }
}
