import { getHeader, hasHeader } from '../../../http/headerList.js';
import { type FetchResponse } from '../../fetching/fetchContract.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';

/**
 * [Extracts a length](https://fetch.spec.whatwg.org/#header-list-extract-a-length); 0 if it is not an integer.
 *
 * Note: also 0 if the body has a content coding, as in browsers: `loaded` counts decoded bytes, but the field counts encoded
 * ones.
 */
export function extractLength({ headers }: FetchResponse): number {
  const field = getHeader(headers, 'content-length');
  if (field === undefined || hasHeader(headers, 'content-encoding')) return 0;
  if (/^\d+$/.test(field)) return Number(field);
  // Repeated values count as one if they agree.
  const [length = '', ...others] = field.split(',').map((value) => value.trim());
  return /^\d+$/.test(length) && others.every((other) => other === length) ? Number(length) : 0;
}

/**
 * Returns how many bytes to allocate: the announced length if the bytes are needed in one piece; 0 if the length is unknown or
 * exceeds the limit.
 */
export function bytesToExpect(xhr: XMLHttpRequestState, response: FetchResponse): number {
  const { responseType, environment } = xhr;
  if (responseType !== 'arraybuffer' && responseType !== 'json') return 0;
  const length = extractLength(response);
  return length <= environment.client.limits.bufferedBytes ? length : 0;
}
