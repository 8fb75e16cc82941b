import { type IncrementalParser } from '../IncrementalParser.js';
import { joinBytes } from '../joinBytes.js';
import { type ParserOptions } from '../ParserOptions.js';
import { wholeCharacters } from './wholeCharacters.js';
import { illegalBytes } from './illegalBytes.js';
import { locateIllegal } from './locateIllegal.js';

const streaming: TextDecodeOptions = { stream: true };

/**
 * Decodes by the platform's `TextDecoder`, which is only ever given whole characters: so that the place of a malformed one
 * can be found, and because Node 20 loses text where one comes in two pieces. With `strict`, malformed is an error.
 */
export class WholeCharacterDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #encoding: string;
  readonly #strict: ParserOptions | undefined;
  readonly #streaming: TextDecodeOptions | undefined;
  #decoder: TextDecoder;
  #carry: Uint8Array | undefined;
  /** Bytes of the body before the carry. */
  #offset: number;

  constructor(encoding: string, offset: number, strict: ParserOptions | undefined) {
    this.#encoding = encoding;
    this.#offset = offset;
    this.#strict = strict;
    this.#streaming = encoding === 'utf-8' ? undefined : streaming;
    this.#decoder = this.#makeDecoder();
  }

  write(chunk: Uint8Array, output: string[]): void {
    const bytes = joinBytes(this.#carry, chunk);
    const length = wholeCharacters(this.#encoding, bytes);
    this.#carry = length < bytes.length ? bytes.subarray(length) : undefined;
    this.#decode(bytes, length, output);
  }

  end(output: string[]): void {
    if (this.#carry !== undefined) this.#decode(this.#carry, this.#carry.length, output);
    if (this.#streaming === undefined) return;
    // What is still inside the decoder: half of a character, where the carry ended in one.
    let rest = '\uFFFD';
    try {
      rest = this.#decoder.decode();
    } catch {
      if (this.#strict !== undefined) {
        const carry = this.#carry ?? new Uint8Array();
        this.#offset -= carry.length;
        this.#upToIllegal(carry, [], this.#strict);
      }
    }
    if (rest !== '') output.push(rest);
  }

  #decode(bytes: Uint8Array, length: number, output: string[]): void {
    if (length === 0) return;
    const whole = length < bytes.length ? bytes.subarray(0, length) : bytes;
    let text: string;
    try {
      text = this.#decoder.decode(whole, this.#streaming);
    } catch {
      // What comes after the whole characters may be what makes the last of them illegal.
      text =
        this.#strict !== undefined ? this.#upToIllegal(bytes, output, this.#strict) : this.#recover(whole);
    }
    if (text !== '') output.push(text);
    this.#offset += length;
  }

  #upToIllegal(bytes: Uint8Array, output: string[], strict: ParserOptions): never {
    const { text, start, end, truncated } = locateIllegal(this.#encoding, bytes);
    if (text !== '') output.push(text);
    const place = { bytes: bytes.subarray(start, end), offset: this.#offset + start, truncated };
    throw illegalBytes({ encoding: this.#encoding, ...place }, strict);
  }

  /**
   * A decoder that replaces what is illegal still throws in Node 20 where a malformed character came in two pieces, which
   * only a carry over its limit lets happen.
   */
  #recover(bytes: Uint8Array): string {
    this.#decoder = this.#makeDecoder();
    return `\uFFFD${this.#decoder.decode(bytes, streaming)}`;
  }

  #makeDecoder(): TextDecoder {
    return new TextDecoder(this.#encoding, { fatal: this.#strict !== undefined, ignoreBOM: true });
  }
}
