import { Observable } from 'rxjs';
import { announcedLength, encodeBody } from '../body/encodeBody.js';
import { withDefaultHeaders } from '../http/headerList.js';
import { cookiesOfRequest } from '../node/fetching/cookies.js';
import { makePlainClient } from '../node/fetching/makeFetchClient.js';
import { type Connector } from '../node/schemes/HttpConnections.js';
import { type SchemeHandler } from '../node/schemes/SchemeHandler.js';
import { checkOneOf } from '../options/checks.js';
import { type Adapter } from '../request/Adapter.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { NodeExchange } from './NodeExchange.js';
import { type HttpDispatcher } from '../node/schemes/HttpDispatcher.js';

/** Options of {@link nodeAdapter}. */
export interface NodeAdapterOptions {
  /**
   * The dispatcher for http and https, of undici 7 or 8: a proxy agent, an agent with `allowH2`, a CA or a client certificate, a
   * cache, a mock. Its own header limit (16 KiB by default) applies, even if `limits.headerBytes` allows more; the request's time
   * limits replace its own for headers and body. @defaultValue a keep-alive pool that all requests share
   */
  readonly dispatcher?: HttpDispatcher;
  /**
   * Refuses connections, as `publicHosts()` does, with a separate connection pool for this adapter; not together with
   * `dispatcher`. @defaultValue none
   */
  readonly guard?: Connector;
  /**
   * Schemes besides http, https, data and blob: `'file'` for local files, `'ftp'` and `'ftps'` for FTP servers (to which the
   * guard applies, but not the dispatcher), or a name and your own handler. Redirects never reach them.
   * @defaultValue none
   */
  readonly schemes?: readonly ('file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler])[];
}

/**
 * The adapter for Node, on undici's `dispatch`: keep-alive connections, gzip, deflate, br and (where Node has it) zstd
 * decoded, redirects followed by the rules of [Fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch), upload progress,
 * trailers. It is the default adapter of `readystream` in Node; make your own to set options. It sends no cookies, unless the
 * interceptor `cookies()` provides a jar.
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
  const client = makePlainClient(options);
  return (request) =>
    new Observable<ReadyStateEvent>((subscriber) => {
      const body =
        request.body === undefined ? undefined : encodeBody(request.body, announcedLength(request.headers));
      const contentType = body?.contentType;
      const { cookies } = request;
      const { raw } = request.headers;
      const exchange = new NodeExchange(request, body, subscriber);
      exchange.start(
        {
          method: request.method,
          url: request.url,
          headers: contentType === undefined ? raw : withDefaultHeaders(raw, ['content-type', contentType]),
          body,
          useCorsPreflight: false,
          includeCredentials: cookies !== undefined,
          cookies: cookies && cookiesOfRequest(cookies, request.withCredentials),
          redirect: request.redirect,
          maxRedirects: request.maxRedirects,
          encoded: request.encoded,
          limits: request.limits,
        },
        client,
      );
      return exchange;
    });
}
