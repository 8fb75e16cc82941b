import { LimitError, NetworkError } from '../core.js';
import { isRedirectStatus } from '../core.node.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type SchemeHandler, type SchemeResponse, type SchemeSink } from '../schemes/SchemeHandler.js';
import { appendHeaders } from './appendHeaders.js';
import { type Authentication, challengedAuthentication } from './challengedAuthentication.js';
import { corsCheck } from './corsCheck.js';
import { corsPreflightRequest } from './corsPreflightRequest.js';
import { corsPreflightResponse } from './corsPreflightResponse.js';
import { determineReferrer } from './determineReferrer.js';
import { type FetchClient } from './FetchClient.js';
import { type FetchRequest } from './FetchRequest.js';
import { type FetchSink } from './FetchSink.js';
import { filterResponse } from './filterResponse.js';
import { HeldReports } from './HeldReports.js';
import { httpRedirectFetch } from './httpRedirectFetch.js';
import { isHttpUrl } from './isHttpUrl.js';
import { needsPreflight } from './needsPreflight.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { originOf } from './originOf.js';
import { rememberedAuthorization } from './rememberedAuthorization.js';
import { serializeRequestOrigin } from './serializeRequestOrigin.js';
import { summaryOf } from './summaryOf.js';
import { withoutCredentials } from './withoutCredentials.js';
import { withoutFragment } from './withoutFragment.js';

/**
 * Where a fetch stands with its exchanges: between two of them; an answer is awaited, of a preflight or of the request; what
 * follows of an answer is of no use, or is passed on; all is over.
 */
type Stage = 'between' | 'preflight' | 'request' | 'discarding' | 'response' | 'over';

/**
 * One [fetch](https://fetch.spec.whatwg.org/#concept-fetch) from its first exchange to its last, and the sink of them all: the
 * algorithms of the standard that wait for the network, with those that do not in files of their own.
 */
export class Fetching implements SchemeSink {
  readonly #client: FetchClient;
  readonly #sink: FetchSink;
  readonly #request: OngoingRequest;
  #stage: Stage = 'between';
  #handler: SchemeHandler | undefined;
  #abort: (() => void) | undefined;
  #authorization: string | undefined;
  /** Set while isAuthenticationFetch is true. */
  #authentication: Authentication | undefined;
  #isBodyNull = false;
  /** `undefined` once all of the request's body has been reported. */
  #bodyToSend: FetchRequest['body'];
  #bodySent = 0;
  /** For how many reasons nothing may be passed on yet. */
  #holds = 0;
  #held: HeldReports | undefined;
  #isTerminated = false;

  constructor(request: FetchRequest, client: FetchClient, sink: FetchSink) {
    const { method, url, headers, body, useCorsPreflight, includeCredentials } = request;
    this.#client = client;
    this.#sink = sink;
    this.#bodyToSend = body;
    this.#request = {
      method,
      url,
      headers,
      body,
      useCorsPreflight,
      includeCredentials,
      origin: client.origin,
      responseTainting: 'basic',
      isRedirectTainted: false,
      redirectCount: 0,
      referrer: client.referrer,
      referrerPolicy: 'strict-origin-when-cross-origin',
    };
  }

  /** Begins. What is reported at once is held until the caller has been told how to terminate. */
  start(): void {
    this.#holds++;
    this.#mainFetch();
    if (this.#held === undefined) this.#holds--;
    else {
      queueMicrotask(() => {
        this.#release();
      });
    }
  }

  terminate(): void {
    this.#isTerminated = true;
    if (this.#stage !== 'over') this.#stop();
  }

  connecting(): void {
    // Nobody asks.
  }

  connected(): void {
    // Nobody asks.
  }

  received(): void {
    // Nobody asks.
  }

  sent(loaded: number): void {
    if (this.#stage !== 'request' || this.#bodyToSend === undefined) return;
    if (loaded > this.#bodySent) {
      this.#bodySent = loaded;
      this.#out.requestBodySent(loaded);
    }
    if (loaded === this.#bodyToSend.length) this.#endRequestBody();
  }

  head(response: SchemeResponse): void {
    if (this.#stage === 'preflight') this.#preflightAnswered(response);
    else if (this.#stage === 'request') this.#answered(response);
  }

  data(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#stage !== 'response' || this.#isBodyNull || chunk.byteLength === 0) return;
    this.#out.bodyChunk(chunk);
    const { bufferedBytes } = this.#client.limits;
    if (this.#held !== undefined && this.#held.byteLength > bufferedBytes) {
      this.#fail(new LimitError('bufferedBytes', bufferedBytes, { request: summaryOf(this.#request) }));
    }
  }

  end(): void {
    if (this.#stage !== 'response') return;
    this.#stage = 'over';
    this.#out.endOfBody();
  }

  error(error: ReadystreamError): void {
    if (this.#stage !== 'discarding') this.#fail(error);
  }

  /**
   * [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch), its first half; {@link filterResponse} is the other.
   *
   * Note: there is no Content Security Policy, no mixed content, no list of bad ports and no HSTS here: they protect pages.
   */
  #mainFetch(): void {
    const request = this.#request;
    const { url } = request;
    const scheme = url.slice(0, url.indexOf(':'));
    const handler = this.#client.schemes.get(scheme);
    if (handler === undefined) {
      this.#fail(this.#unknownScheme(scheme));
      return;
    }
    this.#handler = handler;
    if (!isHttpUrl(url)) {
      // Note: by the standard only data: is fetched across origins; here also what the caller has allowed besides.
      this.#exchange('request', request.method, appendHeaders(request.headers, []), url);
      return;
    }
    // If request's referrer is not "no-referrer", then set it to the result of invoking determine request's referrer.
    request.referrer = determineReferrer(request);
    // request's current URL's origin is same origin with request's origin, and request's response tainting is "basic";
    // otherwise set request's response tainting to "cors".
    if (request.origin !== undefined && originOf(url) !== request.origin) request.responseTainting = 'cors';
    this.#httpFetch();
  }

  /** [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch) up to the exchange; there are no service workers. */
  #httpFetch(): void {
    const request = this.#request;
    this.#authentication = undefined;
    if (request.responseTainting === 'cors' && needsPreflight(request, this.#client.preflights)) {
      this.#exchange('preflight', 'OPTIONS', corsPreflightRequest(request), withoutCredentials(request.url));
    } else this.#httpNetworkOrCacheFetch();
  }

  /**
   * [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch) up to the exchange; there is no cache.
   *
   * @param authentication - set for an authentication fetch.
   */
  #httpNetworkOrCacheFetch(authentication?: Authentication): void {
    const request = this.#request;
    const { cookies, credentials } = this.#client;
    this.#authentication = authentication;
    this.#authorization = authentication?.authorization ?? rememberedAuthorization(request, credentials);
    if (cookies === undefined || !this.#includesCookies()) {
      this.#httpNetworkFetch('');
      return;
    }
    this.#stage = 'between';
    cookies.get(withoutFragment(withoutCredentials(request.url))).then(
      (cookie) => {
        if (this.#stage !== 'over') this.#httpNetworkFetch(cookie);
      },
      (cause: unknown) => {
        this.#fail(networkError(request, 'connect', 'the cookies cannot be read', cause));
      },
    );
  }

  #httpNetworkFetch(cookie: string): void {
    const request = this.#request;
    const { method, origin, referrer } = request;
    const more: string[] = [];
    if (referrer !== undefined) more.push('Referer', referrer);
    // Append a request `Origin` header.
    const isCors = request.responseTainting === 'cors';
    if (isCors || (origin !== undefined && method !== 'GET' && method !== 'HEAD')) {
      more.push('Origin', serializeRequestOrigin(request));
    }
    // Note: no Fetch metadata, which is for servers to tell what pages do; and no `Cache-Control`, for there is no cache.
    if (cookie !== '') more.push('Cookie', cookie);
    if (this.#authorization !== undefined) more.push('Authorization', this.#authorization);
    this.#exchange('request', method, appendHeaders(request.headers, more), withoutCredentials(request.url));
  }

  #preflightAnswered(response: SchemeResponse): void {
    const failure = corsPreflightResponse(this.#request, response, this.#client.preflights);
    if (failure !== undefined) this.#fail(failure);
    else {
      this.#discard(undefined, () => {
        this.#httpNetworkOrCacheFetch();
      });
    }
  }

  /** What the three algorithms do once there is a response. */
  #answered(response: SchemeResponse): void {
    const request = this.#request;
    const { status, headers } = response;
    if (!isHttpUrl(request.url)) {
      this.#respond(undefined, response);
      return;
    }
    // HTTP-network fetch: If includeCredentials is true, then the user agent should parse and store response `Set-Cookie` headers.
    const stored = this.#storeCookies(headers);
    // HTTP-network-or-cache fetch: If response's status is 401, httpRequest's response tainting is not "cors", …
    if (status === 401 && request.responseTainting !== 'cors') {
      const authentication = this.#challenged(headers);
      if (authentication !== undefined) {
        if (request.body?.repeatable === false) {
          const reason = 'a 401 asks for the body once more, but a stream can be sent only once';
          this.#fail(networkError(request, 'headers', reason));
          return;
        }
        this.#discard(stored, () => {
          this.#httpNetworkOrCacheFetch(authentication);
        });
        return;
      }
    } else if (this.#authentication !== undefined) {
      // If isAuthenticationFetch is true, then create an authentication entry for request and the given realm.
      // Note: not where it was refused.
      const { realm, authorization } = this.#authentication;
      this.#client.credentials.set(request.url, realm, authorization);
    }
    const next = this.#followed(response);
    if (next instanceof NetworkError) this.#fail(next);
    else if (next) {
      this.#discard(stored, () => {
        this.#mainFetch();
      });
    } else this.#respond(stored, response);
  }

  /** The rest of HTTP fetch, but for the main fetch of a redirect: whether there is one, or a network error. */
  #followed(response: SchemeResponse): NetworkError | boolean {
    const request = this.#request;
    const { status, headers } = response;
    // HTTP-network-or-cache fetch: If response's status is 407 and there is nobody to prompt, return a network error.
    if (status === 407) {
      const reason = "a proxy asks for credentials (407): give them to the dispatcher's proxy agent";
      return networkError(request, 'headers', reason);
    }
    // If request's response tainting is "cors" and a CORS check for request and response returns failure, …
    if (request.responseTainting === 'cors') {
      const failure = corsCheck(request, headers, 'the answer');
      if (failure !== undefined) return failure;
    }
    return isRedirectStatus(status) && httpRedirectFetch(request, response);
  }

  #challenged(headers: readonly string[]): Authentication | undefined {
    const { credentials } = this.#client;
    const refused = this.#authentication;
    if (refused === undefined) {
      return challengedAuthentication(this.#request, headers, this.#authorization, credentials);
    }
    credentials.remove(this.#request.url, refused.realm, refused.authorization);
    return undefined;
  }

  #includesCookies(): boolean {
    const { origin, responseTainting, includeCredentials } = this.#request;
    return includeCredentials || (origin !== undefined && responseTainting === 'basic');
  }

  #storeCookies(headers: readonly string[]): Promise<unknown> | undefined {
    const { cookies } = this.#client;
    if (cookies === undefined || !headers.includes('set-cookie') || !this.#includesCookies())
      return undefined;
    const url = withoutFragment(withoutCredentials(this.#request.url));
    const fields = headers.filter((_, index) => index % 2 === 1 && headers[index - 1] === 'set-cookie');
    return Promise.all(fields.map((field) => cookies.set(field, url)));
  }

  /** Hands the request to its scheme; `head` hears of the answer. */
  #exchange(stage: 'preflight' | 'request', method: string, headers: readonly string[], url: string): void {
    const body = stage === 'preflight' ? undefined : this.#request.body;
    const repeatable = body?.repeatable !== false;
    const { limits } = this.#client;
    this.#stage = stage;
    this.#abort = undefined;
    try {
      const abort = this.#handler?.(
        { method, url, repeatable, headers, body, redirect: 'manual', maxRedirects: 0, limits },
        this,
      );
      if (this.#isOver()) abort?.();
      else this.#abort = abort;
    } catch (cause) {
      this.#fail(networkError(this.#request, 'connect', 'the scheme threw an error', cause));
    }
  }

  /** Goes on without the rest of an answer. */
  #discard(stored: Promise<unknown> | undefined, next: () => void): void {
    const go = (): void => {
      if (this.#stage !== 'over') next();
    };
    this.#stage = 'discarding';
    // A short body is there together with the head: by the next turn it has been read, and in the one after that undici has
    // put the connection back. Nobody waits for a longer one.
    setImmediate(() => {
      this.#abort?.();
      setImmediate(() => {
        if (stored === undefined) go();
        else stored.then(go, this.#failToStore);
      });
    });
  }

  #respond(stored: Promise<unknown> | undefined, response: SchemeResponse): void {
    const filtered = filterResponse(this.#request, response);
    this.#stage = 'response';
    this.#isBodyNull = filtered.isBodyNull;
    if (stored !== undefined) {
      this.#holds++;
      stored.then(() => {
        this.#release();
      }, this.#failToStore);
    }
    this.#endRequestBody();
    if (!this.#isOver()) this.#out.response(filtered);
  }

  #endRequestBody(): void {
    if (this.#bodyToSend === undefined || this.#isOver()) return;
    this.#bodyToSend = undefined;
    this.#out.requestEndOfBody();
  }

  #fail(error: ReadystreamError): void {
    if (this.#stage === 'over') return;
    const { preflights } = this.#client;
    // Main fetch: If corsWithPreflightResponse is a network error, then clear cache entries using request.
    if (this.#stage !== 'response' && this.#request.responseTainting === 'cors')
      preflights.clear(this.#request);
    this.#stop();
    this.#out.failed(error);
  }

  readonly #failToStore = (cause: unknown): void => {
    if (this.#isTerminated) return;
    this.#stop();
    this.#sink.failed(networkError(this.#request, 'headers', 'the cookies cannot be stored', cause));
  };

  #stop(): void {
    this.#stage = 'over';
    this.#abort?.();
  }

  #isOver(): boolean {
    return this.#stage === 'over';
  }

  get #out(): FetchSink {
    return this.#holds === 0 ? this.#sink : (this.#held ??= new HeldReports(this.#sink));
  }

  #release(): void {
    if (--this.#holds > 0) return;
    const held = this.#held;
    this.#held = undefined;
    held?.release(() => this.#isTerminated);
  }

  #unknownScheme(scheme: string): NetworkError {
    const allowed = [...this.#client.schemes.keys()].map((name) => `${name}:`).join(', ');
    const reason =
      `the scheme ${scheme}: is not allowed here, only ${allowed}; ` +
      `createXMLHttpRequest({ schemes: ['${scheme}'] }) allows it`;
    return networkError(this.#request, 'connect', reason);
  }
}
