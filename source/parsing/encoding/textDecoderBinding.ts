import { type IncrementalParser } from '../IncrementalParser.js';

/** Where decoders come from, where it is not the platform; set by the entries for Node. */
export const textDecoderBinding: {
  Decoder?: typeof TextDecoder;
  makeUtf8Decoder?: () => IncrementalParser<Uint8Array, string>;
} = {};
