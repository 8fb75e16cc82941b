import { type Limits } from '../../options/limits.js';
import { type SchemeHandler } from '../schemes/SchemeHandler.js';
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
  readonly limits: Limits;
  readonly cookies: Cookies | undefined;
  /** Basic credentials by protection space. */
  readonly credentials: HttpCredentials;
  readonly preflights: PreflightCache;
}

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
    redirectCount: 0,
    referrer: client.referrer,
    referrerPolicy: 'strict-origin-when-cross-origin',
  };
}
