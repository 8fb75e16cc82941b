import { type NormalizedRequest } from '../request/NormalizedRequest.js';

const simpleTypes = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

/**
 * Whether listening to the upload leaves the request as it is. A listener turns a cross-origin request into one with a
 * [CORS preflight](https://xhr.spec.whatwg.org/#the-send()-method), which a server that takes plain form posts refuses;
 * so nobody listens to a cross-origin request that would go without one.
 */
export function mayWatchUpload({ body, method, url, headers }: NormalizedRequest): boolean {
  if (body === undefined) return false;
  const { location } = globalThis as { location?: Location };
  if (location === undefined || method !== 'POST' || new URL(url).origin === location.origin) return true;
  for (const [name, value] of headers) {
    const simple =
      name === 'content-type'
        ? simpleTypes.test(value)
        : /^(?:accept|(?:accept|content)-language)$/.test(name);
    if (!simple) return true;
  }
  return false;
}
