import { isXmlMimeType } from '../../../http/mimeType.js';
import { throwDOMException } from '../throwDOMException.js';
import { done, loading, type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getFinalEncoding, getFinalMimeType } from './getResponseMimeType.js';
import { TextResponse } from './TextResponse.js';

/** The steps of the [`responseText`](https://xhr.spec.whatwg.org/#the-responsetext-attribute) getter. */
export function getResponseText(xhr: XMLHttpRequestState): string {
  // 1. If this's response type is not the empty string or "text", then throw an "InvalidStateError" DOMException.
  if (xhr.responseType !== '' && xhr.responseType !== 'text') {
    throwDOMException(
      'InvalidStateError',
      `responseText: responseType is '${xhr.responseType}', so read response instead`,
    );
  }
  // 2. If this's state is not loading or done, then return the empty string.
  if (xhr.state !== loading && xhr.state !== done) return '';
  // 3. Return the result of getting a text response for this.
  return getTextResponse(xhr);
}

/** [Gets a text response](https://xhr.spec.whatwg.org/#text-response). */
export function getTextResponse(xhr: XMLHttpRequestState): string {
  // 1. If xhr's response's body is null, then return the empty string.
  if (xhr.response === undefined || xhr.response.isBodyNull) return '';
  // 2. Let charset be the result of get a final encoding for xhr.
  // 3. If xhr's response type is the empty string, charset is null, and the result of get a final MIME type for xhr is an
  //    XML MIME type, then use the rules set forth in the XML specifications to determine the encoding.
  // 4. If charset is null, then set charset to UTF-8.
  xhr.textResponse ??= new TextResponse(
    getFinalEncoding(xhr),
    xhr.responseType === '' && isXmlMimeType(getFinalMimeType(xhr)),
  );
  // 5. Return the result of running decode on xhr's received bytes using fallback encoding charset.
  return xhr.textResponse.read(xhr.receivedBytes, xhr.state === done);
}
