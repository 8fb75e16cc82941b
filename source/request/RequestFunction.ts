import { type Observable } from 'rxjs';
import { type ReadyStateEvent } from './ReadyStateEvent.js';
import { type RequestOptions } from './RequestOptions.js';

/**
 * Returns a cold Observable that sends the request at each subscription: two subscriptions are two requests, and
 * unsubscribing aborts. It emits `(opened upload*)+ headersReceived loading* done`, then completes; it errors with a
 * `TypeError` or `RangeError` if the request cannot be built, and with a `ReadystreamError` if it fails. A status of 404 is
 * not an error: see `throwIfNotOk()`.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 *
 * request('data:,Hello').pipe(text()).subscribe(console.log); // Hello
 * ```
 */
export interface RequestFunction {
  /** Sends a request with the method of the options, GET by default. */
  (target: string | URL, options?: RequestOptions): Observable<ReadyStateEvent>;
  /** Sends a [GET](https://www.rfc-editor.org/rfc/rfc9110#name-get). */
  get(target: string | URL, options?: RequestOptions): Observable<ReadyStateEvent>;
  /** Sends a [HEAD](https://www.rfc-editor.org/rfc/rfc9110#name-head): the response has no body. */
  head(target: string | URL, options?: RequestOptions): Observable<ReadyStateEvent>;
  /** Sends a [DELETE](https://www.rfc-editor.org/rfc/rfc9110#name-delete). */
  delete(target: string | URL, options?: RequestOptions): Observable<ReadyStateEvent>;
  /** Sends an [OPTIONS](https://www.rfc-editor.org/rfc/rfc9110#name-options). */
  options(target: string | URL, options?: RequestOptions): Observable<ReadyStateEvent>;
  /** Sends a [POST](https://www.rfc-editor.org/rfc/rfc9110#name-post) with a body, or with the options' `json`. */
  post(
    target: string | URL,
    body?: RequestOptions['body'],
    options?: RequestOptions,
  ): Observable<ReadyStateEvent>;
  /** Sends a [PUT](https://www.rfc-editor.org/rfc/rfc9110#name-put) with a body, or with the options' `json`. */
  put(
    target: string | URL,
    body?: RequestOptions['body'],
    options?: RequestOptions,
  ): Observable<ReadyStateEvent>;
  /** Sends a [PATCH](https://www.rfc-editor.org/rfc/rfc5789) with a body, or with the options' `json`. */
  patch(
    target: string | URL,
    body?: RequestOptions['body'],
    options?: RequestOptions,
  ): Observable<ReadyStateEvent>;
}
