import { type OngoingRequest } from './OngoingRequest.js';

/** [Serializing a request origin](https://fetch.spec.whatwg.org/#serializing-a-request-origin). */
export function serializeRequestOrigin(request: OngoingRequest): string {
  // 1. Assert: request's origin is not "client".
  // 2. If request's redirect-taint is not "same-origin", then return "null".
  // 3. Return request's origin, serialized.
  return request.isRedirectTainted ? 'null' : (request.origin ?? 'null');
}
