import { type Dispatcher } from 'undici';

/**
 * What carries requests over http and https: any `Dispatcher` of [undici](https://undici.nodejs.org) 7 or 8, such as an `Agent`, a
 * `ProxyAgent` or a `MockAgent`, whichever of the two versions your code imports. Nothing but `dispatch` is called.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 * import { type HttpDispatcher, nodeAdapter } from 'readystream/node';
 * import { Agent } from 'undici';
 *
 * const dispatcher: HttpDispatcher = new Agent({ connections: 4 });
 * request('data:,hello', { adapter: nodeAdapter({ dispatcher }) }).pipe(text()).subscribe(console.log); // hello
 * ```
 */
export interface HttpDispatcher {
  /** Sends a request, and reports to the handler. Returns `false` if the dispatcher is busy. */
  dispatch(
    options: Pick<
      Dispatcher.DispatchOptions,
      'origin' | 'path' | 'method' | 'headers' | 'body' | 'expectContinue' | 'headersTimeout' | 'bodyTimeout'
    >,
    handler: HttpDispatchHandler,
  ): boolean;
}

/** What an {@link HttpDispatcher} reports to: the handler that undici 7 and 8 have in common. */
export type HttpDispatchHandler = Pick<
  Dispatcher.DispatchHandler,
  'onRequestStart' | 'onResponseStart' | 'onResponseData' | 'onResponseEnd' | 'onResponseError'
>;
