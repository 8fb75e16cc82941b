import { type NormalizedRequest } from '../request/NormalizedRequest.js';

/** The fields, as `name:value`, that need no [preflight](https://fetch.spec.whatwg.org/#cors-safelisted-request-header). */
const simpleField =
  /^(accept|content-language|content-type:(text\/plain|multipart\/form-data|application\/x-www-form-urlencoded))\b/i;

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
    if (!simpleField.test(`${name}:${value}`)) return true;
  }
  return false;
}
