import { ParseError } from '../errors/ParseError.js';
import { decodeText, type DecodeTextOptions } from './decodeText.js';
import { declaredEncoding } from './encoding/declaredEncoding.js';
import { type DecodingRules } from './encoding/DecodingRules.js';
import { getEncoding } from './encoding/getEncoding.js';
import { StrictDecoder } from './encoding/StrictDecoder.js';
import { StrictUtf8Decoder } from './encoding/StrictUtf8Decoder.js';
import { type IncrementalParser } from './IncrementalParser.js';

/**
 * Decodes the bytes of an XML document: by its byte order mark, else by the given encoding, else by its XML declaration,
 * else as UTF-8. A declared encoding that is not supported is an error that names it. So are malformed bytes: a
 * `ParseError` names them, their offset in the body and the encoding, after all the text before them.
 *
 * @see [XML 1.0: character encoding in entities](https://www.w3.org/TR/xml/#charencoding)
 */
export function decodeXml(options: DecodeTextOptions = {}): IncrementalParser<Uint8Array, string> {
  return decodeText(options, xmlRules);
}

const advice = "request it with { mimeType: 'text/xml;charset=…' } to have it read in another";

const xmlRules: DecodingRules = {
  detect(start, ended, options) {
    const declared = declaredEncoding(start, ended);
    if (typeof declared === 'string') return declared === 'none' ? 'utf-8' : undefined;
    if ('encoding' in declared) return declared.encoding;
    const encoding = getEncoding(declared.label) ?? 'replacement';
    if (encoding === 'replacement') {
      throw new ParseError(
        'text',
        `The encoding '${declared.label}' of the XML declaration is not supported`,
        { ...options, advice },
      );
    }
    // The declaration could not have been read if that were true; browsers take the same way.
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  },
  makeDecoder(encoding, offset, options) {
    if (encoding === 'replacement') {
      throw new ParseError('text', 'The encoding that the MIME type names is not supported', {
        ...options,
        advice,
      });
    }
    return encoding === 'utf-8'
      ? new StrictUtf8Decoder(offset, options)
      : new StrictDecoder(encoding, offset, options);
  },
};
