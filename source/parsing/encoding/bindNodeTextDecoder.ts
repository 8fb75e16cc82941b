import { TextDecoder } from '@exodus/bytes/encoding.js';
import { decodeIfWide, decodeSlice } from './bufferDecoding.js';
import { textDecoderBinding } from './textDecoder.js';
import { Utf8Decoder } from './Utf8Decoder.js';

/**
 * Has text decoded as the Encoding Standard says, but for UTF-8, which Node's `TextDecoder` reads well and faster: its
 * other decoders are ICU's, with other tables, and lose text where a malformed character comes in two pieces. Called by
 * entry files only.
 */
export function bindNodeTextDecoder(): void {
  textDecoderBinding.Decoder = TextDecoder;
  textDecoderBinding.makeUtf8Decoder = () => new Utf8Decoder();
  textDecoderBinding.decodeSlice = decodeSlice;
  textDecoderBinding.decodeIfWide = decodeIfWide;
}
