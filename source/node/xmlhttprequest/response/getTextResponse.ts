import { isXmlMimeType } from '../../../http/isXmlMimeType.js';
import { done, type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getFinalEncoding } from './getFinalEncoding.js';
import { getFinalMimeType } from './getFinalMimeType.js';
import { TextResponse } from './TextResponse.js';

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
