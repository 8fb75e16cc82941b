import { type FetchClient } from './FetchClient.js';
import { type FetchRequest } from './FetchRequest.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** A request as it sets out, for its client: field by field, so that none of the caller's own goes along. */
export function ongoingRequestOf(request: FetchRequest, client: FetchClient): OngoingRequest {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body,
    useCorsPreflight: request.useCorsPreflight,
    includeCredentials: request.includeCredentials,
    origin: client.origin,
    responseTainting: 'basic',
    isRedirectTainted: false,
    redirectCount: 0,
    referrer: client.referrer,
    referrerPolicy: 'strict-origin-when-cross-origin',
  };
}
