import { Observable } from 'rxjs';
import { type Dispatcher } from 'undici';
import { announcedLength, encodeBody } from '../body/encodeBody.js';
import { NetworkError } from '../errors/NetworkError.js';
import { hasHeader, withDefaultHeaders } from '../http/headerList.js';
import { blob } from '../node/schemes/blob.js';
import { acceptEncoding } from '../node/schemes/contentCodings.js';
import { data } from '../node/schemes/data.js';
import { file } from '../node/schemes/file.js';
import { ftp, ftpWith } from '../node/schemes/ftp.js';
import { http } from '../node/schemes/http.js';
import { type Connector, httpConnections, sharedConnections } from '../node/schemes/HttpConnections.js';
import { summarize } from '../node/schemes/networkErrorFrom.js';
import { type SchemeHandler, type SchemeRequest } from '../node/schemes/SchemeHandler.js';
import { checkOneOf } from '../options/checks.js';
import { type Adapter } from '../request/Adapter.js';
import { type HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { NodeExchange } from './NodeExchange.js';

/** What has to be asked for by name. */
const optionalSchemes: readonly string[] = ['file', 'ftp', 'ftps'];

/** What {@link nodeAdapter} may be told. */
export interface NodeAdapterOptions {
  /**
   * What carries http and https: a proxy agent, an agent with `allowH2`, a CA or a client certificate, a cache, a mock, anything
   * of undici's. Its header limit is its own (16 KiB unless it says otherwise), whatever `limits.headerBytes` allows beyond; its time
   * limits for headers and body are put out of force by those of the request. @defaultValue a keep-alive pool that all requests share
   */
  readonly dispatcher?: Dispatcher;
  /** Refuses connections, as `publicHosts()` does, in a pool of this adapter's own; not together with `dispatcher`. @defaultValue none */
  readonly guard?: Connector;
  /**
   * Schemes beside http, https, data and blob: `'file'` for local files, `'ftp'` and `'ftps'` for FTP servers (which the guard
   * holds too, and the dispatcher does not carry), or a name and a handler of your own. Redirects never reach them.
   * @defaultValue none
   */
  readonly schemes?: readonly ('file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler])[];
}

/**
 * The adapter for Node, on undici's `dispatch`: keep-alive connections, gzip, deflate, br and (where Node has it) zstd decoded, redirects
 * followed by the rules of [Fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch), upload progress, trailers. It is
 * the default adapter of `readystream` in Node; make one to give it options. `withCredentials` means nothing here: there are
 * no cookies to send.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 * import { nodeAdapter } from 'readystream/node';
 * import { Agent } from 'undici';
 *
 * const adapter = nodeAdapter({ dispatcher: new Agent({ allowH2: true }) });
 * request('data:,hello', { adapter }).pipe(text()).subscribe(console.log); // hello
 * ```
 */
export function nodeAdapter(options: NodeAdapterOptions = {}): Adapter {
  for (const name in options) checkOneOf('option of nodeAdapter', name, ['dispatcher', 'guard', 'schemes']);
  const handlers = schemeHandlers(options);
  return (request) =>
    new Observable<ReadyStateEvent>((subscriber) => {
      const handler = handlerFor(handlers, request);
      const exchange = new NodeExchange(request, subscriber);
      const sent = nodeRequest(request);
      exchange.start(sent, handler);
      return () => {
        exchange.stop();
        sent.body?.close?.();
      };
    });
}

function schemeHandlers({
  dispatcher,
  guard,
  schemes = [],
}: NodeAdapterOptions): ReadonlyMap<string, SchemeHandler> {
  if (dispatcher !== undefined && guard !== undefined) {
    throw new TypeError(
      'nodeAdapter: give either dispatcher or guard; a guard goes into an agent as `new Agent({ connect: guard })`',
    );
  }
  const connections =
    dispatcher !== undefined
      ? { dispatcherFor: () => dispatcher, takeConnecting: () => undefined }
      : guard !== undefined
        ? httpConnections(guard)
        : sharedConnections();
  const handlers = new Map<string, SchemeHandler>([
    ['http', http(connections)],
    ['https', http(connections)],
    ['data', data],
    ['blob', blob],
  ]);
  for (const scheme of schemes) {
    if (typeof scheme !== 'string') {
      handlers.set(...scheme);
      continue;
    }
    checkOneOf('scheme of nodeAdapter', scheme, optionalSchemes);
    if (scheme === 'file') handlers.set(scheme, file);
    else handlers.set(scheme, guard === undefined ? ftp : ftpWith({ guard }));
  }
  return handlers;
}

function handlerFor(handlers: ReadonlyMap<string, SchemeHandler>, request: NormalizedRequest): SchemeHandler {
  const scheme = request.url.slice(0, request.url.indexOf(':')).toLowerCase();
  const handler = handlers.get(scheme);
  if (handler !== undefined) return handler;
  const reason =
    `the scheme ${scheme}: is not allowed here, only ${[...handlers.keys()].map((name) => `${name}:`).join(', ')}; ` +
    (optionalSchemes.includes(scheme)
      ? `nodeAdapter({ schemes: ['${scheme}'] }) allows it`
      : `nodeAdapter({ schemes: [['${scheme}', handler]] }) would allow it`);
  throw new NetworkError('connect', { request: summarize(request), reason });
}

/** The request as its scheme sends it: the body as bytes, and the header fields that go with every request. */
function nodeRequest(request: NormalizedRequest): SchemeRequest {
  const { method, url, repeatable, headers, limits, redirect, maxRedirects } = request;
  const body = request.body === undefined ? undefined : encodeBody(request.body, announcedLength(headers));
  const fields = withDefaults(headers, body?.contentType);
  return { method, url, repeatable, headers: fields, body, redirect, maxRedirects, limits };
}

const defaults = [
  'accept',
  '*/*',
  'accept-encoding',
  /*#__PURE__*/ acceptEncoding(),
  'user-agent',
  'readystream',
];
const rangeDefaults = [
  'accept',
  '*/*',
  'accept-encoding',
  /*#__PURE__*/ acceptEncoding(true),
  'user-agent',
  'readystream',
];

function withDefaults({ raw }: HeaderMap, contentType: string | undefined): readonly string[] {
  const fields = contentType === undefined ? raw : withDefaultHeaders(raw, ['content-type', contentType]);
  return withDefaultHeaders(fields, hasHeader(raw, 'range') ? rangeDefaults : defaults);
}
