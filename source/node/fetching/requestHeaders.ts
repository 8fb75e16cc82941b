import { hasHeader, withDefaultHeaders } from '../../http/headerList.js';
import { isHttpUrl } from '../../http/serializedUrl.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** The [default `User-Agent` value](https://fetch.spec.whatwg.org/#default-user-agent-value). */
export const defaultUserAgent = 'readystream';

/** [Serializing a request origin](https://fetch.spec.whatwg.org/#serializing-a-request-origin). */
export function serializeRequestOrigin(request: OngoingRequest): string {
  // 1. Assert: request's origin is not "client".
  // 2. If request's redirect-taint is not "same-origin", then return "null".
  // 3. Return request's origin, serialized.
  return request.isRedirectTainted ? 'null' : (request.origin ?? 'null');
}

/** A range of a body that was encoded as a whole could not be decoded. */
const forRange: readonly string[] = ['Accept-Encoding', 'identity'];

/**
 * Returns the header list to send, by [Fetch](https://fetch.spec.whatwg.org/#concept-fetch) and
 * [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 *
 * Note: undici sets `Content-Length`; there are no Fetch metadata, which tell servers about pages; and since there is no cache,
 * no `Cache-Control` to bypass one.
 *
 * @param usual - the fields added to requests that do not set them.
 * @param cookie - the `Cookie` field, empty for none.
 * @param authorization - the `Authorization` field, if the author has not set it.
 */
export function requestHeaders(
  request: OngoingRequest,
  usual: readonly string[],
  cookie: string,
  authorization: string | undefined,
): readonly string[] {
  const { method, url, headers, origin, responseTainting, referrer } = request;
  const isHttp = isHttpUrl(url);
  const isOriginSent =
    responseTainting === 'cors' || (origin !== undefined && isHttp && method !== 'GET' && method !== 'HEAD');
  const isRefererSent = referrer !== undefined && isHttp;
  const isUsual = !isOriginSent && !isRefererSent && cookie === '' && authorization === undefined;
  if (isUsual && headers.length === 0) return usual;
  const ranged = hasHeader(headers, 'range') ? withDefaultHeaders(headers, forRange) : headers;
  const fields = [...withDefaultHeaders(ranged, usual)];
  if (isRefererSent) fields.push('Referer', referrer);
  if (isOriginSent) fields.push('Origin', serializeRequestOrigin(request));
  if (cookie !== '') fields.push('Cookie', cookie);
  if (authorization !== undefined) fields.push('Authorization', authorization);
  return fields;
}
