import { getBOMEncoding } from '@exodus/bytes/encoding.js';
import { declaredEncoding } from '../../../parsing/decodeXml.js';
import { getEncoding } from '../../../parsing/encoding/textDecoder.js';
import { prescanByteStream } from './encodingSniffing.js';

/** The sources of a document's encoding. */
interface DocumentEncodingOptions {
  readonly bytes: Uint8Array;
  readonly isHtml: boolean;
  /** The final encoding: that of `overrideMimeType()`, else of `Content-Type`. */
  readonly encoding: string | undefined;
}

/**
 * Returns the encoding used to decode a document, in lower case: that of its byte order mark, else the final encoding, else the
 * one that the document declares, else UTF-8.
 *
 * Note: when setting a document's encoding, the standard ignores the byte order mark and the XML declaration, though it decodes
 * by them; browsers report the encoding they used.
 */
export function documentEncoding({ bytes, isHtml, encoding }: DocumentEncodingOptions): string {
  return (
    getBOMEncoding(bytes) ??
    encoding ??
    (isHtml ? prescanByteStream(bytes.subarray(0, 1024)) : xmlEncoding(bytes)) ??
    'utf-8'
  );
}

function xmlEncoding(bytes: Uint8Array): string | undefined {
  const declared = declaredEncoding(bytes, true);
  if (typeof declared === 'string') return undefined;
  if ('encoding' in declared) return declared.encoding;
  const encoding = getEncoding(declared.label);
  // A declaration in UTF-16 could not have been read as bytes.
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}
