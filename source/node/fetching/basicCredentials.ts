import { basicAuthorization } from '../../http/basicAuthorization.js';
import { getHeaderValues, hasHeader } from '../../http/headerList.js';
import { credentialsOf, percentDecode } from '../../http/serializedUrl.js';
import { type HttpCredentials } from './HttpCredentials.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** Returns the `Authorization` field for the user name and password of a URL; `undefined` if it has neither. */
export function urlAuthorization(url: string): string | undefined {
  const { username, password } = credentialsOf(url);
  if (username === '' && password === '') return undefined;
  return basicAuthorization(percentDecode(username), percentDecode(password));
}

/** Matches a comma; a token, which is a scheme or has a value; or anything else. */
const piece =
  /[\t ]*(?:(,)|([-!#$%&'*+.^`|~\w]+)(?:[\t ]*=[\t ]*(?:"((?:[^"\\]|\\[^])*)"|([-!#$%&'*+.^`|~\w]+)))?|"(?:[^"\\]|\\[^])*"?|[^])/y;

/**
 * The realm of the first Basic challenge in a response's `WWW-Authenticate` fields
 * ([RFC 9110, 11.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1)); empty if it names none, `undefined` if there is no
 * Basic challenge.
 */
export function basicRealm(headers: readonly string[]): string | undefined {
  for (const field of getHeaderValues(headers, 'www-authenticate')) {
    const realm = realmIn(field);
    if (realm !== undefined) return realm;
  }
  return undefined;
}

function realmIn(field: string): string | undefined {
  let isBasic = false;
  // A scheme comes first or after a comma; what follows it without one is its token68.
  let maySchemeCome = true;
  piece.lastIndex = 0;
  for (let match = piece.exec(field); match !== null; match = piece.exec(field)) {
    const [, comma, token, quoted, plain] = match;
    const value = quoted?.replace(/\\([^])/g, '$1') ?? plain;
    if (comma !== undefined) maySchemeCome = true;
    else if (token !== undefined && value !== undefined) {
      if (isBasic && token.toLowerCase() === 'realm') return value;
    } else if (token !== undefined && maySchemeCome) {
      if (isBasic) return '';
      isBasic = token.toLowerCase() === 'basic';
      maySchemeCome = false;
    }
  }
  return isBasic ? '' : undefined;
}

/**
 * Returns the `Authorization` to send with a request unasked, as in
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
  const own = urlAuthorization(url);
  return own === undefined || own === remembered ? remembered : undefined;
}
