import { type NetworkError } from '../../errors/NetworkError.js';
import { extractHeaderList, getHeader, hasHeader } from '../../http/headerList.js';
import { acceptEncoding } from '../schemes/contentCodings.js';
import { type SchemeResponse } from '../schemes/SchemeHandler.js';
import { corsCheck } from './corsCheck.js';
import { corsUnsafeRequestHeaderNames, isCorsSafelistedMethod } from './corsSafelist.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { type PreflightCache } from './PreflightCache.js';
import { defaultUserAgent, serializeRequestOrigin } from './requestHeaders.js';

/**
 * Whether a cross-origin request needs a preflight: step 3.1 of [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch).
 */
export function needsPreflight(request: OngoingRequest, cache: PreflightCache): boolean {
  // There is no method cache entry match for request's method using request, and either request's method is not a
  // CORS-safelisted method or request's use-CORS-preflight flag is set.
  const isUnsafe = request.useCorsPreflight || !isCorsSafelistedMethod(request.method);
  if (isUnsafe && !cache.allowsMethod(request)) return true;
  // There is at least one item in the CORS-unsafe request-header names with request's header list for which there is no
  // header-name cache entry match using request.
  return corsUnsafeRequestHeaderNames(request.headers).some((name) => !cache.allowsHeader(request, name));
}

/**
 * Runs the first half of [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): returns the headers of its
 * `OPTIONS` request.
 */
export function corsPreflightRequest(request: OngoingRequest): readonly string[] {
  // 1. Let preflight be a new request whose method is `OPTIONS`, … and response tainting is "cors".
  // 2. Append (`Accept`, `*/*`) to preflight's header list.
  // 3. Append (`Access-Control-Request-Method`, request's method) to preflight's header list.
  const headers = ['Accept', '*/*', 'Access-Control-Request-Method', request.method];
  // 4. Let headers be the CORS-unsafe request-header names with request's header list.
  const names = corsUnsafeRequestHeaderNames(request.headers);
  // 5. If headers is not empty, then append (`Access-Control-Request-Headers`, the items separated by `,`).
  if (names.length > 0) headers.push('Access-Control-Request-Headers', names.join(','));
  // 6. Let response be the result of running HTTP-network-or-cache fetch given preflight.
  // Note: its credentials mode is "same-origin", so that it carries neither cookies nor credentials.
  if (request.referrer !== undefined) headers.push('Referer', request.referrer);
  headers.push('Origin', serializeRequestOrigin(request), 'User-Agent', defaultUserAgent);
  headers.push('Accept-Encoding', acceptEncoding());
  return headers;
}

/** In seconds; applies if the server sends none. */
const defaultMaxAge = 5;

/**
 * Runs the second half of [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): remembers that the
 * response allows the request, or returns a network error.
 */
export function corsPreflightResponse(
  request: OngoingRequest,
  { status, headers }: SchemeResponse,
  cache: PreflightCache,
): NetworkError | undefined {
  const refuse = (reason: string): NetworkError =>
    networkError(request, 'headers', `CORS: the preflight's response ${reason}`);
  // 7. If a CORS check for request and response returns success and response's status is an ok status, then:
  const failure = corsCheck(request, headers, "the preflight's response");
  if (failure !== undefined) return failure;
  if (status < 200 || status > 299) return refuse(`has the status ${status}: it must be from 200 to 299`);
  // 7.1. Let methods be the result of extracting header list values given `Access-Control-Allow-Methods`.
  const allowedMethods = extractHeaderList(headers, 'access-control-allow-methods');
  // 7.2. Let headerNames be the result of extracting header list values given `Access-Control-Allow-Headers`.
  const allowedHeaders = extractHeaderList(headers, 'access-control-allow-headers');
  // 7.3. If either methods or headerNames is failure, return a network error.
  if (allowedMethods === 'failure') return refuse('has a malformed Access-Control-Allow-Methods');
  if (allowedHeaders === 'failure') return refuse('has a malformed Access-Control-Allow-Headers');
  // 7.4. If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list containing
  //      request's method.
  const methods = allowedMethods ?? (request.useCorsPreflight ? [request.method] : []);
  const headerNames = (allowedHeaders ?? []).map((name) => name.toLowerCase());
  const { method, includeCredentials } = request;
  // 7.5. If request's method is not in methods, request's method is not a CORS-safelisted method, and request's credentials
  //      mode is "include" or methods does not contain `*`, then return a network error.
  const allowsAllMethods = !includeCredentials && methods.includes('*');
  if (!methods.includes(method) && !isCorsSafelistedMethod(method) && !allowsAllMethods) {
    return refuse(`does not allow the method ${method} (Access-Control-Allow-Methods)`);
  }
  // 7.6. If one of request's header list's names is a CORS non-wildcard request-header name and is not a byte-case-insensitive
  //      match for an item in headerNames, then return a network error.
  const missing = (name: string): NetworkError =>
    refuse(`does not allow the header ${name} (Access-Control-Allow-Headers)`);
  if (hasHeader(request.headers, 'authorization') && !headerNames.includes('authorization')) {
    return missing('authorization');
  }
  // 7.7. For each unsafeName of the CORS-unsafe request-header names with request's header list, if unsafeName is not a
  //      byte-case-insensitive match for an item in headerNames and request's credentials mode is "include" or headerNames
  //      does not contain `*`, return a network error.
  const allowsAllHeaders = !includeCredentials && headerNames.includes('*');
  for (const unsafeName of corsUnsafeRequestHeaderNames(request.headers)) {
    if (!headerNames.includes(unsafeName) && !allowsAllHeaders) return missing(unsafeName);
  }
  // 7.8. Let max-age be the result of extracting header list values given `Access-Control-Max-Age`.
  const maxAge = getHeader(headers, 'access-control-max-age');
  // 7.9. If max-age is failure or null, then set max-age to 5.
  const seconds = maxAge !== undefined && /^\d+$/.test(maxAge) ? Number(maxAge) : defaultMaxAge;
  // 7.10. If max-age is greater than an imposed limit on max-age, then set max-age to the imposed limit.
  // 7.11. If the user agent does not provide for a cache, then return response.
  // 7.12. to 7.15. Set or create a cache entry for each method in methods and each headerName in headerNames.
  cache.store(request, methods, headerNames, seconds);
  // 7.16. Return response.
  // 8. Otherwise, return a network error.
  return undefined;
}
