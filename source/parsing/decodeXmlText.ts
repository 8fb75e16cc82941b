import { decodeText, type DecodeTextOptions } from './decodeText.js';
import { declaredEncoding } from './encoding/declaredEncoding.js';
import { type DecodingRules } from './encoding/DecodingRules.js';
import { getEncoding } from './encoding/getEncoding.js';
import { plainText } from './encoding/plainText.js';
import { type IncrementalParser } from './IncrementalParser.js';

/**
 * Decodes the bytes of an XML document as mere text: the encoding is looked for as `decodeXml` does, but nothing is an
 * error. Malformed bytes become U+FFFD, and a declared encoding that is not known is passed over.
 */
export function decodeXmlText(options: DecodeTextOptions = {}): IncrementalParser<Uint8Array, string> {
  return decodeText(options, { detect: detectXmlEncoding, makeDecoder: plainText.makeDecoder });
}

const detectXmlEncoding: DecodingRules['detect'] = (start, ended) => {
  const declared = declaredEncoding(start, ended);
  if (declared === 'unknown') return undefined;
  if (declared === 'none') return 'utf-8';
  if ('encoding' in declared) return declared.encoding;
  const encoding = getEncoding(declared.label) ?? 'utf-8';
  // The declaration could not have been read if that were true.
  return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
};
