import { type MimeType } from '../../../http/MimeType.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getResponseMimeType } from './getResponseMimeType.js';

/** [Gets a final MIME type](https://xhr.spec.whatwg.org/#final-mime-type). */
export function getFinalMimeType(xhr: XMLHttpRequestState): MimeType {
  // 1. If xhr's override MIME type is null, return the result of get a response MIME type for xhr.
  // 2. Return xhr's override MIME type.
  return xhr.overrideMimeType ?? getResponseMimeType(xhr.response);
}
