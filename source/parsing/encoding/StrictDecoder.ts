import { ParseError } from '../../errors/ParseError.js';
import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';
import { makeTextDecoder } from './textDecoder.js';

/** How many bytes are decoded at once, or one by one if one of them is illegal. */
const sliceLength = 16_384;

/** More bytes than any encoding has in a row without a character: two escape sequences of ISO-2022-JP are 6. */
const longestSilence = 8;

const streaming: TextDecodeOptions = { stream: true };

/**
 * Decodes any encoding; malformed bytes are an error that names them, after all the text before them.
 *
 * A fatal `TextDecoder` does not report the position, and discards the text that it decoded before it. So a second one
 * follows a few bytes behind, in the state from which they can be decoded again one by one. That doubles the time.
 */
export class StrictDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #encoding: string;
  readonly #options: ParserOptions;
  readonly #decoder: TextDecoder;
  readonly #follower: TextDecoder;
  /** The bytes that the follower has not read yet, and how many bytes of the body precede them. */
  #recent = new Uint8Array();
  #offset: number;

  constructor(encoding: string, offset: number, options: ParserOptions) {
    this.#encoding = encoding;
    this.#offset = offset;
    this.#options = options;
    this.#decoder = makeTextDecoder(encoding, true);
    this.#follower = makeTextDecoder(encoding, true);
  }

  write(chunk: Uint8Array, output: string[]): void {
    for (let start = 0; start < chunk.length; start += sliceLength) {
      const slice = chunk.subarray(start, start + sliceLength);
      this.#decode(slice, streaming, output);
      this.#follow(slice);
    }
  }

  end(output: string[]): void {
    this.#decode(new Uint8Array(), undefined, output);
  }

  #decode(bytes: Uint8Array, options: TextDecodeOptions | undefined, output: string[]): void {
    let text: string;
    try {
      text = this.#decoder.decode(bytes, options);
    } catch {
      throw this.#upToIllegal(bytes, output);
    }
    if (text !== '') output.push(text);
  }

  #follow(slice: Uint8Array): void {
    const bytes = joinBytes(this.#recent, slice);
    const read = Math.max(0, bytes.length - longestSilence);
    this.#follower.decode(bytes.subarray(0, read), streaming);
    this.#recent = bytes.slice(read);
    this.#offset += read;
  }

  #upToIllegal(slice: Uint8Array, output: string[]): ParseError {
    const bytes = joinBytes(this.#recent, slice);
    const texts: string[] = [];
    let start = 0;
    let end = 0;
    let truncated = true;
    try {
      while (end < bytes.length) {
        const text = this.#follower.decode(bytes.subarray(end, ++end), streaming);
        if (text === '') continue;
        start = end;
        // The text of the recent bytes was already appended.
        if (end > this.#recent.length) texts.push(text);
      }
    } catch {
      truncated = false;
    }
    if (texts.length > 0) output.push(texts.join(''));
    return illegalBytes(
      {
        encoding: this.#encoding,
        bytes: bytes.subarray(start, end),
        offset: this.#offset + start,
        truncated,
      },
      this.#options,
    );
  }
}

/** The position of illegal bytes. */
interface IllegalBytes {
  readonly encoding: string;
  /** The bytes, at most as many as a character of the encoding can have. */
  readonly bytes: Uint8Array;
  /** The number of bytes of the body before them. */
  readonly offset: number;
  /** Whether the only error is that the body ends there. */
  readonly truncated: boolean;
}

/** The error for bytes that are illegal in a text's encoding, if that is fatal. */
function illegalBytes(
  { encoding, bytes, offset, truncated }: IllegalBytes,
  { request, url }: ParserOptions,
): ParseError {
  const list = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  const trouble = truncated
    ? 'The text ends inside a character of its encoding'
    : "Illegal in the text's encoding";
  const detail = `${trouble}, ${encoding}: ${list} at byte offset ${offset}`;
  return new ParseError('text', detail, { request, url });
}
