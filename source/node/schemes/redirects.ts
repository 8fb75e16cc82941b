import { NetworkError } from '../../errors/NetworkError.js';
import { shownUrl } from '../../http/serializedUrl.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeRequest } from './SchemeHandler.js';

/** The standard's request-body-header names, and the length, which undici writes anew. */
const bodyHeaders = /^content-(?:encoding|language|location|type|length)$/i;
/** What is meant for one origin: credentials, and a `Host` that the caller set. */
const originHeaders = /^(?:authorization|proxy-authorization|cookie|host)$/i;

/**
 * [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch): the request that follows a redirect, or
 * `undefined` where the response is none after all.
 *
 * @param request - the request that was answered.
 * @param response - its answer: a redirect status and the `Location` field, as isomorphic text.
 * @param count - how many redirects were followed before.
 * @throws NetworkError where the redirect may not be followed.
 */
export function httpRedirectFetch(
  request: SchemeRequest,
  response: { readonly status: number; readonly location: string | undefined },
  count: number,
): SchemeRequest | undefined {
  const refuse = (reason: string): NetworkError =>
    new NetworkError('headers', { request: summarize(request), reason });
  const { status } = response;

  // 1. Let internalResponse be response, if response is not a filtered response; …
  // 2. Let locationURL be internalResponse's location URL given request's current URL's fragment.
  // 3. If locationURL is null, then return response.
  if (response.location === undefined) return undefined;

  // 4. If locationURL is failure, then return a network error.
  const currentURL = new URL(request.url);
  const locationURL = locationUrl(response.location, currentURL);
  if (locationURL === undefined)
    throw refuse(`a redirect to an invalid URL (${shownUrl(response.location).slice(0, 200)})`);

  // 5. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (locationURL.protocol !== 'http:' && locationURL.protocol !== 'https:') {
    throw refuse(`a redirect to ${locationURL.protocol} is not followed, only http: and https: are`);
  }

  // 6. If request's redirect count is 20, then return a network error.
  // Note: the caller's maxRedirects, 20 by default.
  if (count >= request.maxRedirects)
    throw refuse(`more than ${request.maxRedirects} redirects (maxRedirects)`);

  // 7. Increase request's redirect count by 1.
  // Note: the caller counts, by the list of redirects.

  // 8. If request's mode is "cors", locationURL includes credentials, … then return a network error.
  // 9. If request's response tainting is "cors" and locationURL includes credentials, then return a network error.
  // Note: there is no CORS here; a user name and password in a redirect are dropped, so that no server can make us send any.
  locationURL.username = '';
  locationURL.password = '';

  let { method, body, headers } = request;

  // 11. If one of the following is true: internalResponse's status is 301 or 302 and request's method is `POST`;
  //     internalResponse's status is 303 and request's method is not `GET` or `HEAD`; then:
  // Note: before step 10, so that a stream that need not be sent again does not stop the redirect.
  const simplified =
    status === 303
      ? method !== 'GET' && method !== 'HEAD'
      : (status === 301 || status === 302) && method === 'POST';
  if (simplified) {
    // 11.1. Set request's method to `GET` and request's body to null.
    method = 'GET';
    body = undefined;
    // 11.2. For each headerName of request-body-header name, delete headerName from request's header list.
    headers = without(headers, bodyHeaders);
  }

  // 10. If internalResponse's status is not 303, request's body is non-null, and request's body's source is null, then
  //     return a network error.
  if (body !== undefined && !body.repeatable) {
    throw refuse(`a ${status} redirect needs the body again, but a stream can be sent only once`);
  }

  // 12. If request's current URL's origin is not same origin with locationURL's origin, then for each headerName of CORS
  //     non-wildcard request-header name, delete headerName from request's header list.
  // Note: cookies, proxy credentials and the host are ordinary header fields here, and go as well.
  if (currentURL.origin !== locationURL.origin) headers = without(headers, originHeaders);

  // 13. If request's body is non-null, then set request's body to the body of the result of safely extracting request's
  //     body's source.
  // 14. to 19. (timing, the URL list, the referrer policy, main fetch) are the caller's.
  return { ...request, method, url: locationURL.href, headers, body };
}

function without(headers: readonly string[], names: RegExp): readonly string[] {
  return headers.filter((_, index) => !names.test(headers[index - (index % 2)] ?? ''));
}

/** Whether it is a [redirect status](https://fetch.spec.whatwg.org/#redirect-status). */
export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url); `undefined` is its failure.
 *
 * @param location - the field's value, as isomorphic text.
 * @param current - the URL that answered, whose fragment is inherited.
 */
export function locationUrl(location: string, current: URL): URL | undefined {
  // Field values come as isomorphic text; browsers read a Location's bytes as UTF-8, as its servers mean them.
  const bytes = Buffer.from(location, 'latin1');
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\uFFFD') ? location : utf8;
  if (!URL.canParse(text, current)) return undefined;
  const url = new URL(text, current);
  // If location is a URL whose fragment is null, then set location's fragment to requestFragment.
  if (!url.href.includes('#')) url.hash = current.hash;
  return url;
}
