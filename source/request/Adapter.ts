import { type Observable } from 'rxjs';
import { type NormalizedRequest } from './NormalizedRequest.js';
import { type ReadyStateEvent } from './ReadyStateEvent.js';

/**
 * What carries a request: native `XMLHttpRequest`, `fetch`, Node, a test's script. Each subscription to what it returns
 * is one request, whose OPENED event is emitted synchronously, before anything is sent; unsubscribing aborts it.
 */
export type Adapter = (request: NormalizedRequest) => Observable<ReadyStateEvent>;

/**
 * Wraps an adapter: it may change the request on its way down and the events on their way up.
 *
 * @example
 * ```ts
 * import { type Interceptor, request, text } from 'readystream';
 *
 * const authorized: Interceptor = (next) => (request) =>
 *   next({ ...request, headers: request.headers.with('authorization', 'Bearer secret') });
 *
 * request('https://shop.example/v1/me', { interceptors: [authorized] }).pipe(text()).subscribe(console.log); // {"name":"Ada"}
 * ```
 */
export type Interceptor = (next: Adapter) => Adapter;
