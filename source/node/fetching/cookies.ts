import { type NetworkError } from '../../errors/NetworkError.js';
import { getHeaderValues } from '../../http/headerList.js';
import { withoutCredentials, withoutFragment } from '../../http/serializedUrl.js';
import { type Cookies } from './fetchContract.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/**
 * A store of cookies: a `CookieJar` of [tough-cookie](https://github.com/salesforce/tough-cookie), or an object with these
 * methods.
 */
export interface CookieJar {
  /** Returns the `Cookie` field for a URL; empty if there is none. */
  getCookieString(url: string): Promise<string>;
  /** Stores a `Set-Cookie` field of a URL's response. The jar may reject a field that is malformed or not for this URL. */
  setCookie(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): Promise<unknown>;
  /** The same, synchronously: only needed for synchronous requests. */
  getCookieStringSync?(url: string): string;
  /** The same, synchronously: only needed for synchronous requests. */
  setCookieSync?(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): unknown;
}

/** Adapts a jar of the caller's to the client's interface. Cookies that the jar refuses are ignored, as in browsers. */
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
 * [Parse and store response `Set-Cookie` headers](https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers):
 * returns a promise of the resulting network error, if any; `undefined` if there is nothing to store.
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
