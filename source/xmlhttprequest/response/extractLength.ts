import { type FetchResponse } from '../../fetching/FetchResponse.js';
import { getHeader } from './getHeader.js';

/** [Extracts a length](https://fetch.spec.whatwg.org/#header-list-extract-a-length); 0 where that is no integer. */
export function extractLength(response: FetchResponse): number {
  const field = getHeader(response, 'content-length');
  if (field === null) return 0;
  if (/^\d+$/.test(field)) return Number(field);
  // Several are one where they agree.
  const [length = '', ...others] = field.split(',').map((value) => value.trim());
  return /^\d+$/.test(length) && others.every((other) => other === length) ? Number(length) : 0;
}
