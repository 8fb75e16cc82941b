import { parseHttpDate } from './parseRetryAfter.js';

/** The fields of a response by their names. */
type Fields = Pick<ReadonlyMap<string, string>, 'get'>;

/** What says whether two responses are, byte for byte, the same ([strong validators](https://www.rfc-editor.org/rfc/rfc9110#name-weak-versus-strong)). */
export interface StrongValidator {
  readonly field: 'etag' | 'last-modified';
  readonly value: string;
}

/** A modification less than so long before the response may be followed by another in the same second, by another clock. */
const clockMilliseconds = 60_000;

/**
 * The strong validator of a response, or why it has none. A date is one only where it lies well before the response's `Date`
 * ([RFC 9110, 8.8.2.2](https://www.rfc-editor.org/rfc/rfc9110#name-comparison-2)), and where there is no entity tag.
 */
export function strongValidator(headers: Fields): StrongValidator | string {
  const etag = headers.get('etag');
  if (etag !== undefined) {
    if (/^"[^"]*"$/.test(etag)) return { field: 'etag', value: etag };
    return etag.startsWith('W/')
      ? `its ETag ${etag} is weak, and does not tell whether every byte is the same`
      : `its ETag ${etag} is malformed`;
  }
  const modified = headers.get('last-modified');
  if (modified === undefined)
    return 'it has neither a strong ETag nor Last-Modified, so nothing tells whether the rest belongs to it';
  const date = parseHttpDate(headers.get('date') ?? '');
  const since = parseHttpDate(modified);
  if (date === undefined || since === undefined || date - since < clockMilliseconds) {
    return `it has no ETag, and its Last-Modified (${modified}) is too close to its Date to be sure`;
  }
  return { field: 'last-modified', value: modified };
}
