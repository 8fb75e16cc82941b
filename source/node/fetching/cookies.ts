import { type NetworkError } from '../../errors/NetworkError.js';
import { getHeaderValues } from '../../http/headerList.js';
import { withoutCredentials, withoutFragment } from '../../http/serializedUrl.js';
import { type Cookies } from './fetchContract.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** Where cookies are kept: a `CookieJar` of [tough-cookie](https://github.com/salesforce/tough-cookie), or what has these methods of it. */
export interface CookieJar {
  /** Gives the `Cookie` field for a URL; empty where there is none. */
  getCookieString(url: string): Promise<string>;
  /** Stores a `Set-Cookie` field that a URL answered with. Whether it rejects what is malformed or not for this URL is the jar's affair. */
  setCookie(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): Promise<unknown>;
  /** The same, at once: needed by synchronous requests only. */
  getCookieStringSync?(url: string): string;
  /** The same, at once: needed by synchronous requests only. */
  setCookieSync?(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): unknown;
}

/** A jar of the caller's as what a client asks for its cookies. What the jar refuses is passed over, as browsers do. */
export function cookiesOf(jar: CookieJar): Cookies {
  return {
    // Also what a jar of another kind throws or gives at once becomes the promise's.
    async get(url) {
      return await jar.getCookieString(url);
    },
    async set(field, url) {
      try {
        await jar.setCookie(field, url, { ignoreError: true });
      } catch {
        // A jar says in many ways that a cookie is malformed, or not for this URL; none of them fails a request.
      }
    },
  };
}

/**
 * [Parse and store response `Set-Cookie` headers](https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers): a
 * promise of the network error that comes of it, if any; `undefined` where there is nothing to store.
 */
export function storeCookies(
  cookies: Cookies,
  request: OngoingRequest,
  headers: readonly string[],
): Promise<NetworkError | undefined> | undefined {
  const url = withoutFragment(withoutCredentials(request.url));
  const fields = getHeaderValues(headers, 'set-cookie');
  if (fields.length === 0) return undefined;
  const { method, body } = request;
  return Promise.all(fields.map((field) => cookies.set(field, url))).then(
    () => undefined,
    (cause: unknown) => networkError({ method, url, body }, 'headers', 'the cookies cannot be stored', cause),
  );
}
