import { extractHeaderList, filterHeaders, hasHeader, withoutHeaders } from '../../http/headerList.js';
import { withoutFragment } from '../../http/serializedUrl.js';
import { type SchemeResponse } from '../schemes/SchemeHandler.js';
import { type FetchResponse } from './fetchContract.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** The [forbidden response-header names](https://fetch.spec.whatwg.org/#forbidden-response-header-name). */
const forbidden = /^set-cookie2?$/;
const safelisted = /^(?:cache-control|content-(?:language|length|type)|expires|last-modified|pragma)$/;

/**
 * Runs the end of [main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch): removes the parts of the response that the
 * caller may not see.
 */
export function filterResponse(request: OngoingRequest, response: SchemeResponse): FetchResponse {
  const { method, url, responseTainting } = request;
  const { status, statusText, headers, total } = response;
  const redirects =
    response.redirects.length === 0 ? request.redirects : [...request.redirects, ...response.redirects];
  return {
    url: withoutFragment(url),
    status,
    statusText,
    headers: !request.actsAsBrowser
      ? (response.receivedHeaders?.() ?? headers)
      : responseTainting === 'cors'
        ? corsFiltered(request, headers)
        : basicFiltered(headers),
    redirects,
    total,
    isBodyNull: request.actsAsBrowser && (method === 'HEAD' || isNullBodyStatus(status)),
  };
}

/** The headers of a [basic filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-basic). */
function basicFiltered(headers: readonly string[]): readonly string[] {
  const isHeld = hasHeader(headers, 'set-cookie') || hasHeader(headers, 'set-cookie2');
  return isHeld ? withoutHeaders(headers, forbidden) : headers;
}

/** The headers of a [CORS filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-cors). */
function corsFiltered(request: OngoingRequest, headers: readonly string[]): readonly string[] {
  const names = extractHeaderList(headers, 'access-control-expose-headers');
  const exposed = new Set<string>();
  if (names !== undefined && names !== 'failure') for (const name of names) exposed.add(name.toLowerCase());
  const all = !request.includeCredentials && exposed.has('*');
  return filterHeaders(
    headers,
    (name) => !forbidden.test(name) && (all || safelisted.test(name) || exposed.has(name)),
  );
}

/** Whether it is a [null body status](https://fetch.spec.whatwg.org/#null-body-status). */
function isNullBodyStatus(status: number): boolean {
  return status === 204 || status === 304 || status === 205 || status === 101 || status === 103;
}
