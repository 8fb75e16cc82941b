import { type CookieJar } from './CookieJar.js';
import { type Cookies } from './Cookies.js';

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
