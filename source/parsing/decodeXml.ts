import { ParseError } from '../errors/ParseError.js';
import { decodeText, type DecodeTextOptions } from './decodeText.js';
import { type DecodingRules, plainText } from './encoding/plainText.js';
import { StrictDecoder } from './encoding/StrictDecoder.js';
import { StrictUtf8Decoder } from './encoding/StrictUtf8Decoder.js';
import { getEncoding } from './encoding/textDecoder.js';
import { type IncrementalParser } from './IncrementalParser.js';

/**
 * Decodes the bytes of an XML document: by its byte order mark, else by the given encoding, else by its XML declaration, else
 * as UTF-8. An unsupported declared encoding is an error that names it. Malformed bytes are a `ParseError`, after all the
 * text before them; it names the bytes, their offset in the body and the encoding.
 *
 * @see [XML 1.0: character encoding in entities](https://www.w3.org/TR/xml/#charencoding)
 */
export function decodeXml(options: DecodeTextOptions = {}): IncrementalParser<Uint8Array, string> {
  return decodeText(options, xmlRules);
}

const advice = "to read it in another encoding, request it with { mimeType: 'text/xml;charset=…' }";

/** The decoding rules of {@link decodeXml}. */
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
    // The declaration would have been unreadable in UTF-16; browsers do the same.
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
 * Decodes the bytes of an XML document as plain text: it finds the encoding as `decodeXml` does, but never throws. Malformed
 * bytes become U+FFFD, and an unknown declared encoding is ignored.
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
  // The declaration would have been unreadable in UTF-16.
  return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
};

/** How many bytes of a document are searched for the end of its XML declaration. */
const longestDeclaration = 1024;

/** The encoding of an XML document: found, declared by this label, not declared, or unknown until more bytes arrive. */
type DeclaredEncoding = { readonly encoding: string } | { readonly label: string } | 'none' | 'unknown';

/**
 * Detects the encoding of an XML document without a byte order mark or other information, as
 * [appendix F of XML 1.0](https://www.w3.org/TR/xml/#sec-guessing) describes: by the bytes of `<?`, then by the XML
 * declaration. EBCDIC and UCS-4 are not detected.
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
