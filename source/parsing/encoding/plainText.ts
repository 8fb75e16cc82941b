import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';
import { makeTextDecoder, textDecoderBinding } from './textDecoder.js';

/** How a kind of text is decoded. */
export interface DecodingRules<Piece = string> {
  /**
   * The encoding of a body of which neither a byte order mark nor the caller tells it; `undefined` where more bytes have
   * to come.
   */
  readonly detect: (start: Uint8Array, ended: boolean, options: ParserOptions) => string | undefined;
  /**
   * The encoding for a label that the Encoding Standard does not have; it may throw. @defaultValue none, so that `detect` is asked
   */
  readonly unknownLabel?: ((label: string, options: ParserOptions) => string) | undefined;
  /** Makes the decoder; `offset` bytes of the body, a byte order mark, are not given to it. */
  readonly makeDecoder: (
    encoding: string,
    offset: number,
    options: ParserOptions,
  ) => IncrementalParser<Uint8Array, Piece>;
}

/** How text is decoded that nobody said anything of: as UTF-8, malformed bytes as U+FFFD. */
export const plainText: DecodingRules = {
  detect: () => 'utf-8',
  makeDecoder(encoding) {
    if (encoding === 'replacement') return new ReplacementDecoder();
    const { makeUtf8Decoder } = textDecoderBinding;
    return encoding === 'utf-8' && makeUtf8Decoder ? makeUtf8Decoder() : new StreamingDecoder(encoding);
  },
};

/** Decodes an encoding by a `TextDecoder`; what is malformed becomes U+FFFD. */
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
 * The [replacement decoder](https://encoding.spec.whatwg.org/#replacement-decoder): encodings in which markup can be
 * hidden from a filter are not read at all, the whole body is one U+FFFD.
 */
class ReplacementDecoder implements IncrementalParser<Uint8Array, string> {
  #replaced = false;

  write(chunk: Uint8Array, output: string[]): void {
    if (this.#replaced || chunk.length === 0) return;
    this.#replaced = true;
    output.push('\uFFFD');
  }

  end(): void {
    // The one character was given at the first byte.
  }
}
