import { type IncrementalParser } from '../IncrementalParser.js';
import { makeTextDecoder } from './makeTextDecoder.js';

/** Decodes an encoding by a `TextDecoder`; what is malformed becomes U+FFFD. */
export class StreamingDecoder implements IncrementalParser<Uint8Array, string> {
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
