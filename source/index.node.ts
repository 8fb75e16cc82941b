/** The entry `readystream` in Node: the portable one, with Node's adapter as the default and exact decoders. */
import { nodeAdapter } from './adapters/node.js';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { eventSourceFactory } from './operators/eventSource.js';
import { pollFactory } from './operators/poll.js';
import { requestFactory } from './request/requestFactory.js';

export * from './index.js';

bindNodeTextDecoder();

/** Lazily, so that importing the package creates neither an adapter nor a connection pool. */
let adapter: ReturnType<typeof nodeAdapter> | undefined;

/**
 * Makes a request function with defaults of its own: a base URL, headers, an adapter, interceptors, limits.
 *
 * @example
 * ```ts
 * import { createRequest, json } from 'readystream';
 *
 * const api = createRequest({ baseURL: 'https://shop.example/v1/', headers: { accept: 'application/json' } });
 * api.get('items/3').pipe(json()).subscribe(console.log); // { id: 3, name: 'Crème brûlée' }
 * ```
 */
export const createRequest = /*#__PURE__*/ requestFactory(() => (adapter ??= nodeAdapter()));

/**
 * Sends a request each time you subscribe, and emits its readyState events: `(opened upload*)+ headersReceived loading* done`.
 * Unsubscribing aborts. Errors are a `TypeError` or a `RangeError` if the request cannot be built, and a `ReadystreamError` if it
 * fails. A status of 404 is not an error: see `throwIfNotOk()`. {@link RequestFunction} has `request.get`, `request.post` and so on.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 *
 * request('data:,Hello').pipe(text()).subscribe(console.log); // Hello
 * ```
 */
export const request = /*#__PURE__*/ createRequest();

export const eventSource = /*#__PURE__*/ eventSourceFactory(request);

export const poll = /*#__PURE__*/ pollFactory(request);
