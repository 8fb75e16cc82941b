import { basicAuthorization } from './basicAuthorization.js';
import { basicRealm } from './basicRealm.js';
import { hasHeader } from './hasHeader.js';
import { type HttpCredentials } from './HttpCredentials.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** What a challenge is answered with. */
export interface Authentication {
  readonly realm: string;
  /** The `Authorization` field. */
  readonly authorization: string;
}

/**
 * What a request is repeated with after a 401, by [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch):
 * the user name and password of its URL, else what is remembered for the realm, where a user would be prompted. `undefined` where
 * there is nothing new to try, or the author has given an `Authorization` of his own.
 *
 * @param sent - the `Authorization` that was refused just now; it is forgotten.
 */
export function challengedAuthentication(
  request: OngoingRequest,
  headers: readonly string[],
  sent: string | undefined,
  credentials: HttpCredentials,
): Authentication | undefined {
  const { url } = request;
  const realm = basicRealm(headers);
  if (realm === undefined || hasHeader(request.headers, 'authorization')) return undefined;
  if (sent !== undefined) credentials.remove(url, realm, sent);
  const authorization = basicAuthorization(url) ?? credentials.get(url, realm);
  return authorization === undefined || authorization === sent ? undefined : { realm, authorization };
}
