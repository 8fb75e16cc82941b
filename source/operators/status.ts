import { map, type OperatorFunction, pipe } from 'rxjs';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { head } from './head.js';

/**
 * Emits the status code once, at HEADERS_RECEIVED, before any of the body. Errors if the request fails, before or after that;
 * a status of 404 is a value like any other.
 *
 * @example
 * ```ts
 * import { request, status } from 'readystream';
 *
 * request('data:,Hello').pipe(status()).subscribe(console.log); // 200
 * ```
 *
 * @see [RFC 9110: status codes](https://www.rfc-editor.org/rfc/rfc9110#name-status-codes)
 */
export function status(): OperatorFunction<ReadyStateEvent, number> {
  return pipe(
    head(),
    map((response) => response.status),
  );
}
