import { acceptEncoding } from '../schemes/contentCodings.js';
import { corsUnsafeRequestHeaderNames } from './corsUnsafeRequestHeaderNames.js';
import { defaultUserAgent } from './defaultUserAgent.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { serializeRequestOrigin } from './serializeRequestOrigin.js';

/** The first half of [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): the headers of its `OPTIONS` request. */
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
