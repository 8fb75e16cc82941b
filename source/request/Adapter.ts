import { type Observable } from 'rxjs';
import { type NormalizedRequest } from './NormalizedRequest.js';
import { type ReadyStateEvent } from './ReadyStateEvent.js';

/**
 * Sends requests: by native `XMLHttpRequest`, `fetch`, Node, or a test's script. Each subscription to the returned Observable
 * is one request. It emits OPENED synchronously, before anything is sent; unsubscribing aborts the request.
 */
export type Adapter = (request: NormalizedRequest) => Observable<ReadyStateEvent>;

/**
 * Wraps an adapter, to change requests before they are sent, or events before you receive them.
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
