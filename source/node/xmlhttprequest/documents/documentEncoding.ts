import { getBOMEncoding } from '@exodus/bytes/encoding.js';
import { declaredEncoding } from '../../../parsing/decodeXml.js';
import { getEncoding } from '../../../parsing/encoding/textDecoder.js';
import { prescanByteStream } from './encodingSniffing.js';

/** What tells the encoding of a document. */
interface DocumentEncodingOptions {
  readonly bytes: Uint8Array;
  readonly isHtml: boolean;
  /** The final encoding: that of `overrideMimeType()`, else of `Content-Type`. */
  readonly encoding: string | undefined;
}

/**
 * The encoding that a document is decoded by, in lower case: that of its byte order mark, else the final encoding, else what
 * the document says itself, else UTF-8.
 *
 * Note: where the standard sets a document's encoding, it does not look at the byte order mark and the XML declaration,
 * though it decodes by them; browsers tell what they have decoded by.
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
  // The declaration could not have been read if that were true.
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}
