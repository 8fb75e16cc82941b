import { TextDecoder } from '@exodus/bytes/encoding.js';
import { decodeIfWide, decodeSlice } from './bufferDecoding.js';
import { textDecoderBinding } from './textDecoder.js';
import { Utf8Decoder } from './Utf8Decoder.js';

/**
 * Makes text decode as the Encoding Standard says. UTF-8 stays with Node's `TextDecoder`, which is correct and faster; its
 * other decoders are ICU's, with other tables, and lose text if a malformed character comes in two pieces. Only entry files
 * call this.
 */
export function bindNodeTextDecoder(): void {
  textDecoderBinding.Decoder = TextDecoder;
  textDecoderBinding.makeUtf8Decoder = () => new Utf8Decoder();
  textDecoderBinding.decodeSlice = decodeSlice;
  textDecoderBinding.decodeIfWide = decodeIfWide;
}
