import { throwDOMException } from '../throwDOMException.js';
import { done, type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { setDocumentResponse } from './setDocumentResponse.js';

/** The steps of the [`responseXML`](https://xhr.spec.whatwg.org/#the-responsexml-attribute) getter. */
export function getResponseXml(xhr: XMLHttpRequestState): Document | null {
  // 1. If this's response type is not the empty string or "document", then throw an "InvalidStateError" DOMException.
  if (xhr.responseType !== '' && xhr.responseType !== 'document') {
    throwDOMException(
      'InvalidStateError',
      `responseXML: responseType is '${xhr.responseType}', so read response`,
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
