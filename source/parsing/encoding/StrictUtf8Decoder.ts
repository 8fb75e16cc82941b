import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';
import { StrictDecoder } from './StrictDecoder.js';
import { textDecoderBinding } from './textDecoder.js';
import { wholeUtf8 } from './Utf8Decoder.js';

/** One for all bodies: it is only given whole characters, so it keeps nothing between two calls. */
let shared: TextDecoder | undefined;

/** Decodes UTF-8 as {@link StrictDecoder} does, whose second reading is only needed once something is malformed. */
export class StrictUtf8Decoder implements IncrementalParser<Uint8Array, string> {
  readonly #options: ParserOptions;
  #carry: Uint8Array | undefined;
  /** Bytes of the body before the carry. */
  #offset: number;

  constructor(offset: number, options: ParserOptions) {
    this.#offset = offset;
    this.#options = options;
  }

  write(chunk: Uint8Array, output: string[]): void {
    const bytes = joinBytes(this.#carry, chunk);
    const length = wholeUtf8(bytes);
    this.#carry = length < bytes.length ? bytes.subarray(length) : undefined;
    if (length === 0) return;
    shared ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let text: string;
    try {
      const whole = length < bytes.length ? bytes.subarray(0, length) : bytes;
      text = textDecoderBinding.decodeIfWide?.(whole) ?? shared.decode(whole);
    } catch {
      // With the carry: it may be what makes the last of the whole characters illegal.
      this.#refuse(bytes, output);
      return;
    }
    output.push(text);
    this.#offset += length;
  }

  end(output: string[]): void {
    if (this.#carry !== undefined) this.#refuse(this.#carry, output);
  }

  /** Throws, after the text before what is malformed. */
  #refuse(bytes: Uint8Array, output: string[]): void {
    const decoder = new StrictDecoder('utf-8', this.#offset, this.#options);
    decoder.write(bytes, output);
    decoder.end(output);
  }
}
