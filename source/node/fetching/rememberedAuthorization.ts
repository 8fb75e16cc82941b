import { basicAuthorization } from './basicAuthorization.js';
import { hasHeader } from './hasHeader.js';
import { type HttpCredentials } from './HttpCredentials.js';
import { type OngoingRequest } from './OngoingRequest.js';

/**
 * The `Authorization` that a request is sent with unasked, by
 * [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
export function rememberedAuthorization(
  request: OngoingRequest,
  credentials: HttpCredentials,
): string | undefined {
  const { headers, url, responseTainting, includeCredentials } = request;
  // If includeCredentials is true, then: If httpRequest's header list does not contain `Authorization`, then:
  if (responseTainting === 'cors' && !includeCredentials) return undefined;
  if (hasHeader(headers, 'authorization')) return undefined;
  // If there's an authentication entry for httpRequest and either httpRequest's use-URL-credentials flag is unset or its
  // current URL does not include credentials, then set authorizationValue to authentication entry.
  const remembered = credentials.find(url);
  if (remembered === undefined) return undefined;
  // Note: an entry that says the same as the URL is used as well, which spares a round trip.
  const own = basicAuthorization(url);
  return own === undefined || own === remembered ? remembered : undefined;
}
