import { filter, map, type OperatorFunction, pipe } from 'rxjs';
import {
  type HeadersReceivedEvent,
  type ReadyStateEvent,
  type ResponseHead,
} from '../request/ReadyStateEvent.js';

/**
 * Emits the response's head once, at HEADERS_RECEIVED. It completes when the response does, so that the connection can be
 * reused: to end the request at the head, add `take(1)`.
 *
 * @example
 * ```ts
 * import { head, request } from 'readystream';
 *
 * request('data:text/css,a{}').pipe(head()).subscribe(({ status, headers }) => {
 *   console.log(status, headers.get('Content-Type')); // 200 text/css
 * });
 * ```
 *
 * @see [XMLHttpRequest: headers received](https://xhr.spec.whatwg.org/#dom-xmlhttprequest-headers_received)
 */
export function head(): OperatorFunction<ReadyStateEvent, ResponseHead> {
  return pipe(
    filter((event): event is HeadersReceivedEvent => event.readyState === 2),
    map((event) => event.response),
  );
}
