import { Observable } from 'rxjs';
import { isStreamBody } from '../body/RequestBody.js';
import { LimitError } from '../errors/LimitError.js';
import { parseUrl } from '../http/serializedUrl.js';
import { checkOneOf } from '../options/checks.js';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type BrowserExchange, openExchange } from './Exchange.js';
import { droppedHeader, refuseUnsupported, unsupportedOption } from './unsupported.js';
import { xhrTextReader } from './xhrTextReader.js';

/**
 * How many times as long as the last reading took the next one waits. Each reading makes the platform join all text that
 * there is, which is quadratic for a long response read at each progress event: in Chromium 100 MB took 16 s and 200 MB
 * 54 s; resting in proportion to what the last reading took, 1.5 s and 2.5 s.
 */
const restPerReading = 16;

/** What {@link xhrAdapter} takes. */
export interface XhrAdapterOptions {
  /** The class to make requests with. @defaultValue the global one, looked up at each request */
  readonly XMLHttpRequest?: (new () => XMLHttpRequest) | undefined;
}

/**
 * Carries requests by an [`XMLHttpRequest`](https://xhr.spec.whatwg.org/): a browser's, or any class that behaves so.
 *
 * The body arrives as bytes, piece by piece, although the class gives text: it is asked for `charset=x-user-defined` and
 * its new text turned back. The class keeps the whole text, so memory grows with the response. With
 * `responseType: 'arraybuffer'`, or where `arrayBuffer()` or `blob()` asks for the bytes, it keeps bytes instead and one LOADING
 * event brings them all. Otherwise the class decodes a body that starts with a byte order mark: then the body arrives as UTF-8,
 * `response.decodedAs` says so from the first LOADING event on, and `bytes()` fails.
 *
 * Upload progress comes as OPENED events with `upload`, where there is a body; not for a cross-origin POST that needs
 * no CORS preflight, because listening would make it need one.
 *
 * Options that it cannot honour are a `TypeError` on the error channel: `redirect` other than `'follow'`, `maxRedirects`,
 * `timeout.connect`, `limits.decompressionRatio`, a stream as the body, header fields that the browser keeps to itself.
 * A failure is a `NetworkError` whose phase is `headers` or `body`: a browser's class tells no more; that of
 * `readystream/xmlhttprequest` tells all.
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
      const exchange = openExchange(request, subscriber, {
        wantBytes() {
          if (wants === 'pieces') wants = 'bytes';
        },
      });
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

/** How the body is to come: in pieces; in one, as the caller said; or in one, since an operator asks for its very bytes. */
type BodyWanted = 'pieces' | 'whole' | 'bytes';

/** Reports to the exchange what the request fires; what is returned ends both. */
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
    else exchange.fail(undefined, 'the body was given up: use fetchAdapter()');
    exchange.done();
  };
  xhr.onerror =
    xhr.onabort =
    xhr.ontimeout =
      (event) => {
        // The class of this package says why, which the standard has no place for.
        const { error } = event as { readonly error?: unknown };
        exchange.fail(error, error ? undefined : `XMLHttpRequest tells only '${event.type}'`);
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
 * Whether listening to the upload leaves the request as it is. A listener turns a cross-origin request into one with a
 * [CORS preflight](https://xhr.spec.whatwg.org/#the-send()-method), which a server that takes plain form posts refuses;
 * so nobody listens to a cross-origin request that would go without one.
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

/** Names and values in turn of what [`getAllResponseHeaders()`](https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method) gives. */
function parseHeaderBlock(block: string): string[] {
  return block.split(/[\r\n]+/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [line.slice(0, colon), line.slice(colon + 1).trim()] : [];
  });
}
