import { map, type OperatorFunction, pipe } from 'rxjs';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { head } from './head.js';

/**
 * Emits the status code and the reason phrase once, at HEADERS_RECEIVED: `'200 OK'`. HTTP/2 and HTTP/3 carry no reason
 * phrase: `'200'`.
 *
 * @example
 * ```ts
 * import { request, statusLine } from 'readystream';
 *
 * request('data:,Hello').pipe(statusLine()).subscribe(console.log); // 200 OK
 * ```
 *
 * @see [RFC 9112: status line](https://www.rfc-editor.org/rfc/rfc9112#name-status-line)
 */
export function statusLine(): OperatorFunction<ReadyStateEvent, string> {
  return pipe(
    head(),
    map(({ status, statusText }) => (statusText === '' ? String(status) : `${status} ${statusText}`)),
  );
}
