import { type IncrementalParser } from './IncrementalParser.js';
import { joinBytes } from './joinBytes.js';
import { type ParserOptions } from './ParserOptions.js';
import { type DecodingRules } from './encoding/DecodingRules.js';
import { getEncoding } from './encoding/getEncoding.js';
import { ReplacementDecoder } from './encoding/ReplacementDecoder.js';
import { StreamingDecoder } from './encoding/StreamingDecoder.js';
import { Utf8Decoder } from './encoding/Utf8Decoder.js';

/** What is known of the encoding of a body. */
export interface DecodeTextOptions extends ParserOptions {
  /** A label that outranks all but a byte order mark: the `mimeType` option's charset, else that of `Content-Type`. */
  readonly encoding?: string | undefined;
  /** The bytes are UTF-8, whatever else is said, and no byte order mark is looked for. */
  readonly decodedAs?: 'utf-8' | undefined;
}

/**
 * Decodes the bytes of a body: by its byte order mark, else by the given encoding, else as UTF-8 (for XML, see
 * `decodeXml`). A label that the Encoding Standard does not know is passed over, as browsers do, and malformed bytes
 * become U+FFFD. Pieces are never empty and never split a character.
 *
 * @see [Encoding: decode](https://encoding.spec.whatwg.org/#decode)
 */
export function decodeText(
  options: DecodeTextOptions = {},
  rules: DecodingRules = plainText,
): IncrementalParser<Uint8Array, string> {
  return new BodyDecoder(options, rules);
}

const plainText: DecodingRules = {
  detect: () => 'utf-8',
  makeDecoder(encoding) {
    if (encoding === 'utf-8') return new Utf8Decoder();
    if (encoding === 'replacement') return new ReplacementDecoder();
    return new StreamingDecoder(encoding);
  },
};

class BodyDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #options: DecodeTextOptions;
  readonly #rules: DecodingRules;
  /** Set once the encoding is known. */
  #decoder: IncrementalParser<Uint8Array, string> | undefined;
  /** The start of the body, while it does not tell the encoding yet. */
  #start: Uint8Array | undefined;

  constructor(options: DecodeTextOptions, rules: DecodingRules) {
    this.#options = options;
    this.#rules = rules;
  }

  write(chunk: Uint8Array, output: string[]): void {
    if (this.#decoder !== undefined) this.#decoder.write(chunk, output);
    else if (chunk.length > 0) this.#begin(joinBytes(this.#start, chunk), false, output);
  }

  end(output: string[]): void {
    if (this.#decoder === undefined && this.#start !== undefined) this.#begin(this.#start, true, output);
    this.#decoder?.end(output);
  }

  #begin(start: Uint8Array, ended: boolean, output: string[]): void {
    const { decodedAs, encoding: label } = this.#options;
    const marked = decodedAs === undefined ? byteOrderMark(start, ended) : undefined;
    const encoding =
      decodedAs ??
      (marked === 'unknown'
        ? undefined
        : (marked ??
          (label ? getEncoding(label) : undefined) ??
          this.#rules.detect(start, ended, this.#options)));
    if (encoding === undefined) {
      this.#start = start;
      return;
    }
    const offset = marked === undefined ? 0 : marked === 'utf-8' ? 3 : 2;
    this.#decoder = this.#rules.makeDecoder(encoding, offset, this.#options);
    this.#start = undefined;
    this.#decoder.write(offset === 0 ? start : start.subarray(offset), output);
  }
}

/** What the byte order mark tells, if there is one; `'unknown'` where the bytes are no more than the start of one. */
function byteOrderMark(
  bytes: Uint8Array,
  ended: boolean,
): 'utf-8' | 'utf-16be' | 'utf-16le' | 'unknown' | undefined {
  const { length, 0: first, 1: second, 2: third } = bytes;
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (ended || length > 2) return undefined;
  if (length === 2) return first === 0xef && second === 0xbb ? 'unknown' : undefined;
  return first === 0xef || first === 0xfe || first === 0xff ? 'unknown' : undefined;
}
