import { LimitError } from '../../errors/LimitError.js';
import { type ContentDecoder, type ContentDecoderTarget } from './ContentDecoder.js';
import { decodeContent, settleAll } from './decodeContent.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeRequest } from './SchemeHandler.js';

/** The ratio of decoded to received bytes counts from here on. */
const ratioCountsFrom = 67_108_864;

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

  destroy(): void {
    this.#isOver = true;
    for (const decoder of this.#decoders) decoder.destroy();
  }

  decoded(chunk: Uint8Array<ArrayBuffer>): void {
    if (!this.#isOver && this.#mayGrow(chunk.byteLength)) this.#target.decoded(chunk);
  }

  drained(): void {
    this.#target.drained();
  }

  finished(): void {
    this.#target.finished();
  }

  failed(error: unknown): void {
    this.#target.failed(error);
  }

  #mayGrow(decoded: number): boolean {
    const { decompressionRatio } = this.#request.limits;
    this.#work += decoded;
    if (!(this.#work > Math.max(ratioCountsFrom, decompressionRatio * this.#received))) return true;
    this.failed(
      new LimitError('decompressionRatio', decompressionRatio, { request: summarize(this.#request) }),
    );
    return false;
  }
}
