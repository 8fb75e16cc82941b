import { type NetworkError } from '../../errors/NetworkError.js';
import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { getHeader } from '../../http/headerList.js';
import { type SchemeResponse } from '../schemes/SchemeHandler.js';
import { httpRedirectFetch } from './httpRedirectFetch.js';
import { isRedirectStatus } from './locationUrl.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { serializeRequestOrigin } from './requestHeaders.js';

/**
 * Runs a [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check); `undefined` is its success.
 *
 * @param answer - the response's name in errors: `'the response'`, `'the preflight's response'`.
 */
export function corsCheck(
  request: OngoingRequest,
  headers: readonly string[],
  answer: string,
): NetworkError | undefined {
  const serialized = serializeRequestOrigin(request);
  const refuse = (reason: string): NetworkError =>
    networkError(request, 'headers', `CORS: ${answer} ${reason}, so ${serialized} may not read it`);
  // 1. Let origin be the result of getting `Access-Control-Allow-Origin` from response's header list.
  const origin = getHeader(headers, 'access-control-allow-origin');
  // 2. If origin is null, then return failure.
  if (origin === undefined) return refuse('has no Access-Control-Allow-Origin');
  // 3. If request's credentials mode is not "include" and origin is `*`, then return success.
  if (!request.includeCredentials && origin === '*') return undefined;
  // 4. If the result of byte-serializing a request origin with request is not origin, then return failure.
  if (serialized !== origin) {
    const why = origin === '*' ? ', which is not enough with credentials' : '';
    return refuse(`has Access-Control-Allow-Origin: ${origin.slice(0, 200)}${why}`);
  }
  // 5. If request's credentials mode is not "include", then return success.
  if (!request.includeCredentials) return undefined;
  // 6. Let credentials be the result of getting `Access-Control-Allow-Credentials` from response's header list.
  // 7. If credentials is `true`, then return success.
  if (getHeader(headers, 'access-control-allow-credentials') === 'true') return undefined;
  // 8. Return failure.
  return refuse('has no Access-Control-Allow-Credentials: true, which requests with credentials need');
}

/**
 * Handles a response as in [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch): returns whether the request, changed
 * as needed, is to be fetched again, or a network error.
 */
export function handleResponse(
  request: OngoingRequest,
  response: SchemeResponse,
): ReadystreamError | boolean {
  const { status, headers } = response;
  // HTTP-network-or-cache fetch: If response's status is 407, and there is nobody to prompt, then return a network error.
  if (status === 407 && request.actsAsBrowser) {
    const reason = 'a proxy requires credentials (407): configure them in the dispatcher';
    return networkError(request, 'headers', reason);
  }
  // 4.3. If request's response tainting is "cors" and a CORS check for request and response returns failure, then return a
  //      network error.
  if (request.responseTainting === 'cors') {
    const failure = corsCheck(request, headers, 'the response');
    if (failure !== undefined) return failure;
  }
  // 6. If internalResponse's status is a redirect status, set response to the result of running HTTP-redirect fetch.
  // Note: where request's redirect mode is "manual", the response is handed over as it is: nothing is hidden from who asked for it.
  return isRedirectStatus(status) && request.redirect !== 'manual' && httpRedirectFetch(request, response);
}
