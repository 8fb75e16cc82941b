import { type NetworkError } from '../../errors/NetworkError.js';
import { hasHeader } from '../../http/headerList.js';
import { type SchemeResponse } from '../schemes/SchemeHandler.js';
import { basicRealm, urlAuthorization } from './basicCredentials.js';
import { type HttpCredentials } from './HttpCredentials.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** The response to a challenge. */
export interface Authentication {
  readonly realm: string;
  /** The `Authorization` field. */
  readonly authorization: string;
}

/**
 * Handles a 401, or the response to an authentication fetch, as in
 * [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch): returns the credentials to
 * repeat the request with, a network error, or `undefined` for neither.
 *
 * @param sent - the `Authorization` sent with the request, unless the author set it.
 * @param tried - set if this is the response to an authentication fetch.
 */
export function authenticate(
  request: OngoingRequest,
  { status, headers }: SchemeResponse,
  sent: string | undefined,
  tried: Authentication | undefined,
  credentials: HttpCredentials,
): Authentication | NetworkError | undefined {
  const { url, body } = request;
  if (status !== 401) {
    // If isAuthenticationFetch is true, then create an authentication entry for request and the given realm.
    // Note: unless it was refused.
    if (tried !== undefined) credentials.set(url, tried.realm, tried.authorization);
    return undefined;
  }
  // If response's status is 401, httpRequest's response tainting is not "cors", includeCredentials is true, …
  const realm = basicRealm(headers);
  if (realm === undefined || request.responseTainting === 'cors') return undefined;
  // What was refused is remembered no longer, and nothing is tried after the URL's own credentials.
  if (sent !== undefined) credentials.remove(url, tried?.realm ?? realm, sent);
  if (tried !== undefined || hasHeader(request.headers, 'authorization')) return undefined;
  // Note: where a user would be prompted, what opened the realm before is tried.
  const authorization = urlAuthorization(url) ?? credentials.get(url, realm);
  if (authorization === undefined || authorization === sent) return undefined;
  // If request's body is non-null and its source is null, then return a network error.
  if (body?.repeatable !== false) return { realm, authorization };
  const reason = 'authentication (401) needs the body again, but a stream can be sent only once';
  return networkError(request, 'headers', reason);
}
