import { joinBytes } from './collectBytes.js';
import { type DecodingRules, plainText } from './encoding/plainText.js';
import { getEncoding } from './encoding/textDecoder.js';
import { type IncrementalParser, type ParserOptions } from './IncrementalParser.js';

/** The known facts about a body's encoding. */
export interface DecodeTextOptions extends ParserOptions {
  /**
   * A label that takes precedence over all but a byte order mark: the `mimeType` option's charset, else that of
   * `Content-Type`.
   */
  readonly encoding?: string | undefined;
  /** Forces UTF-8, without looking for a byte order mark. */
  readonly decodedAs?: 'utf-8' | undefined;
}

/**
 * Decodes the bytes of a body: by its byte order mark, else by the given encoding, else as UTF-8 (for XML, see `decodeXml`).
 * Ignores labels unknown to the Encoding Standard, as browsers do. Malformed bytes become U+FFFD. Pieces are never empty and
 * never split a character.
 *
 * @see [Encoding: decode](https://encoding.spec.whatwg.org/#decode)
 */
export function decodeText(
  options?: DecodeTextOptions,
  rules?: DecodingRules,
): IncrementalParser<Uint8Array, string>;
/** The same, with decoders whose output is not text. */
export function decodeText<Piece>(
  options: DecodeTextOptions,
  rules: DecodingRules<Piece>,
): IncrementalParser<Uint8Array, Piece>;
export function decodeText(
  options: DecodeTextOptions = {},
  rules: DecodingRules<unknown> = plainText,
): IncrementalParser<Uint8Array, unknown> {
  const { decodedAs, encoding: label } = options;
  /** Set once the encoding is known. */
  let decoder: IncrementalParser<Uint8Array, unknown> | undefined;
  /** The start of the body, until the encoding is known. */
  let start: Uint8Array | undefined;

  const begin = (bytes: Uint8Array, ended: boolean, output: unknown[]): void => {
    start = bytes;
    // The mark that the bytes start with, or that starts with the bytes.
    const [marked, mark] =
      (decodedAs
        ? undefined
        : byteOrderMarks.find(([, mark]) => mark.every((byte, at) => (bytes[at] ?? byte) === byte))) ??
      noMark;
    const isWhole = bytes.length >= mark.length;
    if (!isWhole && !ended) return;
    const encoding =
      decodedAs ??
      (isWhole ? marked : undefined) ??
      (label ? (getEncoding(label) ?? rules.unknownLabel?.(label, options)) : undefined) ??
      rules.detect(bytes, ended, options);
    if (encoding === undefined) return;
    const offset = isWhole ? mark.length : 0;
    start = undefined;
    decoder = rules.makeDecoder(encoding, offset, options);
    decoder.write(bytes.subarray(offset), output);
  };
  return {
    write(chunk, output) {
      if (decoder) decoder.write(chunk, output);
      else if (chunk.length > 0) begin(joinBytes(start, chunk), false, output);
    },
    end(output) {
      if (start) begin(start, true, output);
      decoder?.end(output);
    },
  };
}

type ByteOrderMark = readonly [encoding: string | undefined, bytes: readonly number[]];

/** Marks at the start of a body that take precedence over all other information about its encoding. */
const byteOrderMarks: readonly ByteOrderMark[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];
const noMark: ByteOrderMark = [undefined, []];
