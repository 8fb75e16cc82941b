import { textDecoderBinding } from './textDecoderBinding.js';

/**
 * A decoder that takes no byte order mark for one.
 *
 * @throws RangeError where the Encoding Standard has no such label.
 */
export function makeTextDecoder(label: string, fatal = false): TextDecoder {
  return new (textDecoderBinding.Decoder ?? TextDecoder)(label, { fatal, ignoreBOM: true });
}
