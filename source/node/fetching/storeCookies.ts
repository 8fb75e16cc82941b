import { type NetworkError } from '../../errors/NetworkError.js';
import { type Cookies } from './Cookies.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { withoutCredentials } from './withoutCredentials.js';
import { withoutFragment } from './withoutFragment.js';

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
  const stored: Promise<void>[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] === 'set-cookie') stored.push(cookies.set(headers[index + 1] ?? '', url));
  }
  if (stored.length === 0) return undefined;
  const { method, body } = request;
  return Promise.all(stored).then(
    () => undefined,
    (cause: unknown) => networkError({ method, url, body }, 'headers', 'the cookies cannot be stored', cause),
  );
}
