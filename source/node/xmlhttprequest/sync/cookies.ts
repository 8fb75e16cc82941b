import { type CookieJar } from '../../../http/CookieJar.js';
import { type Cookies, type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { cookieContext } from '../../fetching/sameSite.js';
import { type SyncMessage, type SyncReply } from './protocol.js';

/** The cookies of a jar in another thread, which replies to requests in their order. */
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
 * Serves the other thread's requests from the jar in this thread.
 *
 * @throws NetworkError if the jar cannot be used synchronously.
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
      'the cookieJar lacks getCookieStringSync or setCookieSync, which synchronous requests need: use a jar that has both, or make the request asynchronous',
    );
  }
  if (message.type === 'setCookie') {
    try {
      jar.setCookieSync(message.field, message.url, {
        ignoreError: true,
        ...cookieContext(origin, message.url),
      });
    } catch {
      // Jars report a malformed cookie, or one for another URL, in many ways; none of them makes a request fail.
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
