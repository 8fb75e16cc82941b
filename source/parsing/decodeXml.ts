import { ParseError } from '../errors/ParseError.js';
import { decodeText, type DecodeTextOptions } from './decodeText.js';
import { type DecodingRules, plainText } from './encoding/plainText.js';
import { StrictDecoder } from './encoding/StrictDecoder.js';
import { StrictUtf8Decoder } from './encoding/StrictUtf8Decoder.js';
import { getEncoding } from './encoding/textDecoder.js';
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

/** How {@link decodeXml} decodes. */
export const xmlRules: DecodingRules = {
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
  unknownLabel(label, options) {
    throw new ParseError('text', `The encoding '${label}' of the MIME type is not supported`, {
      ...options,
      advice,
    });
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

/** How much of a document is looked through for the end of its XML declaration. */
const longestDeclaration = 1024;

/** Where the encoding of an XML document stands: found, declared by this label, not declared, or more bytes are needed. */
type DeclaredEncoding = { readonly encoding: string } | { readonly label: string } | 'none' | 'unknown';

/**
 * Looks for the encoding of an XML document that has no byte order mark and of which nothing else is known, as
 * [appendix F of XML 1.0](https://www.w3.org/TR/xml/#sec-guessing) describes: by how `<?` is written, then by what the
 * XML declaration says. EBCDIC and UCS-4 are not looked for.
 */
export function declaredEncoding(start: Uint8Array, ended: boolean): DeclaredEncoding {
  const head = String.fromCharCode(...start.subarray(0, longestDeclaration));
  if (head.startsWith('<\0?\0')) return { encoding: 'utf-16le' };
  if (head.startsWith('\0<\0?')) return { encoding: 'utf-16be' };
  if (!ended && ['<\0?\0', '\0<\0?', '<?xml'].some((opening) => opening.startsWith(head))) return 'unknown';
  if (!/^<\?xml[\t\n\r ]/.test(head)) return head === '<?xml' && !ended ? 'unknown' : 'none';
  const end = head.indexOf('>');
  if (end < 0 && !ended && head.length < longestDeclaration) return 'unknown';
  const declared = /[\t\n\r ]encoding[\t\n\r ]*=[\t\n\r ]*(?:"([^"]*)"|'([^']*)')/.exec(
    head.slice(0, Math.max(end, 0)),
  );
  const label = declared?.[1] ?? declared?.[2];
  return label === undefined ? 'none' : { label };
}
