import { getHeader, hasHeader } from '../../../http/headerList.js';
import { type FetchResponse } from '../../fetching/fetchContract.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';

/**
 * [Extracts a length](https://fetch.spec.whatwg.org/#header-list-extract-a-length); 0 where that is no integer.
 *
 * Note: 0 also where the body comes in a content coding, as in browsers: `loaded` counts decoded bytes, of which the field
 * does not tell the total.
 */
export function extractLength({ headers }: FetchResponse): number {
  const field = getHeader(headers, 'content-length');
  if (field === undefined || hasHeader(headers, 'content-encoding')) return 0;
  if (/^\d+$/.test(field)) return Number(field);
  // Several are one where they agree.
  const [length = '', ...others] = field.split(',').map((value) => value.trim());
  return /^\d+$/.test(length) && others.every((other) => other === length) ? Number(length) : 0;
}

/**
 * How many bytes to make room for: as many as are announced, where they will be wanted in one piece; 0 where that is not
 * known, or is more than may be held.
 */
export function bytesToExpect(xhr: XMLHttpRequestState, response: FetchResponse): number {
  const { responseType, environment } = xhr;
  if (responseType !== 'arraybuffer' && responseType !== 'json') return 0;
  const length = extractLength(response);
  return length <= environment.client.limits.bufferedBytes ? length : 0;
}
