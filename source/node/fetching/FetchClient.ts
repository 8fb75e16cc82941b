import { type Limits } from '../../options/limits.js';
import { type SchemeHandler, type SchemeRedirect } from '../schemes/SchemeHandler.js';
import { type Cookies, type FetchRequest } from './fetchContract.js';
import { type HttpCredentials } from './HttpCredentials.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { type PreflightCache } from './PreflightCache.js';

/** The client that requests are made for: an environment settings object, and what the user agent stores for it. */
export interface FetchClient {
  /** The serialised origin; `undefined` if there is none to protect: then CORS does not apply, and no `Origin` is sent. */
  readonly origin: string | undefined;
  /** The URL to send as `Referer`; `undefined` for none. */
  readonly referrer: string | undefined;
  /** The handlers of the allowed schemes. */
  readonly schemes: ReadonlyMap<string, SchemeHandler>;
  /** The limits of requests that do not set their own. */
  readonly limits: Limits;
  readonly cookies: Cookies | undefined;
  /** Basic credentials by protection space. */
  readonly credentials: HttpCredentials;
  readonly preflights: PreflightCache;
  /**
   * Whether it acts for its callers as a browser does for a page: it responds to challenges (401) with a URL's credentials or
   * remembered ones, hides `Set-Cookie` and credentials, reports nothing before `fetch` has returned, and buffers the whole body.
   * Otherwise it reports each response as it arrives, except for redirects.
   */
  readonly actsAsBrowser: boolean;
  /** The header fields added to requests that do not set them: names and values in turn. */
  readonly usualHeaders: readonly string[];
  /** The function that takes this client's options, for error messages. */
  readonly maker: 'createXMLHttpRequest' | 'nodeAdapter';
}

const noRedirects: readonly SchemeRedirect[] = [];

/**
 * Returns the initial state of a client's request, copied field by field, so that none of the caller's own properties come along.
 */
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
