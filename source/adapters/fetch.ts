import { Observable, type Subscription } from 'rxjs';
import { readBytes } from '../body/BodyReader.js';
import { announcedLength, encodeBody } from '../body/encodeBody.js';
import { type EncodedBody, isStreamBody } from '../body/RequestBody.js';
import { checkOneOf } from '../options/checks.js';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { openExchange } from './Exchange.js';
import { refuseUnsupported, unsupportedOption } from './unsupported.js';

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
  for (const name in options) checkOneOf('option of fetchAdapter', name, ['fetch']);
  return (request) =>
    new Observable((subscriber) => {
      refuseUnsupported('fetchAdapter', request);
      const init = fetchInit(request, subscriber);
      const exchange = openExchange(request, subscriber);
      if (subscriber.closed) return;
      // fetch can be cancelled before the head only by a signal; the caller's own never reaches it.
      const controller = new AbortController();
      let finished = false;
      subscriber.add(() => {
        if (!finished) controller.abort();
      });
      const run = async (): Promise<void> => {
        const response = await (options.fetch ?? globalThis.fetch)(request.url, {
          ...init,
          signal: controller.signal,
        });
        if (controller.signal.aborted) return;
        if (response.type === 'opaqueredirect') {
          subscriber.error(
            unsupportedOption('fetchAdapter', "redirect 'manual'", 'the browser hides the redirect'),
          );
          return;
        }
        const { url, status, statusText } = response;
        exchange.head({ url, status, statusText }, [...response.headers].flat());
        const tellsCoding = response.type !== 'cors' && !response.headers.has('content-encoding');
        let transferred = tellsCoding ? 0 : undefined;
        exchange.arrived(transferred);
        const reader = response.body?.getReader();
        while (reader && !subscriber.closed) {
          const { done, value } = await reader.read();
          if (done) break;
          if (transferred !== undefined) transferred += value.length;
          exchange.arrived(transferred);
          exchange.loading(value);
        }
        finished = true;
        exchange.done();
      };
      run().catch((cause: unknown) => {
        finished = true;
        // undici says 'fetch failed', and what failed only in the cause.
        const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
        exchange.fail(cause, reason instanceof Error ? reason.message : String(reason));
      });
    });
}

/** `duplex` is missing in the platform's types. */
interface StreamingRequestInit extends RequestInit {
  duplex?: 'half';
}

/** The second argument of `fetch` for a request, but for the signal. A stream is closed with the subscription. */
function fetchInit(request: NormalizedRequest, subscription: Subscription): RequestInit {
  const { method, headers, body, withCredentials, redirect } = request;
  const init: StreamingRequestInit = {
    method,
    headers: [...headers],
    redirect,
    credentials: withCredentials ? 'include' : 'same-origin',
  };
  if (!isStreamBody(body)) return body === undefined ? init : { ...init, body: body as BodyInit };
  init.duplex = 'half';
  // A browser that cannot send streams writes '[object ReadableStream]' in the place of one, as text.
  const probe: StreamingRequestInit = { method, body: new ReadableStream(), duplex: 'half' };
  if (new Request('data:,', probe).headers.has('content-type')) {
    throw unsupportedOption('fetchAdapter', 'a stream as the body', 'this browser sends none');
  }
  const { bytes, close } = encodeBody(body, announcedLength(headers));
  subscription.add(close);
  return { ...init, body: toStream(bytes) };
}

/** A stream that asks for the next piece only when its reader wants one; cancelling it ends the iteration. */
function toStream(bytes: EncodedBody['bytes']): ReadableStream<Uint8Array> {
  const iterator = readBytes(bytes)[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const result = await iterator.next();
        if (result.done === true) controller.close();
        else controller.enqueue(result.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
