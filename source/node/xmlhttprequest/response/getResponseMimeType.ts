import { extractMimeType } from '../../../http/extractMimeType.js';
import { type MimeType } from '../../../http/MimeType.js';
import { type FetchResponse } from '../../fetching/FetchResponse.js';
import { getHeader } from './getHeader.js';

const textXml: MimeType = { essence: 'text/xml', parameters: new Map() };

/** [Gets a response MIME type](https://xhr.spec.whatwg.org/#response-mime-type). */
export function getResponseMimeType(response: FetchResponse | undefined): MimeType {
  // 1. Let mimeType be the result of extracting a MIME type from xhr's response's header list.
  // 2. If mimeType is failure, then set mimeType to text/xml.
  // 3. Return mimeType.
  return extractMimeType(getHeader(response, 'content-type') ?? undefined) ?? textXml;
}
