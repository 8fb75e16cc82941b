import { type ContentDecoder, type ContentDecoderTarget } from './ContentDecoder.js';
import { decodeContent, settleAll } from './decodeContent.js';
import { growthError } from './growthError.js';
import { type SchemeRequest } from './SchemeHandler.js';

/** Undoes the content codings of a response, as far as `limits.decompressionRatio` lets it. */
export class ResponseDecoding implements ContentDecoderTarget {
  readonly #request: SchemeRequest;
  readonly #target: ContentDecoderTarget;
  readonly #decoders: readonly ContentDecoder[];
  #received = 0;
  #work = 0;
  #isOver = false;

  /**
   * @param field - the value of `Content-Encoding`.
   * @throws Error where there are more codings than anyone needs.
   */
  constructor(field: string, request: SchemeRequest, target: ContentDecoderTarget) {
    this.#request = request;
    this.#target = target;
    this.#decoders = decodeContent(field, this, this.#mayGrow.bind(this));
  }

  /** Gives `false` where the caller should wait for `drained`. */
  write(chunk: Uint8Array<ArrayBuffer>): boolean {
    this.#received += chunk.byteLength;
    const [decoder] = this.#decoders;
    if (decoder !== undefined) return decoder.write(chunk);
    this.#target.decoded(chunk);
    return true;
  }

  end(): void {
    const [decoder] = this.#decoders;
    if (decoder === undefined) this.#target.finished();
    else decoder.end();
  }

  /** Calls back when all that was written has been decoded and handed over. */
  settle(then: () => void): void {
    settleAll(this.#decoders, then);
  }

  /** Passes nothing on for now. Returns `false` if there is no coding, so that nothing is held back here. */
  pause(): boolean {
    const decoder = this.#decoders.at(-1);
    decoder?.pause();
    return decoder !== undefined;
  }

  /** Undoes {@link ResponseDecoding.pause}, and returns the same. */
  resume(): boolean {
    const decoder = this.#decoders.at(-1);
    decoder?.resume();
    return decoder !== undefined;
  }

  destroy(): void {
    this.#isOver = true;
    for (const decoder of this.#decoders) decoder.destroy();
  }

  decoded(chunk: Uint8Array<ArrayBuffer>): void {
    if (!this.#isOver && this.#mayGrow(chunk.byteLength)) this.#target.decoded(chunk);
  }

  drained(): void {
    if (!this.#isOver) this.#target.drained();
  }

  finished(): void {
    if (!this.#isOver) this.#target.finished();
  }

  failed(error: unknown): void {
    if (this.#isOver) return;
    this.destroy();
    this.#target.failed(error);
  }

  #mayGrow(decoded: number): boolean {
    this.#work += decoded;
    const error = growthError(this.#work, this.#received, this.#request);
    if (error !== undefined) this.failed(error);
    return error === undefined;
  }
}
