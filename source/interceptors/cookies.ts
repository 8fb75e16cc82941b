import { type CookieJar } from '../http/CookieJar.js';
import { parseUrl, shownUrl } from '../http/serializedUrl.js';
import { checkOneOf } from '../options/checks.js';
import { type Interceptor } from '../request/Adapter.js';

/** What {@link cookies} takes besides the jar. */
export interface CookiesOptions {
  /**
   * The origin of the page that requests are made for, as a browser would: to it cookies go always, to others where the request says
   * `withCredentials`, and to other sites no cookies that are `SameSite`. @defaultValue none: all cookies go where the jar says
   */
  readonly origin?: string | undefined;
}

/**
 * An interceptor that keeps cookies, in Node: those of each response, redirects included, go into the jar, and from it to each
 * request. `limits.cookieBytes` bounds the field. In browsers, which have cookies of their own, such a request is a `TypeError`.
 *
 * @param jar - a `CookieJar` of [tough-cookie](https://github.com/salesforce/tough-cookie), or what has its methods.
 *
 * @example
 * ```ts
 * import { cookies, createRequest, json } from 'readystream';
 * import { concat } from 'rxjs';
 * import { CookieJar } from 'tough-cookie';
 *
 * const request = createRequest({ interceptors: [cookies(new CookieJar())] });
 * const session$ = request('https://shop.example/session').pipe(json());
 * concat(session$, session$).subscribe(console.log); // { cookie: null }, then { cookie: 'session=1' }
 * ```
 *
 * @see [RFC 6265: HTTP state management](https://www.rfc-editor.org/rfc/rfc6265)
 */
export function cookies(jar: CookieJar, options: CookiesOptions = {}): Interceptor {
  for (const name in options) checkOneOf('option of cookies', name, ['origin']);
  // What a caller without types may give.
  for (const method of ['getCookieString', 'setCookie'] as const) {
    if (typeof (jar as Partial<CookieJar> | undefined)?.[method] !== 'function')
      throw new TypeError(`cookies(): the jar has no method ${method}(): give a CookieJar of tough-cookie`);
  }
  const origin = options.origin === undefined ? undefined : parseUrl(options.origin)?.origin;
  if (options.origin !== undefined && (origin === undefined || origin === 'null'))
    throw new TypeError(
      `cookies(): origin must be an origin such as 'https://shop.example', not '${shownUrl(options.origin)}'`,
    );
  return (next) => (request) => next({ ...request, cookies: { jar, origin } });
}
