import { type NetworkError } from '../../errors/NetworkError.js';
import { isRedirectStatus } from '../schemes/isRedirectStatus.js';
import { type SchemeResponse } from '../schemes/SchemeHandler.js';
import { corsCheck } from './corsCheck.js';
import { httpRedirectFetch } from './httpRedirectFetch.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/**
 * What [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch) makes of a response: whether the request, which is changed
 * for it, is to be fetched anew; or a network error.
 */
export function handleResponse(request: OngoingRequest, response: SchemeResponse): NetworkError | boolean {
  const { status, headers } = response;
  // HTTP-network-or-cache fetch: If response's status is 407, and there is nobody to prompt, then return a network error.
  if (status === 407) {
    const reason = 'a proxy asks for credentials (407), which its dispatcher has to be given';
    return networkError(request, 'headers', reason);
  }
  // 4.3. If request's response tainting is "cors" and a CORS check for request and response returns failure, then return a
  //      network error.
  if (request.responseTainting === 'cors') {
    const failure = corsCheck(request, headers, 'the answer');
    if (failure !== undefined) return failure;
  }
  // 6. If internalResponse's status is a redirect status, set response to the result of running HTTP-redirect fetch.
  return isRedirectStatus(status) && httpRedirectFetch(request, response);
}
