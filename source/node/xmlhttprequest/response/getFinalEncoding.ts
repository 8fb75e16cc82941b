import { getEncoding } from '../../../parsing/encoding/getEncoding.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getResponseMimeType } from './getResponseMimeType.js';

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
