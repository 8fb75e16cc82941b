import { type DecodingRules } from './DecodingRules.js';
import { ReplacementDecoder } from './ReplacementDecoder.js';
import { StreamingDecoder } from './StreamingDecoder.js';
import { textDecoderBinding } from './textDecoderBinding.js';

/** How text is decoded that nobody said anything of: as UTF-8, malformed bytes as U+FFFD. */
export const plainText: DecodingRules = {
  detect: () => 'utf-8',
  makeDecoder(encoding) {
    if (encoding === 'replacement') return new ReplacementDecoder();
    const { makeUtf8Decoder } = textDecoderBinding;
    return encoding === 'utf-8' && makeUtf8Decoder ? makeUtf8Decoder() : new StreamingDecoder(encoding);
  },
};
