import { isReadystreamError } from '../../errors/guards.js';
import { type ContentDecoder, type ContentDecoderTarget } from './ContentDecoder.js';
import { decodeContent } from './decodeContent.js';
import { growthError } from './growthError.js';
import { networkErrorFrom } from './networkErrorFrom.js';
import { type SchemeRequest } from './SchemeHandler.js';

/**
 * The codings of a body undone outside of its exchange, for one that several exchanges bring. Bytes of a coding that is not known
 * pass as they are.
 */
export class BodyDecoding implements ContentDecoderTarget {
  readonly #request: SchemeRequest;
  readonly #target: ContentDecoderTarget;
  readonly #decoders: readonly ContentDecoder[];
  #received = 0;
  #work = 0;
  #isOver = false;

  /** @param field - `Content-Encoding`. */
  constructor(field: string, request: SchemeRequest, target: ContentDecoderTarget) {
    this.#request = request;
    this.#target = target;
    this.#decoders = decodeContent(field, this, (weight) => this.#mayGrow(weight));
  }

  write(chunk: Uint8Array<ArrayBuffer>): boolean {
    this.#received += chunk.byteLength;
    const [decoder] = this.#decoders;
    if (decoder !== undefined) return decoder.write(chunk);
    this.#target.decoded(chunk);
    return true;
  }

  end(): void {
    const [decoder] = this.#decoders;
    if (decoder === undefined) this.finished();
    else decoder.end();
  }

  settle(callback: () => void, index = 0): void {
    const decoder = this.#decoders[index];
    if (decoder === undefined) callback();
    else {
      decoder.settle(() => {
        this.settle(callback, index + 1);
      });
    }
  }

  pause(): void {
    this.#decoders.at(-1)?.pause();
  }

  resume(): void {
    this.#decoders.at(-1)?.resume();
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

  failed(cause: unknown): void {
    if (this.#isOver) return;
    this.destroy();
    this.#target.failed(isReadystreamError(cause) ? cause : networkErrorFrom(cause, 'body', this.#request));
  }

  #mayGrow(work: number): boolean {
    this.#work += work;
    const error = growthError(this.#work, this.#received, this.#request);
    if (error !== undefined) this.failed(error);
    return error === undefined;
  }
}
