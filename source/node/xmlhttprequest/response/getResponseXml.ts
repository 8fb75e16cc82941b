import { getHeader } from '../../../http/headerList.js';
import { isHtmlMimeType, isXmlMimeType } from '../../../http/mimeType.js';
import { responseDocument } from '../documents/responseDocument.js';
import { throwDOMException } from '../throwDOMException.js';
import { done, type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getFinalEncoding, getFinalMimeType } from './getResponseMimeType.js';

/** The steps of the [`responseXML`](https://xhr.spec.whatwg.org/#the-responsexml-attribute) getter. */
export function getResponseXml(xhr: XMLHttpRequestState): Document | null {
  // 1. If this's response type is not the empty string or "document", then throw an "InvalidStateError" DOMException.
  if (xhr.responseType !== '' && xhr.responseType !== 'document') {
    throwDOMException(
      'InvalidStateError',
      `responseXML: responseType is '${xhr.responseType}', so read response instead`,
    );
  }
  // 2. If this's state is not done, then return null.
  if (xhr.state !== done) return null;
  // 3. Assert: this's response object is not failure.
  // 4. If this's response object is non-null, then return it.
  if (xhr.responseObject === undefined) {
    // 5. Set a document response for this.
    xhr.responseObject = null;
    setDocumentResponse(xhr);
  }
  // 6. Return this's response object.
  return xhr.responseObject as Document | null;
}

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
    lastModified: getHeader(response.headers, 'last-modified'),
    limits: environment.client.limits,
    parseDocument: environment.parseDocument,
  });
}
