import { type HeaderMap } from '../request/HeaderMap.js';

/**
 * The name of a header field that the platform's `Request` does not take: with the mode `cors`, a
 * [forbidden one](https://fetch.spec.whatwg.org/#forbidden-request-header), which a browser drops without a word; with
 * `no-cors`, one that needs a [preflight](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header) too.
 */
export function droppedHeader(headers: HeaderMap, mode: 'cors' | 'no-cors'): string | undefined {
  const { headers: kept } = new Request('data:,', { mode, headers: [...headers] });
  return [...headers.keys()].find((name) => !kept.has(name));
}
