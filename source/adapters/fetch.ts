import { Observable } from 'rxjs';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { Exchange } from './Exchange.js';
import { fetchInit } from './fetchInit.js';
import { refuseUnsupported } from './refuseUnsupported.js';
import { unsupportedOption } from './unsupportedOption.js';

/** What {@link fetchAdapter} takes. */
export interface FetchAdapterOptions {
  /** The function to fetch with. @defaultValue the global one, looked up at each request */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/**
 * Carries requests by [`fetch`](https://fetch.spec.whatwg.org/), the body read piece by piece in constant memory: the
 * next piece is asked for only when the consumer has returned from the last one.
 *
 * The platform decodes a compressed body; `transferred` is then unknown, and so it is for cross-origin responses, whose
 * `Content-Encoding` is hidden. `fetch` tells nothing of the upload's progress, so no OPENED event has `upload`.
 *
 * Options that it cannot honour are a `TypeError` on the error channel: `maxRedirects`, `timeout.connect`,
 * `limits.decompressionRatio`, header fields that the browser keeps to itself, `redirect: 'manual'` in a browser (which
 * hides the response; the request has been sent by then), a stream as the body where the browser cannot send one.
 * A failure is a `NetworkError` whose phase is `headers` or `body`.
 *
 * @example
 * ```ts
 * import { createRequest, fetchAdapter, text } from 'readystream';
 *
 * const request = createRequest({ adapter: fetchAdapter() });
 * request('https://shop.example/robots.txt').pipe(text()).subscribe((body) => console.log(body.length)); // 30
 * ```
 */
export function fetchAdapter(options: FetchAdapterOptions = {}): Adapter {
  return (request) =>
    new Observable((subscriber) => {
      refuseUnsupported('fetchAdapter', request);
      const init = fetchInit(request);
      const exchange = new Exchange(request, subscriber);
      // fetch can be cancelled before the head only by a signal; the caller's own never reaches it.
      const controller = new AbortController();
      init.signal = controller.signal;
      const opened = exchange.open(() => {
        controller.abort();
      });
      if (opened) void run(options.fetch ?? globalThis.fetch, request, init, exchange);
    });
}

async function run(
  fetch: NonNullable<FetchAdapterOptions['fetch']>,
  request: NormalizedRequest,
  init: RequestInit,
  exchange: Exchange,
): Promise<void> {
  try {
    const response = await fetch(request.url, init);
    if (exchange.isClosed()) return;
    if (response.type === 'opaqueredirect') {
      exchange.reject(
        unsupportedOption('fetchAdapter', "redirect 'manual'", 'the browser hides the redirect'),
      );
      return;
    }
    const raw: string[] = [];
    for (const [name, value] of response.headers) raw.push(name, value);
    exchange.headersReceived(response.url, response.status, response.statusText, raw);
    const tellsCoding = response.type !== 'cors' && !response.headers.has('content-encoding');
    if (tellsCoding) exchange.transferred = 0;
    const reader = response.body?.getReader();
    while (reader !== undefined && !exchange.isClosed()) {
      const { done, value } = await reader.read();
      if (done) break;
      exchange.bytesArrived();
      if (exchange.transferred !== undefined) exchange.transferred += value.byteLength;
      exchange.loading(value);
    }
    exchange.done();
  } catch (cause) {
    exchange.finished = true;
    // undici says 'fetch failed', and what failed only in the cause.
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    exchange.fail(cause, { detail: String(reason instanceof Error ? reason.message : reason) });
  }
}
