import { createRequire } from 'node:module';
import { type CookieContext } from '../../http/CookieJar.js';
import { parseUrl } from '../../http/serializedUrl.js';

/**
 * How `SameSite` is to be judged for a request of a page: [same site](https://html.spec.whatwg.org/multipage/browsers.html#same-site)
 * or not. No request is a navigation here, so that cookies that are `Lax` go with those of the same site alone.
 *
 * @param origin - the page's; `undefined` for a request of nobody's, which goes with all cookies.
 */
export function cookieContext(origin: string | undefined, url: string): CookieContext {
  if (origin === undefined) return {};
  return { sameSiteContext: isSameSite(parseUrl(origin), parseUrl(url)) ? 'strict' : 'none' };
}

function isSameSite(one: URL | undefined, other: URL | undefined): boolean {
  // An opaque origin is no site but its own.
  if (one === undefined || one.protocol !== other?.protocol) return false;
  if (one.hostname === other.hostname) return true;
  const domain = registrableDomain(one.hostname);
  return domain !== undefined && domain === registrableDomain(other.hostname);
}

let registrable: ((hostname: string) => string | undefined) | undefined;

/** By tough-cookie's list of public suffixes, since it has the cookies; without it every host is a site of its own. */
function registrableDomain(hostname: string): string | undefined {
  if (registrable === undefined) {
    try {
      const require = createRequire(import.meta.url);
      const { getPublicSuffix } = require('tough-cookie') as {
        // It gives the suffix and one label more.
        getPublicSuffix: (hostname: string, options: object) => string | undefined;
      };
      registrable = (name) => getPublicSuffix(name, { ignoreError: true });
    } catch {
      registrable = () => undefined;
    }
  }
  return registrable(hostname);
}
