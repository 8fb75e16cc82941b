import { type Adapter } from './Adapter.js';

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
