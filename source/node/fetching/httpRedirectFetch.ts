import { LimitError } from '../../errors/LimitError.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { getHeader, withoutHeaders } from '../../http/headerList.js';
import {
  includesCredentials,
  shownUrl,
  withoutCredentials,
  withoutFragment,
} from '../../http/serializedUrl.js';
import { type SchemeResponse } from '../schemes/SchemeHandler.js';
import { locationUrl } from './locationUrl.js';
import { networkError, summarizeOngoing } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { parseReferrerPolicy } from './referrer.js';

/**
 * The standard's [request-body-header names](https://fetch.spec.whatwg.org/#request-body-header-name), and the length, which
 * undici sets again.
 */
const bodyHeaders = /^content-(?:encoding|language|location|type|length)$/i;
/** The fields meant for one origin. The standard lists only `Authorization`, since authors of pages cannot set the others. */
const originHeaders = /^(?:authorization|proxy-authorization|cookie|host)$/i;

/**
 * [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch): turns a request into the redirected one, and returns
 * whether there is one, or a network error.
 */
export function httpRedirectFetch(
  request: OngoingRequest,
  response: SchemeResponse,
): ReadystreamError | boolean {
  const refuse = (reason: string): ReadystreamError => networkError(request, 'headers', reason);
  const { status } = response;

  // 1. Let internalResponse be response, if response is not a filtered response; …
  // 2. Let locationURL be internalResponse's location URL given request's current URL's fragment.
  const locations = response.headers.filter(
    (_, index, { [index - 1]: name }) => index % 2 === 1 && name === 'location',
  );
  const [location] = locations;
  // 3. If locationURL is null, then return response.
  if (location === undefined) return false;

  // Note: HTTP fetch refuses a redirect where request's redirect mode is "error", and does not come here where it is "manual".
  if (request.redirect === 'error') {
    return refuse(`a redirect (${status}), which the option redirect: 'error' forbids`);
  }

  // 4. If locationURL is failure, then return a network error.
  const currentURL = new URL(request.url);
  // Note: several Location fields that say the same are one, as in Chromium.
  const isOne = locations.every((other) => other === location);
  if (!isOne) return refuse('a redirect to several URLs at once');
  const locationURL = locationUrl(location, currentURL);
  if (locationURL === undefined)
    return refuse(`a redirect to an invalid URL (${shownUrl(location).slice(0, 200)})`);

  // 5. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (locationURL.protocol !== 'http:' && locationURL.protocol !== 'https:') {
    return refuse(`a redirect to ${locationURL.protocol} is not followed, only http: and https: are`);
  }
  // Note: a URL that grows with each redirect would grow without end.
  const { href, origin } = locationURL;
  const { urlBytes } = request.limits;
  if (href.length > urlBytes) {
    return new LimitError('urlBytes', urlBytes, { request: summarizeOngoing(request) });
  }

  // 6. If request's redirect count is 20, then return a network error.
  // Note: it is the number of the redirects that are remembered, and 20 unless the caller says otherwise.
  const { redirects, maxRedirects } = request;
  if (redirects.length >= maxRedirects) return refuse(`more than ${maxRedirects} redirects (maxRedirects)`);
  // 7. Increase request's redirect count by 1.
  request.redirects = [...redirects, { url: withoutFragment(request.url), status }];

  const { origin: requestOrigin } = request;
  // 8. If request's mode is "cors", locationURL includes credentials, and request's origin is not same origin with
  //    locationURL's origin, then return a network error.
  // 9. If request's response tainting is "cors" and locationURL includes credentials, then return a network error.
  const isCors =
    request.responseTainting === 'cors' || (requestOrigin !== undefined && requestOrigin !== origin);
  if (isCors && includesCredentials(href)) {
    return refuse('a redirect across origins to a URL with a user name or password is not followed');
  }

  // 11. If one of the following is true: internalResponse's status is 301 or 302 and request's method is `POST`;
  //     internalResponse's status is 303 and request's method is not `GET` or `HEAD`; then:
  // Note: before step 10, so that a stream that need not be sent again does not stop the redirect.
  const simplified =
    status === 303
      ? request.method !== 'GET' && request.method !== 'HEAD'
      : (status === 301 || status === 302) && request.method === 'POST';
  if (simplified) {
    // 11.1. Set request's method to `GET` and request's body to null.
    request.method = 'GET';
    request.body = undefined;
    // 11.2. For each headerName of request-body-header name, delete headerName from request's header list.
    request.headers = withoutHeaders(request.headers, bodyHeaders);
  }

  // 10. If internalResponse's status is not 303, request's body is non-null, and request's body's source is null, then
  //     return a network error.
  if (request.body?.repeatable === false) {
    return refuse(`a ${status} redirect needs the body again, but a stream can be sent only once`);
  }

  // 12. If request's current URL's origin is not same origin with locationURL's origin, then for each headerName of CORS
  //     non-wildcard request-header name, delete headerName from request's header list.
  const isCrossOrigin = currentURL.origin !== origin;
  if (isCrossOrigin) request.headers = withoutHeaders(request.headers, originHeaders);

  // 13. If request's body is non-null, then set request's body to the body of the result of safely extracting request's
  //     body's source.
  // Note: it is read anew whenever it is sent.
  // 14. to 16. (timing)

  // 17. Append locationURL to request's URL list.
  // Note: without an origin there is no CORS to refuse credentials of another server's choice: they are dropped; and all are where
  // nobody would send them.
  const keepsCredentials = request.actsAsBrowser && (requestOrigin !== undefined || !isCrossOrigin);
  request.url = keepsCredentials ? href : withoutCredentials(href);
  // The redirect-taint is other than "same-origin" from here on if neither these two URLs are of one origin, nor the first of
  // them of request's.
  if (isCrossOrigin && currentURL.origin !== requestOrigin) request.isRedirectTainted = true;

  // 18. Invoke set request's referrer policy on redirect on request and internalResponse.
  const policy = getHeader(response.headers, 'referrer-policy');
  if (policy !== undefined) request.referrerPolicy = parseReferrerPolicy(policy) ?? request.referrerPolicy;
  // 19. to 21. Return the result of running main fetch.
  // Note: the caller runs it.
  return true;
}
