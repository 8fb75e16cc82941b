import { type CookieJar } from '../../fetching/CookieJar.js';
import { type FetchRequest } from '../../fetching/FetchRequest.js';
import { networkError } from '../../fetching/networkError.js';
import { type SyncMessage, type SyncReply } from './SyncMessage.js';

/**
 * Asks the jar, which is in this thread, for the other.
 *
 * @throws NetworkError where the jar cannot answer at once.
 */
export function serveCookies(
  message: Extract<SyncMessage, { type: 'getCookies' | 'setCookie' }>,
  jar: CookieJar,
  request: FetchRequest,
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
      jar.setCookieSync(message.field, message.url, { ignoreError: true });
    } catch {
      // A jar says in many ways that a cookie is malformed, or not for this URL; none of them fails a request.
    }
    return undefined;
  }
  try {
    return { type: 'cookies', id: message.id, value: jar.getCookieStringSync(message.url) };
  } catch (cause) {
    throw networkError(request, 'connect', 'the cookieJar could not be read synchronously', cause);
  }
}
