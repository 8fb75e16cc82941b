import { parseUrl, shownUrl } from '../../http/serializedUrl.js';
import { defaultLimits, type Limits, mergeLimits } from '../../options/limits.js';
import { acceptEncoding } from '../schemes/contentCodings.js';
import { type FetchClient } from './FetchClient.js';
import { type Cookies } from './fetchContract.js';
import { HttpCredentials } from './HttpCredentials.js';
import { PreflightCache } from './PreflightCache.js';
import { defaultUserAgent } from './requestHeaders.js';
import { schemeHandlers, type TransportOptions } from './schemeHandlers.js';

/** The options of a client; see `XMLHttpRequestOptions` for their meaning. */
export interface FetchClientOptions extends Omit<TransportOptions, 'guard'> {
  readonly origin?: string | undefined;
  readonly referrer?: string | URL | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly cookies?: Cookies | undefined;
}

/** Makes a client that acts as a browser. Throws a `TypeError` for an invalid option. */
export function makeFetchClient({
  origin,
  referrer,
  schemes,
  dispatcher,
  limits,
  cookies,
}: FetchClientOptions = {}): FetchClient {
  return {
    origin: origin === undefined ? undefined : originFrom(origin),
    referrer: referrer === undefined ? undefined : stripForReferrer(referrer),
    schemes: schemeHandlers({ schemes, dispatcher }),
    limits: mergeLimits(defaultLimits, limits),
    cookies,
    credentials: new HttpCredentials(),
    preflights: new PreflightCache(),
    actsAsBrowser: true,
    usualHeaders: [
      ...['Accept', '*/*', 'Accept-Language', '*', 'User-Agent', defaultUserAgent],
      ...['Accept-Encoding', acceptEncoding()],
    ],
    maker: 'createXMLHttpRequest',
  };
}

/** Makes a client without a page: no origin, no cookies, and no credentials except in the caller's own header fields. */
export function makePlainClient(options: TransportOptions): FetchClient {
  return {
    origin: undefined,
    referrer: undefined,
    schemes: schemeHandlers(options, 'scheme of nodeAdapter'),
    limits: defaultLimits,
    cookies: undefined,
    credentials: new HttpCredentials(),
    preflights: new PreflightCache(),
    actsAsBrowser: false,
    usualHeaders: ['accept', '*/*', 'accept-encoding', acceptEncoding(), 'user-agent', defaultUserAgent],
    maker: 'nodeAdapter',
  };
}

/** Serialises an origin as in the standard; `'null'` is an opaque one, which equals no other. */
export function originFrom(text: string): string {
  if (text === 'null') return text;
  const url = parseUrl(text);
  if (url === undefined || url.origin === 'null') {
    throw new TypeError(
      `The option origin must be an origin such as 'https://shop.example', not '${shownUrl(text)}'`,
    );
  }
  return url.origin;
}

/** [Strip url for use as a referrer](https://w3c.github.io/webappsec-referrer-policy/#strip-url); `undefined` is no referrer. */
function stripForReferrer(text: string | URL): string | undefined {
  const url = parseUrl(text);
  if (url === undefined) {
    throw new TypeError(`The option referrer must be an absolute URL, not '${shownUrl(String(text))}'`);
  }
  // A server is told of no URL but one of its own kind.
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.username = url.password = url.hash = '';
  return url.href;
}
