import { isHtmlMimeType } from '../../../http/isHtmlMimeType.js';
import { isXmlMimeType } from '../../../http/isXmlMimeType.js';
import { responseDocument } from '../documents/responseDocument.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getFinalEncoding } from './getFinalEncoding.js';
import { getFinalMimeType } from './getFinalMimeType.js';
import { getHeader } from './getHeader.js';

/** [Sets a document response](https://xhr.spec.whatwg.org/#document-response), once: a document that cannot be made stays null. */
export function setDocumentResponse(xhr: XMLHttpRequestState): void {
  const { response, environment } = xhr;
  // 1. If xhr's response's body is null, then return.
  if (response === undefined || response.isBodyNull) return;
  // 2. Let finalMIME be the result of get a final MIME type for xhr.
  const mimeType = getFinalMimeType(xhr);
  // 3. If finalMIME is not an HTML MIME type or an XML MIME type, then return.
  const isHtml = isHtmlMimeType(mimeType);
  if (!isHtml && !isXmlMimeType(mimeType)) return;
  // 4. If xhr's response type is the empty string and finalMIME is an HTML MIME type, then return.
  if (isHtml && xhr.responseType === '') return;
  // 5. to 11. Let document be a document that represents the result of parsing xhr's received bytes; …
  // 12. Set xhr's response object to document.
  xhr.responseObject = responseDocument({
    bytes: xhr.receivedBytes.join(),
    mimeType,
    encoding: getFinalEncoding(xhr),
    url: response.url,
    origin: environment.client.origin,
    lastModified: getHeader(response, 'last-modified') ?? undefined,
    limits: environment.client.limits,
    parseDocument: environment.parseDocument,
  });
}
