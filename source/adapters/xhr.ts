import { Observable } from 'rxjs';
import { type Adapter } from '../request/Adapter.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { Exchange } from './Exchange.js';
import { isStreamBody } from './isStreamBody.js';
import { mayWatchUpload } from './mayWatchUpload.js';
import { parseHeaderBlock } from './parseHeaderBlock.js';
import { refuseUnsupported } from './refuseUnsupported.js';
import { unsupportedOption } from './unsupportedOption.js';
import { XhrText } from './XhrText.js';

/** What {@link xhrAdapter} takes. */
export interface XhrAdapterOptions {
  /** The class to make requests with. @defaultValue the global one, looked up at each request */
  readonly XMLHttpRequest?: (new () => XMLHttpRequest) | undefined;
}

/**
 * Carries requests by an [`XMLHttpRequest`](https://xhr.spec.whatwg.org/): a browser's, or any class that behaves so.
 *
 * The body arrives as bytes, piece by piece, although the class gives text: it is asked for `charset=x-user-defined` and
 * its new text turned back. The class keeps the whole text, so memory grows with the response; with
 * `responseType: 'arraybuffer'` it keeps bytes instead and one LOADING event brings them all. A body that starts with a
 * byte order mark the class decodes by itself: then it arrives as UTF-8, and `response.decodedAs` says so from the first
 * LOADING event on.
 *
 * Upload progress comes as OPENED events with `upload`, where there is a body; not for a cross-origin POST that needs
 * no CORS preflight, because listening would make it need one.
 *
 * Options that it cannot honour are a `TypeError` on the error channel: `redirect` other than `'follow'`, `maxRedirects`,
 * `timeout.connect`, `limits.decompressionRatio`, a stream as the body, header fields that the browser keeps to itself.
 * A failure is a `NetworkError` whose phase is `headers` or `body`: the class tells no more.
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
  return (request) =>
    new Observable((subscriber) => {
      refuseUnsupported('xhrAdapter', request);
      if (request.redirect !== 'follow')
        throw unsupportedOption('xhrAdapter', 'redirect', 'use fetchAdapter()');
      if (isStreamBody(request.body))
        throw unsupportedOption('xhrAdapter', 'a stream as the body', 'use fetchAdapter()');
      const Class = options.XMLHttpRequest ?? (globalThis as Partial<typeof globalThis>).XMLHttpRequest;
      if (Class === undefined)
        throw unsupportedOption('xhrAdapter', 'requests without XMLHttpRequest', 'give a class');
      const exchange = new Exchange(request, subscriber);
      let xhr: XMLHttpRequest | undefined;
      if (!exchange.open(() => xhr?.abort())) return;
      try {
        xhr = new Class();
        const stop = observe(xhr, request, exchange);
        subscriber.add(stop);
        xhr.open(request.method, request.url);
        for (const [name, value] of request.headers) xhr.setRequestHeader(name, value);
        if (request.withCredentials) xhr.withCredentials = true;
        if (request.responseType === 'arraybuffer') xhr.responseType = 'arraybuffer';
        else xhr.overrideMimeType('text/plain; charset=x-user-defined');
        xhr.send(request.body ?? null);
      } catch (cause) {
        exchange.fail(cause);
      }
    });
}

/** Reports to the exchange what the request fires; what is returned ends a reading that was put off. */
function observe(xhr: XMLHttpRequest, request: NormalizedRequest, exchange: Exchange): () => void {
  const text = request.responseType === 'arraybuffer' ? undefined : new XhrText(xhr);
  let loaded = 0;
  let putOff: ReturnType<typeof setTimeout> | undefined;

  const head = (): void => {
    if (exchange.isClosed() || exchange.response !== undefined || xhr.readyState < 2) return;
    exchange.headersReceived(
      xhr.responseURL,
      xhr.status,
      xhr.statusText,
      parseHeaderBlock(xhr.getAllResponseHeaders()),
    );
  };
  const read = (last: boolean): void => {
    putOff = undefined;
    if (exchange.isClosed() || text === undefined) return;
    try {
      const undecided = text.decoded === undefined;
      const chunk = text.read(loaded, last);
      if (undecided && text.decoded === true) exchange.decodedByPlatform();
      exchange.loading(chunk);
    } catch (cause) {
      exchange.fail(cause);
    }
  };
  const arrived = (event: ProgressEvent): void => {
    loaded = event.loaded;
    exchange.transferred = event.lengthComputable ? loaded : undefined;
    exchange.bytesArrived();
    head();
  };
  const failed = (event: ProgressEvent): void => {
    exchange.finished = true;
    exchange.fail(undefined, { detail: `XMLHttpRequest tells only '${event.type}'` });
  };

  xhr.onreadystatechange = () => {
    if (xhr.readyState === 2) head();
  };
  xhr.onprogress = (event) => {
    arrived(event);
    const rest = text === undefined ? 0 : text.notBefore - performance.now();
    if (rest <= 0) read(false);
    else putOff ??= setTimeout(read, rest, false);
  };
  xhr.onload = (event) => {
    clearTimeout(putOff);
    exchange.finished = true;
    arrived(event);
    if (text !== undefined) read(true);
    else if (xhr.response instanceof ArrayBuffer) exchange.loading(new Uint8Array(xhr.response));
    exchange.done();
  };
  xhr.onerror = xhr.onabort = xhr.ontimeout = failed;
  if (mayWatchUpload(request)) {
    xhr.upload.onprogress = ({ loaded, lengthComputable, total }) => {
      exchange.uploaded(loaded, lengthComputable ? total : undefined);
    };
  }
  return () => {
    clearTimeout(putOff);
  };
}
