import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';
import { StrictDecoder } from './StrictDecoder.js';
import { textDecoderBinding } from './textDecoder.js';
import { wholeUtf8 } from './Utf8Decoder.js';

/** Shared by all bodies: it only receives whole characters, so it keeps no state between calls. */
let shared: TextDecoder | undefined;

/** Decodes UTF-8 as {@link StrictDecoder} does, but only decodes twice once a byte is malformed. */
export class StrictUtf8Decoder implements IncrementalParser<Uint8Array, string> {
  readonly #options: ParserOptions;
  #carry: Uint8Array | undefined;
  /** The number of bytes of the body before the carry. */
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
      // With the carry, which may make the last of the whole characters illegal.
      this.#refuse(bytes, output);
      return;
    }
    output.push(text);
    this.#offset += length;
  }

  end(output: string[]): void {
    if (this.#carry !== undefined) this.#refuse(this.#carry, output);
  }

  /** Appends the text before the malformed bytes, then throws. */
  #refuse(bytes: Uint8Array, output: string[]): void {
    const decoder = new StrictDecoder('utf-8', this.#offset, this.#options);
    decoder.write(bytes, output);
    decoder.end(output);
  }
}
