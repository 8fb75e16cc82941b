import { type IncrementalParser } from '../IncrementalParser.js';

/** Decodes an encoding other than UTF-8 by the platform's `TextDecoder`; what is malformed becomes U+FFFD. */
export class StreamingDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #decoder: TextDecoder;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  write(chunk: Uint8Array, output: string[]): void {
    // Also where a piece is the whole body: without `stream`, Node 20 reads windows-1252 as ISO-8859-1.
    const text = this.#decoder.decode(chunk, { stream: true });
    if (text !== '') output.push(text);
  }

  end(output: string[]): void {
    const text = this.#decoder.decode();
    if (text !== '') output.push(text);
  }
}
