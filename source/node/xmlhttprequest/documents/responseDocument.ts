import { isHtmlMimeType, type MimeType } from '../../../http/mimeType.js';
import { type Limits } from '../../../options/limits.js';
import { decodeText } from '../../../parsing/decodeText.js';
import { decodeXml } from '../../../parsing/decodeXml.js';
import { type IncrementalParser } from '../../../parsing/IncrementalParser.js';
import { type XMLHttpRequestOptions } from '../XMLHttpRequestOptions.js';
import { completeDocument } from './completeDocument.js';
import { describeDocument } from './describeDocument.js';
import { documentEncoding } from './documentEncoding.js';
import { isDocument } from './domTree.js';
import { parseHtmlDocument } from './parseHtmlDocument.js';
import { holdsParserError, parseXmlDocument } from './parseXmlDocument.js';

/** The source of a response's document. */
export interface ResponseDocumentSource {
  /** The received bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The final MIME type: an HTML or an XML MIME type. */
  readonly mimeType: MimeType;
  /** The final encoding, in lower case; `undefined` if neither `overrideMimeType()` nor the response names one. */
  readonly encoding: string | undefined;
  /** The response's URL. */
  readonly url: string;
  /** The origin that made the request. */
  readonly origin: string | undefined;
  /** The response's `Last-Modified`. */
  readonly lastModified: string | undefined;
  readonly limits: Limits;
  readonly parseDocument: XMLHttpRequestOptions['parseDocument'];
}

/**
 * Runs [set a document response](https://xhr.spec.whatwg.org/#document-response) from step 5 on, which makes the document.
 * Returns `null` if the XML is malformed, exceeds a limit or is invalid in its encoding, or if `parseDocument` throws or returns
 * anything but a document.
 */
export function responseDocument(source: ResponseDocumentSource): Document | null {
  const { bytes, mimeType } = source;
  const isHtml = isHtmlMimeType(mimeType);
  // 5.1. to 5.3., and 7. If charset is null, then set charset to UTF-8.
  const encoding = documentEncoding({ bytes, isHtml, encoding: source.encoding });
  let document: Document | null;
  try {
    document = makeDocument(source, isHtml, encoding);
  } catch {
    // 6. … If that fails, then return null. A parser of the caller's may throw anything.
    return null;
  }
  // 8. to 11.
  if (document !== null) describeDocument(document, { ...source, contentType: mimeType.essence, encoding });
  return document;
}

function makeDocument(source: ResponseDocumentSource, isHtml: boolean, encoding: string): Document | null {
  const { bytes, mimeType, encoding: finalEncoding, limits, parseDocument } = source;
  if (parseDocument !== undefined) {
    const text = decode(bytes, isHtml ? decodeText({ encoding }) : decodeXml({ encoding: finalEncoding }));
    // The option is likely to use DOMParser, which refuses all other types.
    const known = /^(?:text\/(?:html|xml)|application\/(?:xhtml\+)?xml|image\/svg\+xml)$/.test(
      mimeType.essence,
    );
    const made: unknown = parseDocument(text, known ? mimeType.essence : 'application/xml');
    return isDocument(made) && (isHtml || !holdsParserError(made)) ? made : null;
  }
  // 5.4. Let document be the result of parsing received bytes by an HTML parser with scripting disabled and a known definite
  //      encoding charset. 6. Otherwise, let it be the result of running the XML parser with XML scripting support disabled.
  const document = isHtml
    ? parseHtmlDocument(decode(bytes, decodeText({ encoding })), limits)
    : parseXmlDocument(bytes, { encoding: finalEncoding, limits });
  completeDocument(document);
  return document;
}

function decode(bytes: Uint8Array, decoder: IncrementalParser<Uint8Array, string>): string {
  const pieces: string[] = [];
  decoder.write(bytes, pieces);
  decoder.end(pieces);
  return pieces.join('');
}
