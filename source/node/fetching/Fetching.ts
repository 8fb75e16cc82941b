import { ReadystreamError } from '../../errors/ReadystreamError.js';
import { isHttpUrl, originOf, withoutCredentials, withoutFragment } from '../../http/serializedUrl.js';
import { type SchemeHandler, type SchemeResponse, type SchemeSink } from '../schemes/SchemeHandler.js';
import { authenticate, type Authentication } from './authenticate.js';
import { rememberedAuthorization } from './basicCredentials.js';
import { BufferedBody } from './BufferedBody.js';
import { cookieLimitError, includesCookies, storeCookies } from './cookies.js';
import { handleResponse } from './corsCheck.js';
import { corsPreflightRequest, corsPreflightResponse, needsPreflight } from './corsPreflight.js';
import { ExchangeControl } from './ExchangeControl.js';
import { type FetchClient, ongoingRequestOf } from './FetchClient.js';
import { type FetchRequest, type FetchSink } from './fetchContract.js';
import { FetchReports } from './FetchReports.js';
import { filterResponse } from './filterResponse.js';
import { missingAbortError, networkError, unknownScheme } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { PassedReports } from './PassedReports.js';
import { determineReferrer } from './referrer.js';
import { requestHeaders } from './requestHeaders.js';

/** Between two exchanges; waiting for the response to a preflight or to the request; discarding its rest, or passing it on; over. */
type Stage = 'between' | 'preflight' | 'request' | 'discarding' | 'response' | 'over';

/** The next step of a fetch after a response that is not the last. */
type NextStep = 'mainFetch' | 'httpNetworkOrCacheFetch';

/**
 * One [fetch](https://fetch.spec.whatwg.org/#concept-fetch) from its first exchange to its last, and the sink of them all: the
 * parts of the standard's algorithms that wait for the network. The other parts have their own files.
 */
export class Fetching extends PassedReports implements SchemeSink {
  readonly #client: FetchClient;
  /** Wraps the sink if the client acts as a browser. */
  readonly #reports: FetchReports | undefined;
  readonly #request: OngoingRequest;
  #stage: Stage = 'between';
  #handler: SchemeHandler | undefined;
  readonly #control = new ExchangeControl();
  #isPaused = false;
  /** The `Authorization` that was sent, unless the author set it. */
  #authorization: string | undefined;
  /** Set for an authentication fetch. */
  #authentication: Authentication | undefined;
  #isBodyNull = false;
  #sent = -1;
  /** Counts what the caller of a browser-like client holds. */
  readonly #buffered: BufferedBody | undefined;

  constructor(request: FetchRequest, client: FetchClient, sink: FetchSink) {
    const reports = client.actsAsBrowser ? new FetchReports(sink, request.body) : undefined;
    super(reports ?? sink);
    this.#client = client;
    this.#reports = reports;
    this.#request = ongoingRequestOf(request, client);
    this.#buffered = reports && new BufferedBody(this.#request);
  }

  start(): void {
    this.#mainFetch();
    this.#reports?.started();
  }

  terminate(): void {
    this.#reports?.terminate();
    if (!this.#isOver()) this.#stop();
  }

  /** Stops reading the body for now. */
  pause(): void {
    this.#isPaused = true;
    if (this.#stage === 'response') this.#control.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#stage === 'response') this.#control.resume();
  }

  received(byteLength: number): void {
    if (this.#stage === 'response') this.sink.bodyReceived?.(byteLength);
  }

  sent(loaded: number): void {
    // What is sent anew has been told of already.
    if (this.#stage !== 'request' || loaded <= this.#sent) return;
    this.#sent = loaded;
    this.sink.requestBodySent(loaded);
  }

  head(response: SchemeResponse): void {
    if (this.#stage === 'preflight') this.#preflightAnswered(response);
    else if (this.#stage === 'request') this.#answered(response);
  }

  data(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#stage !== 'response' || this.#isBodyNull || chunk.byteLength === 0) return;
    const failure = this.#buffered?.add(chunk);
    if (failure === undefined) this.sink.bodyChunk(chunk);
    else this.#fail(failure);
  }

  end(trailers: readonly string[]): void {
    if (this.#stage !== 'response') return;
    this.#stage = 'over';
    this.sink.endOfBody(trailers);
  }

  error(error: ReadystreamError): void {
    // Its head was all that was wanted.
    if (this.#stage !== 'discarding') this.#fail(error);
  }

  /**
   * [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch) up to scheme fetch; `filterResponse` is the rest.
   *
   * Note: the checks that protect browser users are left out: Content Security Policy, mixed content, bad ports and HSTS.
   */
  #mainFetch(): void {
    const request = this.#request;
    const { method, url } = request;
    const { schemes, usualHeaders } = this.#client;
    const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
    this.#handler = schemes.get(scheme);
    if (this.#handler === undefined) this.#fail(unknownScheme(request, scheme, this.#client));
    // Note: by the standard data: alone is answered across origins; here also what else the caller allows.
    else if (scheme !== 'http' && scheme !== 'https') {
      this.#exchange('request', method, requestHeaders(request, usualHeaders, '', undefined), url);
    } else {
      // If request's referrer is not "no-referrer", then set it to the result of invoking determine request's referrer.
      request.referrer = determineReferrer(request);
      // Unless request's current URL's origin is same origin with request's origin, and request's response tainting is
      // "basic", set request's response tainting to "cors".
      if (request.origin !== undefined && originOf(url) !== request.origin) request.responseTainting = 'cors';
      this.#httpFetch();
    }
  }

  /** [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch) up to the exchange; there are no service workers. */
  #httpFetch(): void {
    const request = this.#request;
    if (request.responseTainting === 'cors' && needsPreflight(request, this.#client.preflights)) {
      this.#exchange('preflight', 'OPTIONS', corsPreflightRequest(request), withoutCredentials(request.url));
    } else this.#httpNetworkOrCacheFetch();
  }

  /**
   * [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch) up to the exchange; there
   * is no cache.
   */
  #httpNetworkOrCacheFetch(): void {
    const request = this.#request;
    const { credentials, actsAsBrowser } = this.#client;
    const { cookies } = request;
    if (actsAsBrowser) {
      this.#authorization =
        this.#authentication?.authorization ?? rememberedAuthorization(request, credentials);
    }
    if (cookies === undefined || !includesCookies(request)) {
      this.#httpNetworkFetch('');
      return;
    }
    this.#stage = 'between';
    cookies.get(withoutFragment(withoutCredentials(request.url))).then(
      (cookie) => {
        if (!this.#isOver()) this.#httpNetworkFetch(cookie);
      },
      (cause: unknown) => {
        this.#fail(networkError(request, 'connect', 'the cookies cannot be read', cause));
      },
    );
  }

  /** [HTTP-network fetch](https://fetch.spec.whatwg.org/#concept-http-network-fetch) up to the exchange. */
  #httpNetworkFetch(cookie: string): void {
    const request = this.#request;
    const failure = cookieLimitError(request, cookie);
    if (failure !== undefined) {
      this.#fail(failure);
      return;
    }
    const headers = requestHeaders(request, this.#client.usualHeaders, cookie, this.#authorization);
    this.#exchange('request', request.method, headers, withoutCredentials(request.url));
  }

  /** Passes a request to its scheme handler, which reports the response to `head`. */
  #exchange(stage: 'preflight' | 'request', method: string, headers: readonly string[], url: string): void {
    const { limits, encoded } = this.#request;
    const handler = this.#handler;
    const body = stage === 'preflight' ? undefined : this.#request.body;
    const repeatable = body?.repeatable !== false;
    this.#stage = stage;
    this.#control.drop();
    try {
      const exchange = handler?.({ method, url, repeatable, headers, body, encoded, limits }, this);
      if (!this.#control.take(exchange))
        void missingAbortError(this.#request, exchange).then(this.#fail.bind(this));
      else if (this.#isOver()) this.#control.abort();
      else if (this.#isPaused) this.pause();
    } catch (cause) {
      this.#fail(networkError(this.#request, 'connect', 'the scheme handler threw an error', cause));
    }
  }

  #preflightAnswered(response: SchemeResponse): void {
    const failure = corsPreflightResponse(this.#request, response, this.#client.preflights);
    if (failure !== undefined) this.#fail(failure);
    else this.#discard(undefined, 'httpNetworkOrCacheFetch');
  }

  #answered(response: SchemeResponse): void {
    const request = this.#request;
    if (!isHttpUrl(request.url)) {
      this.#respond(undefined, response);
      return;
    }
    // HTTP-network fetch: If includeCredentials is true, then parse and store response `Set-Cookie` headers.
    const stored = storeCookies(request, response.headers);
    const next = this.#next(response);
    if (next === undefined) this.#respond(stored, response);
    else if (next instanceof ReadystreamError) this.#fail(next);
    else this.#discard(stored, next);
  }

  /** Runs the same algorithms from the inside out on a response. Returns the next step, if this response is not the last. */
  #next(response: SchemeResponse): ReadystreamError | NextStep | undefined {
    const request = this.#request;
    const { credentials, actsAsBrowser } = this.#client;
    // HTTP-network-or-cache fetch: If response's status is 401, …
    if (actsAsBrowser) {
      const again = authenticate(request, response, this.#authorization, this.#authentication, credentials);
      if (again instanceof ReadystreamError) return again;
      this.#authentication = again;
      if (again !== undefined) return 'httpNetworkOrCacheFetch';
    }
    // HTTP fetch: the CORS check, and redirects.
    const isRedirected = handleResponse(request, response);
    if (isRedirected instanceof ReadystreamError) return isRedirected;
    return isRedirected ? 'mainFetch' : undefined;
  }

  /** Continues without the rest of a response once its cookies are stored. */
  #discard(stored: Promise<ReadystreamError | undefined> | undefined, next: NextStep): void {
    const go = (failure: ReadystreamError | undefined): void => {
      if (this.#isOver()) return;
      if (failure !== undefined) this.#fail(failure);
      else if (next === 'mainFetch') this.#mainFetch();
      else this.#httpNetworkOrCacheFetch();
    };
    this.#stage = 'discarding';
    // A short body is there together with the head: by the next turn it has been read, and in the one after that undici has
    // put the connection back. Nobody waits for a longer one.
    setImmediate(() => {
      this.#control.abort();
      setImmediate(() => {
        if (stored === undefined) go(undefined);
        else void stored.then(go);
      });
    });
  }

  #respond(stored: Promise<ReadystreamError | undefined> | undefined, response: SchemeResponse): void {
    const filtered = filterResponse(this.#request, response);
    const reports = this.#reports;
    this.#stage = 'response';
    this.#isBodyNull = filtered.isBodyNull;
    if (stored !== undefined && reports !== undefined) {
      reports.pause();
      void stored.then((failure) => {
        if (failure === undefined) reports.resume();
        else {
          // The response may have come to its end meanwhile.
          if (!this.#isOver()) this.#stop();
          reports.failed(failure);
        }
      });
    }
    if (this.#isPaused) this.pause();
    this.sink.response(filtered);
  }

  #fail(error: ReadystreamError): void {
    if (this.#isOver()) return;
    const request = this.#request;
    // Main fetch: If corsWithPreflightResponse is a network error, then clear cache entries using request.
    const isResponse = this.#stage === 'response';
    if (!isResponse && request.responseTainting === 'cors') this.#client.preflights.clear(request);
    this.#stop();
    this.sink.failed(error);
  }

  #stop(): void {
    this.#stage = 'over';
    this.#control.abort();
  }

  #isOver(): boolean {
    return this.#stage === 'over';
  }
}
