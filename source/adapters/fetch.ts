import { Observable, type Subscription } from 'rxjs';
import { checkPiece } from '../body/BodyReader.js';
import { announcedLength, encodeBody } from '../body/encodeBody.js';
import { bodyKindOf, isStreamBody, type RequestBody } from '../body/RequestBody.js';
import { isReadystreamError } from '../errors/guards.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { shownUrl } from '../http/serializedUrl.js';
import { checkOneOf } from '../options/checks.js';
import { Valve } from '../options/Valve.js';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type OpenedEvent, type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { BrowserExchange, openExchange } from './Exchange.js';
import { Gate, type GateTransport } from './Gate.js';
import { refuseUnsupported, unsupportedOption } from './unsupported.js';

/** Options of {@link fetchAdapter}. */
export interface FetchAdapterOptions {
  /** The `fetch` function to use. @defaultValue the global one, looked up at each request */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/**
 * Sends requests by [`fetch`](https://fetch.spec.whatwg.org/). It reads the body piece by piece in constant memory: the next
 * piece is requested only after the consumer has handled the last one, and not while it has paused the `flow`.
 *
 * The platform decodes a compressed body; `transferred` is then unknown, as it is for cross-origin responses, whose
 * `Content-Encoding` is hidden. `fetch` does not report upload progress, so no OPENED event has `upload`.
 *
 * Options that it cannot honour are a `TypeError` on the error channel: `maxRedirects`, `timeout.connect`,
 * `limits.decompressionRatio`, header fields that only the browser may set, `redirect: 'manual'` in a browser (which hides
 * the response; the request has been sent by then), a stream as the body if the browser cannot send one. A failure is a
 * `NetworkError` whose phase is `headers` or `body`. If the responses of a `fetch` have no stream (React Native's, a
 * polyfill), the body arrives in one piece.
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
      // Only an interceptor can have set such a URL. fetch refuses it too, in words that show the password.
      if (shownUrl(request.url) !== request.url) {
        const advice = 'use the options username and password';
        throw unsupportedOption('fetchAdapter', 'a user name or password in the URL', advice);
      }
      const init = fetchInit(request, subscriber);
      const exchange = openExchange(new FetchExchange(request, subscriber), subscriber);
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
        const read = readerOf(response);
        while (!subscriber.closed) {
          const { opened } = exchange.valve;
          if (opened !== undefined) {
            await opened;
            continue;
          }
          const { done, value } = await read();
          if (done) break;
          checkPiece(value);
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

/** What `fetch` gives, read on only while the consumer has not paused it. */
class FetchExchange extends BrowserExchange implements GateTransport {
  readonly valve = new Valve();
  readonly #gate = new Gate(this);

  pauseTransport(): void {
    this.valve.pause();
    this.watch?.paused();
  }

  resumeTransport(): void {
    this.watch?.resumed();
    this.valve.resume();
  }

  deliver(held: ReadyStateEvent | ReadystreamError): void {
    if (isReadystreamError(held)) super.emitError(held);
    else if (held.readyState === 4) super.emitLast(held);
    else super.emit(held);
  }

  override unsubscribe(): void {
    super.unsubscribe();
    this.#gate.close();
  }

  protected override opened(): OpenedEvent {
    return { ...super.opened(), flow: this.#gate.flow };
  }

  protected override emit(event: ReadyStateEvent): void {
    if (!this.#gate.holds(event)) super.emit(event);
  }

  protected override emitLast(event: ReadyStateEvent): void {
    if (!this.#gate.holds(event)) super.emitLast(event);
  }

  protected override emitError(error: ReadystreamError): void {
    if (!this.#gate.holds(error)) super.emitError(error);
  }
}

type Read = () => Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;

/**
 * Returns a function that reads a response piece by piece. The caller's `fetch` may return one without a stream, or one
 * already read.
 */
function readerOf(response: Response): Read {
  if (response.bodyUsed)
    throw new TypeError('the body was already read before the adapter received it: read a clone() instead');
  const body = response.body as Partial<ReadableStream<Uint8Array<ArrayBuffer>>> | null | undefined;
  const reader = body?.getReader?.();
  if (reader !== undefined) return () => reader.read();
  let isRead = body === null;
  return async () => {
    if (isRead) return { done: true, value: undefined };
    isRead = true;
    return { done: false, value: new Uint8Array(await response.arrayBuffer()) };
  };
}

/** `duplex` is missing in the platform's types. */
interface StreamingRequestInit extends RequestInit {
  duplex?: 'half';
}

/** Returns the second argument of `fetch` for a request, except for the signal. A stream is closed with the subscription. */
function fetchInit(request: NormalizedRequest, subscription: Subscription): RequestInit {
  const { method, headers, body, withCredentials, redirect } = request;
  const init: StreamingRequestInit = {
    method,
    headers: [...headers],
    redirect,
    credentials: withCredentials ? 'include' : 'same-origin',
  };
  if (body === undefined) return init;
  if (!isStreamBody(body) && isKnownHere(body)) return { ...init, body };
  const { bytes, contentType, close } = encodeBody(body, announcedLength(headers));
  subscription.add(close);
  if (contentType !== undefined && !headers.has('content-type')) {
    init.headers = [...headers, ['content-type', contentType]];
  }
  if (typeof bytes !== 'function') return { ...init, body: bytes as BufferSource };
  init.duplex = 'half';
  // A browser that cannot send streams writes '[object ReadableStream]' in the place of one, as text.
  const probe: StreamingRequestInit = { method, body: new ReadableStream(), duplex: 'half' };
  if (new Request('data:,', probe).headers.has('content-type')) {
    throw unsupportedOption('fetchAdapter', 'a stream as the body', 'this browser cannot send streams');
  }
  return { ...init, body: toStream(bytes) };
}

/**
 * Whether the body is of the platform's own classes, of any realm: a form or a blob of a DOM in Node (jsdom's, happy-dom's)
 * would be sent as text, or never end.
 */
function isKnownHere(body: RequestBody): body is BodyInit {
  try {
    switch (bodyKindOf(body)) {
      case 'FormData':
        FormData.prototype.has.call(body, '');
        return true;
      case 'URLSearchParams':
        URLSearchParams.prototype.has.call(body, '');
        return true;
      case 'Blob':
      case 'File':
        Blob.prototype.slice.call(body, 0, 0);
        return true;
      default:
        return true;
    }
  } catch {
    return false;
  }
}

/** Makes a stream that only requests the next piece when its reader wants one; cancelling it ends the iteration. */
function toStream(bytes: () => AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = bytes()[Symbol.asyncIterator]();
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
