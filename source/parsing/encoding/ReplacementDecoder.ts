import { type IncrementalParser } from '../IncrementalParser.js';

/**
 * The [replacement decoder](https://encoding.spec.whatwg.org/#replacement-decoder): encodings in which markup can be
 * hidden from a filter are not read at all, the whole body is one U+FFFD.
 */
export class ReplacementDecoder implements IncrementalParser<Uint8Array, string> {
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
