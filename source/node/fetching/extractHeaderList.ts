import { isToken } from '../../http/isToken.js';
import { stripHttpWhitespace } from '../../http/stripHttpWhitespace.js';
import { getHeader } from './getHeader.js';

/**
 * [Extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) for a field that is a list of tokens,
 * as those of the CORS protocol are; `undefined` where there is none, `'failure'` where it is malformed.
 */
export function extractHeaderList(
  headers: readonly string[],
  name: string,
): readonly string[] | 'failure' | undefined {
  const field = getHeader(headers, name);
  if (field === undefined) return undefined;
  // Empty elements mean nothing (RFC 9110, 5.6.1.2).
  const values = field
    .split(',')
    .map((value) => stripHttpWhitespace(value))
    .filter((value) => value !== '');
  return values.every(isToken) ? values : 'failure';
}
