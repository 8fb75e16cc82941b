import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';
import { makeTextDecoder, textDecoderBinding } from './textDecoder.js';

/** Rules for decoding a kind of text. */
export interface DecodingRules<Piece = string> {
  /** Returns the encoding if neither a byte order mark nor the caller specifies it; `undefined` if more bytes are needed. */
  readonly detect: (start: Uint8Array, ended: boolean, options: ParserOptions) => string | undefined;
  /**
   * Returns the encoding for a label that is not in the Encoding Standard, or throws. @defaultValue none, so that `detect` is called
   */
  readonly unknownLabel?: ((label: string, options: ParserOptions) => string) | undefined;
  /** Makes the decoder, which does not receive the first `offset` bytes of the body, a byte order mark. */
  readonly makeDecoder: (
    encoding: string,
    offset: number,
    options: ParserOptions,
  ) => IncrementalParser<Uint8Array, Piece>;
}

/** Rules for text without further information: UTF-8, with malformed bytes as U+FFFD. */
export const plainText: DecodingRules = {
  detect: () => 'utf-8',
  makeDecoder(encoding) {
    if (encoding === 'replacement') return new ReplacementDecoder();
    const { makeUtf8Decoder } = textDecoderBinding;
    return encoding === 'utf-8' && makeUtf8Decoder ? makeUtf8Decoder() : new StreamingDecoder(encoding);
  },
};

/** Decodes an encoding by a `TextDecoder`; malformed bytes become U+FFFD. */
class StreamingDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #decoder: TextDecoder;

  constructor(encoding: string) {
    this.#decoder = makeTextDecoder(encoding);
  }

  write(chunk: Uint8Array, output: string[]): void {
    this.#push(this.#decoder.decode(chunk, { stream: true }), output);
  }

  end(output: string[]): void {
    this.#push(this.#decoder.decode(), output);
  }

  #push(text: string, output: string[]): void {
    if (text !== '') output.push(text);
  }
}

/**
 * The [replacement decoder](https://encoding.spec.whatwg.org/#replacement-decoder): encodings that can hide markup from a
 * filter are not decoded; the whole body is one U+FFFD.
 */
class ReplacementDecoder implements IncrementalParser<Uint8Array, string> {
  #replaced = false;

  write(chunk: Uint8Array, output: string[]): void {
    if (this.#replaced || chunk.length === 0) return;
    this.#replaced = true;
    output.push('\uFFFD');
  }

  end(): void {
    // The single character was appended at the first byte.
  }
}
