import { LimitError } from '../../errors/LimitError.js';
import { type NetworkError } from '../../errors/NetworkError.js';
import { type CookieJar, type CookieStore } from '../../http/CookieJar.js';
import { getHeaderValues } from '../../http/headerList.js';
import { originOf, withoutCredentials, withoutFragment } from '../../http/serializedUrl.js';
import { type Cookies } from './fetchContract.js';
import { networkError, summarizeOngoing } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { cookieContext } from './sameSite.js';

/**
 * Adapts a caller's jar to the client's interface. Cookies that the jar refuses are ignored, as in browsers.
 *
 * @param origin - the page's origin, for `SameSite`; `undefined` if there is none.
 */
export function cookiesOf(jar: CookieJar, origin?: string): Cookies {
  return {
    // Also what a jar of another kind throws or gives at once becomes the promise's.
    async get(url) {
      return await jar.getCookieString(url, cookieContext(origin, url));
    },
    async set(field, url) {
      try {
        await jar.setCookie(field, url, { ignoreError: true, ...cookieContext(origin, url) });
      } catch {
        // A jar says in many ways that a cookie is malformed, or not for this URL; none of them fails a request.
      }
    },
  };
}

/**
 * The same for one request outside a page: cookies always go to the store's origin, and elsewhere only with credentials.
 */
export function cookiesOfRequest({ jar, origin }: CookieStore, withCredentials: boolean): Cookies {
  const all = cookiesOf(jar, origin);
  const isIncluded = (url: string): boolean =>
    origin === undefined || withCredentials || originOf(url) === origin;
  return {
    get: (url) => (isIncluded(url) ? all.get(url) : Promise.resolve('')),
    set: (field, url) => (isIncluded(url) ? all.set(field, url) : Promise.resolve()),
  };
}

/** Whether a request in its current state sends and stores cookies. */
export function includesCookies({ origin, responseTainting, includeCredentials }: OngoingRequest): boolean {
  return includeCredentials || (origin !== undefined && responseTainting === 'basic');
}

/** The error for a `Cookie` field that exceeds its limit. */
export function cookieLimitError(request: OngoingRequest, cookie: string): LimitError | undefined {
  const { cookieBytes } = request.limits;
  if (cookie.length <= cookieBytes) return undefined;
  return new LimitError('cookieBytes', cookieBytes, { request: summarizeOngoing(request) });
}

/**
 * [Parse and store response `Set-Cookie` headers](https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers):
 * returns a promise of the resulting network error, if any; `undefined` if there is nothing to store.
 */
export function storeCookies(
  request: OngoingRequest,
  headers: readonly string[],
): Promise<NetworkError | undefined> | undefined {
  const { cookies, method, body } = request;
  if (cookies === undefined || !includesCookies(request)) return undefined;
  const url = withoutFragment(withoutCredentials(request.url));
  const fields = getHeaderValues(headers, 'set-cookie');
  if (fields.length === 0) return undefined;
  return Promise.all(fields.map((field) => cookies.set(field, url))).then(
    () => undefined,
    (cause: unknown) => networkError({ method, url, body }, 'headers', 'the cookies cannot be stored', cause),
  );
}
