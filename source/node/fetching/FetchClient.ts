import { type Limits } from '../../options/limits.js';
import { type SchemeHandler, type SchemeRedirect } from '../schemes/SchemeHandler.js';
import { type Cookies, type FetchRequest } from './fetchContract.js';
import { type HttpCredentials } from './HttpCredentials.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { type PreflightCache } from './PreflightCache.js';

/** For whom requests are made: an environment settings object, and what the user agent keeps for it. */
export interface FetchClient {
  /** The serialised origin; `undefined` where there is none to protect: then CORS does not apply, and no `Origin` is sent. */
  readonly origin: string | undefined;
  /** The URL to tell servers about; `undefined` for no `Referer`. */
  readonly referrer: string | undefined;
  /** What may be fetched, by scheme. */
  readonly schemes: ReadonlyMap<string, SchemeHandler>;
  /** What bounds the requests that do not say so themselves. */
  readonly limits: Limits;
  readonly cookies: Cookies | undefined;
  /** Basic credentials by protection space. */
  readonly credentials: HttpCredentials;
  readonly preflights: PreflightCache;
  /**
   * Whether it does for its callers what a browser does for a page: it answers challenges (401) by what a URL says or it remembers,
   * keeps `Set-Cookie` and credentials to itself, tells nothing before `fetch` has returned, and holds the whole of a body.
   * Otherwise all that a server answers is told as it comes, redirects excepted.
   */
  readonly actsAsBrowser: boolean;
  /** The header fields that go with a request which does not name them: names and values in turn. */
  readonly usualHeaders: readonly string[];
  /** The function that takes the options of this client, for errors. */
  readonly maker: 'createXMLHttpRequest' | 'nodeAdapter';
}

const noRedirects: readonly SchemeRedirect[] = [];

/** A request as it sets out, for its client: field by field, so that none of the caller's own goes along. */
export function ongoingRequestOf(request: FetchRequest, client: FetchClient): OngoingRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body,
    useCorsPreflight: request.useCorsPreflight,
    includeCredentials: request.includeCredentials,
    origin: client.origin,
    responseTainting: 'basic',
    isRedirectTainted: false,
    redirect: request.redirect ?? 'follow',
    maxRedirects: request.maxRedirects ?? 20,
    redirects: noRedirects,
    referrer: client.referrer,
    referrerPolicy: 'strict-origin-when-cross-origin',
    cookies: request.cookies ?? client.cookies,
    encoded: request.encoded,
    limits: request.limits ?? client.limits,
    actsAsBrowser: client.actsAsBrowser,
  };
}
