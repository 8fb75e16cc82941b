import { type FetchResponse } from '../../fetching/FetchResponse.js';
import { type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { extractLength } from './extractLength.js';

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
