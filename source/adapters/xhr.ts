import { Observable } from 'rxjs';
import { isStreamBody } from '../body/RequestBody.js';
import { LimitError } from '../errors/LimitError.js';
import { parseUrl } from '../http/serializedUrl.js';
import { checkOneOf } from '../options/checks.js';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { BrowserExchange, openExchange } from './Exchange.js';
import { droppedHeader, refuseUnsupported, unsupportedOption } from './unsupported.js';
import { xhrTextReader } from './xhrTextReader.js';

/**
 * The pause before the next reading, as a multiple of the last one's duration. Each reading makes the platform join all text
 * so far, which is quadratic for a long response read at each progress event: in Chromium, 100 MB took 16 s and 200 MB 54 s;
 * with this pause, 1.5 s and 2.5 s.
 */
const restPerReading = 16;

/** Options of {@link xhrAdapter}. */
export interface XhrAdapterOptions {
  /** The class of the requests. @defaultValue the global one, looked up at each request */
  readonly XMLHttpRequest?: (new () => XMLHttpRequest) | undefined;
}

/**
 * Sends requests by an [`XMLHttpRequest`](https://xhr.spec.whatwg.org/): a browser's, or any class that behaves like it.
 *
 * The body arrives as bytes, piece by piece, although the class provides text: the adapter requests `charset=x-user-defined`
 * and converts new text back to bytes. The class keeps the whole text, so memory grows with the response. With
 * `responseType: 'arraybuffer'`, or if `arrayBuffer()` or `blob()` asks for the bytes, it keeps bytes instead, and one LOADING
 * event has them all. Otherwise the class decodes a body that starts with a byte order mark: then the body arrives as UTF-8,
 * `response.decodedAs` says so from the first LOADING event on, and `bytes()` fails.
 *
 * OPENED events with `upload` report the progress of a body; not for a cross-origin POST that needs no CORS preflight,
 * because listening would make it need one.
 *
 * Options that it cannot honour are a `TypeError` on the error channel: `redirect` other than `'follow'`, `maxRedirects`,
 * `timeout.connect`, `limits.decompressionRatio`, a stream as the body, header fields that only the browser may set. A
 * failure is a `NetworkError` whose phase is `headers` or `body`: a browser's class reports no more; that of
 * `readystream/xmlhttprequest` reports the original error.
 *
 * @example
 * <!-- not run: it needs a browser's XMLHttpRequest -->
 * ```ts
 * import { createRequest, text, xhrAdapter } from 'readystream';
 *
 * const request = createRequest({ adapter: xhrAdapter() });
 * request('/feed.xml').pipe(text()).subscribe((xml) => console.log(xml));
 * ```
 */
export function xhrAdapter(options: XhrAdapterOptions = {}): Adapter {
  for (const name in options) checkOneOf('option of xhrAdapter', name, ['XMLHttpRequest']);
  return (request) =>
    new Observable((subscriber) => {
      const { body, redirect } = request;
      const Class = options.XMLHttpRequest ?? (globalThis as Partial<typeof globalThis>).XMLHttpRequest;
      const refusal = (option: string, advice = 'use fetchAdapter()'): Error =>
        unsupportedOption('xhrAdapter', option, advice);
      refuseUnsupported('xhrAdapter', request);
      if (!Class) throw refusal('requests without XMLHttpRequest');
      if (redirect !== 'follow') throw refusal('redirect');
      if (isStreamBody(body)) throw refusal('a stream as the body');
      let wants: BodyWanted = request.responseType === 'arraybuffer' ? 'whole' : 'pieces';
      const hooks = {
        wantBytes() {
          if (wants === 'pieces') wants = 'bytes';
        },
      };
      const exchange = openExchange(new BrowserExchange(request, subscriber, hooks), subscriber);
      if (subscriber.closed) return;
      try {
        const xhr = new Class();
        if (wants === 'pieces' && !hasOverride(xhr)) {
          const advice = "give responseType: 'arraybuffer'";
          subscriber.error(refusal('a body in pieces without overrideMimeType()', advice));
          return;
        }
        subscriber.add(report(xhr, request, exchange, wants));
        xhr.open(request.method, request.url);
        for (const [name, value] of request.headers) xhr.setRequestHeader(name, value);
        xhr.withCredentials = request.withCredentials;
        if (wants !== 'pieces') xhr.responseType = 'arraybuffer';
        else xhr.overrideMimeType('text/plain; charset=x-user-defined');
        xhr.send(body as XMLHttpRequestBodyInit | undefined);
      } catch (cause) {
        exchange.fail(cause);
      }
    });
}

/** How the body should arrive: in pieces; whole, as the caller said; or whole, since an operator asks for its exact bytes. */
type BodyWanted = 'pieces' | 'whole' | 'bytes';

/** Reports the request's events to the exchange; returns a function that ends both. */
function report(
  xhr: XMLHttpRequest,
  request: NormalizedRequest,
  exchange: BrowserExchange,
  wants: BodyWanted,
): () => void {
  const { bufferedBytes } = request.limits;
  const readText = xhrTextReader(xhr, () => {
    exchange.decodedByPlatform();
  });
  let hasHead = false;
  let loaded = 0;
  let nextReading = 0;
  let putOff: ReturnType<typeof setTimeout> | undefined;

  const head = (): void => {
    if (hasHead) return;
    hasHead = true;
    const { responseURL: url, status, statusText } = xhr;
    exchange.head({ url, status, statusText }, parseHeaderBlock(xhr.getAllResponseHeaders()));
  };
  const arrived = (event: ProgressEvent): void => {
    ({ loaded } = event);
    head();
    exchange.arrived(event.lengthComputable ? loaded : undefined);
  };
  const read = (last: boolean): void => {
    putOff = undefined;
    const start = performance.now();
    try {
      const chunk = readText(loaded, last);
      const end = performance.now();
      if (chunk.length > 0) nextReading = end + (end - start) * restPerReading;
      exchange.loading(chunk);
    } catch (cause) {
      exchange.fail(cause);
    }
  };

  xhr.onreadystatechange = () => {
    if (xhr.readyState === 2) head();
  };
  xhr.onprogress = (event) => {
    arrived(event);
    if (wants === 'bytes') {
      // The class holds them: whoever is going to hold them would be told too late.
      if (loaded > bufferedBytes) exchange.fail(new LimitError('bufferedBytes', bufferedBytes, { request }));
      else exchange.advanced();
    }
    if (wants !== 'pieces') return;
    const rest = nextReading - performance.now();
    if (rest <= 0) read(false);
    else putOff ??= setTimeout(read, rest, false);
  };
  xhr.onload = (event) => {
    clearTimeout(putOff);
    arrived(event);
    const response: unknown = wants === 'pieces' ? undefined : xhr.response;
    if (wants === 'pieces') read(true);
    else if (isArrayBuffer(response)) exchange.loading(new Uint8Array(response));
    else if (response)
      exchange.fail(undefined, "the class ignores responseType 'arraybuffer': use fetchAdapter()");
    else exchange.fail(undefined, 'the platform discarded the body: use fetchAdapter()');
    exchange.done();
  };
  xhr.onerror =
    xhr.onabort =
    xhr.ontimeout =
      (event) => {
        // The class of this package says why, which the standard has no place for.
        const { error } = event as { readonly error?: unknown };
        exchange.fail(error, error ? undefined : `XMLHttpRequest only reports '${event.type}'`);
      };
  if (mayWatchUpload(request)) {
    xhr.upload.onprogress = ({ loaded, lengthComputable, total }) => {
      exchange.uploaded(loaded, lengthComputable ? total : undefined);
    };
  }
  return () => {
    clearTimeout(putOff);
    if (xhr.readyState < 4) xhr.abort();
  };
}

/** Of whatever realm: a DOM in Node has one of its own. */
function isArrayBuffer(response: unknown): response is ArrayBuffer {
  return Object.prototype.toString.call(response) === '[object ArrayBuffer]';
}

/** React Native's class has none. */
function hasOverride(xhr: Partial<XMLHttpRequest>): boolean {
  return typeof xhr.overrideMimeType === 'function';
}

/**
 * Whether listening to the upload leaves the request unchanged. A listener turns a cross-origin request into one with a
 * [CORS preflight](https://xhr.spec.whatwg.org/#the-send()-method), which a server that accepts plain form posts rejects; so
 * a cross-origin request without a preflight gets no listener.
 */
export function mayWatchUpload({ body, method, url, headers }: NormalizedRequest): boolean {
  const { location } = globalThis as Partial<typeof globalThis>;
  return (
    body !== undefined &&
    (method !== 'POST' ||
      !location ||
      parseUrl(url)?.origin === location.origin ||
      droppedHeader(headers, 'no-cors') !== undefined)
  );
}

/**
 * Parses the result of [`getAllResponseHeaders()`](https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method) into
 * alternating names and values.
 */
function parseHeaderBlock(block: string): string[] {
  return block.split(/[\r\n]+/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [line.slice(0, colon), line.slice(colon + 1).trim()] : [];
  });
}
