import { serializeMimeType } from '../../../http/mimeType.js';
import { done, loading, type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getFinalMimeType } from './getResponseMimeType.js';
import { getTextResponse } from './getResponseText.js';
import { setDocumentResponse } from './getResponseXml.js';
import { noBytes, type ReceivedBytes } from './ReceivedBytes.js';

/** The steps of the [`response`](https://xhr.spec.whatwg.org/#the-response-attribute) getter. */
export function getResponse(xhr: XMLHttpRequestState): unknown {
  const { responseType } = xhr;
  // 1. If this's response type is the empty string or "text":
  if (responseType === '' || responseType === 'text') {
    // 1.1. If this's state is not loading or done, then return the empty string.
    // 1.2. Return the result of getting a text response for this.
    return xhr.state === loading || xhr.state === done ? getTextResponse(xhr) : '';
  }
  // 2. If this's state is not done, then return null.
  // Note: also null if the response failed, as in browsers.
  if (xhr.state !== done || xhr.response === undefined) return null;
  // 3. If this's response object is failure, then return null.
  // 4. If this's response object is non-null, then return it.
  // Note: undefined means not made yet; null is a failure, or a document that could not be made.
  if (xhr.responseObject !== undefined) return xhr.responseObject;
  xhr.responseObject = null;
  switch (responseType) {
    case 'arraybuffer':
      // 5. Set this's response object to a new ArrayBuffer object representing this's received bytes. If this throws an
      //    exception, then set this's response object to failure and return null.
      xhr.responseObject = arrayBufferOrNull(xhr);
      break;
    case 'blob':
      // 6. Set this's response object to a new Blob object representing this's received bytes with type set to the result
      //    of get a final MIME type for this.
      // Note: the constructor converts it to lower case, as in browsers.
      xhr.responseObject = new Blob([...xhr.receivedBytes.piecesFrom(0)], {
        type: serializeMimeType(getFinalMimeType(xhr)),
      });
      break;
    case 'document':
      // 7. Set a document response for this.
      setDocumentResponse(xhr);
      break;
    case 'json':
      // 8.2. If this's response's body is null, then return null.
      // 8.3. Let jsonObject be the result of running parse JSON from bytes on this's received bytes. If that threw an
      //      exception, then return null.
      // 8.4. Set this's response object to jsonObject.
      if (!xhr.response.isBodyNull) xhr.responseObject = parseJsonFromBytes(xhr.receivedBytes);
      break;
  }
  // Note: the object replaces the received bytes, which need not be kept.
  xhr.receivedBytes = noBytes;
  // 9. Return this's response object.
  return xhr.responseObject;
}

function arrayBufferOrNull(xhr: XMLHttpRequestState): ArrayBuffer | null {
  try {
    return xhr.receivedBytes.toArrayBuffer();
  } catch {
    return null;
  }
}

/** Removes a byte order mark, as UTF-8 decode does; without streaming, it keeps no state between texts. */
const decoder = /*#__PURE__*/ new TextDecoder();

/** [Parses JSON from bytes](https://infra.spec.whatwg.org/#parse-json-bytes-to-a-javascript-value); null if that fails. */
function parseJsonFromBytes(bytes: ReceivedBytes): unknown {
  try {
    return JSON.parse(decoder.decode(bytes.join())) as unknown;
  } catch {
    return null;
  }
}
