import { acceptEncoding } from '../schemes/contentCodings.js';
import { defaultUserAgent } from './defaultUserAgent.js';
import { hasHeader } from './hasHeader.js';
import { isHttpUrl } from './isHttpUrl.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { serializeRequestOrigin } from './serializeRequestOrigin.js';

const usual: readonly string[] = [
  'Accept',
  '*/*',
  'Accept-Language',
  '*',
  'User-Agent',
  defaultUserAgent,
  'Accept-Encoding',
  /*#__PURE__*/ acceptEncoding(),
];

/**
 * The header list that is sent, by [Fetch](https://fetch.spec.whatwg.org/#concept-fetch) and
 * [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 *
 * Note: `Content-Length` is undici's; there are no Fetch metadata, which tell servers what pages do; and as there is no cache,
 * there is no `Cache-Control` to keep it out.
 *
 * @param cookie - the `Cookie` field, empty for none.
 * @param authorization - what the author has not given.
 */
export function requestHeaders(
  request: OngoingRequest,
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
  const fields = [...headers];
  for (let index = 0; index < usual.length; index += 2) {
    const name = usual[index] ?? '';
    if (hasHeader(headers, name.toLowerCase())) continue;
    // A part of a body that is coded as a whole could not be decoded.
    const isIdentity = name === 'Accept-Encoding' && hasHeader(headers, 'range');
    fields.push(name, isIdentity ? 'identity' : (usual[index + 1] ?? ''));
  }
  if (isRefererSent) fields.push('Referer', referrer);
  if (isOriginSent) fields.push('Origin', serializeRequestOrigin(request));
  if (cookie !== '') fields.push('Cookie', cookie);
  if (authorization !== undefined) fields.push('Authorization', authorization);
  return fields;
}
