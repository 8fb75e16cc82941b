import { type CookieJar } from '../../../http/CookieJar.js';
import { type Cookies, type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { cookieContext } from '../../fetching/sameSite.js';
import { type SyncMessage, type SyncReply } from './protocol.js';

/** The cookies of a jar in another thread, which answers in the order that it is asked in. */
export class PostedCookies implements Cookies {
  readonly #post: (message: SyncMessage) => void;
  readonly #waiting = new Map<number, (value: string) => void>();
  #lastId = 0;

  constructor(post: (message: SyncMessage) => void) {
    this.#post = post;
  }

  get(url: string): Promise<string> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post({ type: 'getCookies', id, url });
    });
  }

  set(field: string, url: string): Promise<void> {
    this.#post({ type: 'setCookie', field, url });
    return Promise.resolve();
  }

  answered(id: number, value: string): void {
    this.#waiting.get(id)?.(value);
    this.#waiting.delete(id);
  }
}

/**
 * Asks the jar, which is in this thread, for the other.
 *
 * @throws NetworkError where the jar cannot answer at once.
 */
export function serveCookies(
  message: Extract<SyncMessage, { type: 'getCookies' | 'setCookie' }>,
  jar: CookieJar,
  request: FetchRequest,
  origin: string | undefined,
): SyncReply | undefined {
  if (jar.getCookieStringSync === undefined || jar.setCookieSync === undefined) {
    throw networkError(
      request,
      'connect',
      'the cookieJar has no getCookieStringSync and setCookieSync, which synchronous requests need: give one that has them, or make the request asynchronous',
    );
  }
  if (message.type === 'setCookie') {
    try {
      jar.setCookieSync(message.field, message.url, {
        ignoreError: true,
        ...cookieContext(origin, message.url),
      });
    } catch {
      // A jar says in many ways that a cookie is malformed, or not for this URL; none of them fails a request.
    }
    return undefined;
  }
  try {
    return {
      type: 'cookies',
      id: message.id,
      value: jar.getCookieStringSync(message.url, cookieContext(origin, message.url)),
    };
  } catch (cause) {
    throw networkError(request, 'connect', 'the cookieJar could not be read synchronously', cause);
  }
}
