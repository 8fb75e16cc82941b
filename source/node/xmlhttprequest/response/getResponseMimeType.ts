import { extractMimeType } from '../../../http/extractMimeType.js';
import { getHeader } from '../../../http/headerList.js';
import { type MimeType } from '../../../http/mimeType.js';
import { getEncoding } from '../../../parsing/encoding/textDecoder.js';
import { type FetchResponse } from '../../fetching/fetchContract.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';

const textXml: MimeType = { essence: 'text/xml', parameters: new Map() };

/** [Gets a response MIME type](https://xhr.spec.whatwg.org/#response-mime-type). */
function getResponseMimeType(response: FetchResponse | undefined): MimeType {
  // 1. Let mimeType be the result of extracting a MIME type from xhr's response's header list.
  // 2. If mimeType is failure, then set mimeType to text/xml.
  // 3. Return mimeType.
  return extractMimeType(getHeader(response?.headers ?? [], 'content-type')) ?? textXml;
}

/** [Gets a final MIME type](https://xhr.spec.whatwg.org/#final-mime-type). */
export function getFinalMimeType(xhr: XMLHttpRequestState): MimeType {
  // 1. If xhr's override MIME type is null, return the result of get a response MIME type for xhr.
  // 2. Return xhr's override MIME type.
  return xhr.overrideMimeType ?? getResponseMimeType(xhr.response);
}

/** [Gets a final encoding](https://xhr.spec.whatwg.org/#final-charset): its name in lower case, or `undefined`. */
export function getFinalEncoding(xhr: XMLHttpRequestState): string | undefined {
  // 1. Let label be null.
  // 2. Let responseMIME be the result of get a response MIME type for xhr.
  const responseMime = getResponseMimeType(xhr.response);
  // 3. If responseMIME's parameters["charset"] exists, then set label to it.
  // 4. If xhr's override MIME type's parameters["charset"] exists, then set label to it.
  const label = xhr.overrideMimeType?.parameters.get('charset') ?? responseMime.parameters.get('charset');
  // 5. If label is null, then return null.
  // 6. Let encoding be the result of getting an encoding from label.
  // 7. If encoding is failure, then return null.
  // 8. Return encoding.
  return label === undefined ? undefined : getEncoding(label);
}
