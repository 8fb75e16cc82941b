import { type IncrementalParser } from '../IncrementalParser.js';

/** The source of decoders other than the platform's; set by the entries for Node. */
export const textDecoderBinding: {
  Decoder?: typeof TextDecoder;
  makeUtf8Decoder?: () => IncrementalParser<Uint8Array, string>;
  /** Decodes a range of bytes that are known to be whole characters of UTF-8. */
  decodeSlice?: (bytes: Uint8Array, from: number, to: number) => string;
  /** Decodes bytes of UTF-8 faster than a decoder, where it can; else it gives `undefined`. */
  decodeIfWide?: (bytes: Uint8Array) => string | undefined;
} = {};

/**
 * Makes a decoder that does not treat a byte order mark specially.
 *
 * @throws RangeError if the Encoding Standard has no such label.
 */
export function makeTextDecoder(label: string, fatal = false): TextDecoder {
  return new (textDecoderBinding.Decoder ?? TextDecoder)(label, { fatal, ignoreBOM: true });
}

/**
 * [Gets an encoding](https://encoding.spec.whatwg.org/#concept-encoding-get) from a label: its name in lower case, or
 * `undefined` if the Encoding Standard has none. A `TextDecoder` knows all labels except those that it rejects.
 */
export function getEncoding(label: string): string | undefined {
  const name = label.trim().toLowerCase();
  if (name === 'utf-8') return name;
  try {
    return makeTextDecoder(label).encoding;
  } catch {
    return /^(?:replacement|csiso2022kr|hz-gb-2312|iso-2022-(?:cn(?:-ext)?|kr))$/.test(name)
      ? 'replacement'
      : undefined;
  }
}
