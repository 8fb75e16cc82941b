import { map, type OperatorFunction, pipe } from 'rxjs';
import { type HeaderMap } from '../request/HeaderMap.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { head } from './head.js';

/**
 * Emits the response's header fields once, at HEADERS_RECEIVED, as a case-insensitive map.
 *
 * @example
 * ```ts
 * import { headers, request } from 'readystream';
 *
 * request('data:text/css,a{}').pipe(headers()).subscribe((fields) => {
 *   console.log(fields.get('Content-Type')); // text/css
 * });
 * ```
 *
 * @see [RFC 9110: fields](https://www.rfc-editor.org/rfc/rfc9110#name-fields)
 */
export function headers(): OperatorFunction<ReadyStateEvent, HeaderMap> {
  return pipe(
    head(),
    map((response) => response.headers),
  );
}
