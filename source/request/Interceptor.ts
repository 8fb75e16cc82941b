import { type Adapter } from './Adapter.js';

/**
 * Wraps an adapter: it may change the request on its way down and the events on their way up.
 *
 * @example
 * ```ts
 * import { type Interceptor, request } from 'readystream';
 *
 * const authorized: Interceptor = (next) => (request) =>
 *   next({ ...request, headers: request.headers.with('authorization', 'Bearer secret') });
 *
 * request('http://127.0.0.1:8080/', { interceptors: [authorized] });
 * ```
 */
export type Interceptor = (next: Adapter) => Adapter;
