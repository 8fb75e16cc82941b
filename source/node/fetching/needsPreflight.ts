import { corsUnsafeRequestHeaderNames } from './corsUnsafeRequestHeaderNames.js';
import { isCorsSafelistedMethod } from './isCorsSafelistedMethod.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { type PreflightCache } from './PreflightCache.js';

/** Whether a request across origins has to be asked for first: step 3.1 of [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch). */
export function needsPreflight(request: OngoingRequest, cache: PreflightCache): boolean {
  // There is no method cache entry match for request's method using request, and either request's method is not a
  // CORS-safelisted method or request's use-CORS-preflight flag is set.
  const isUnsafe = request.useCorsPreflight || !isCorsSafelistedMethod(request.method);
  if (isUnsafe && !cache.allowsMethod(request)) return true;
  // There is at least one item in the CORS-unsafe request-header names with request's header list for which there is no
  // header-name cache entry match using request.
  return corsUnsafeRequestHeaderNames(request.headers).some((name) => !cache.allowsHeader(request, name));
}
