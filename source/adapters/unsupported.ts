import { defaultLimits } from '../options/limits.js';
import { type HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';

/** Limits that only the platform could enforce, with advice. */
const platformLimits = [
  ['decompressionRatio', 'use limits.bufferedBytes'],
  ['urlBytes', 'the platform follows redirects on its own'],
  ['cookieBytes', 'the platform sends cookies on its own'],
] as const;

/** Throws for options that no adapter over a browser's API can honour. */
export function refuseUnsupported(
  adapter: string,
  { timeout, maxRedirects, limits, headers, cookies }: NormalizedRequest,
): void {
  for (const limit of ['connect', 'send'] as const) {
    if (timeout?.[limit] !== undefined)
      throw unsupportedOption(adapter, `timeout.${limit}`, 'use timeout.headers');
  }
  if (cookies) throw unsupportedOption(adapter, 'a cookie jar', 'use withCredentials');
  if (maxRedirects !== 20) throw unsupportedOption(adapter, 'maxRedirects', 'it is always 20');
  for (const [limit, advice] of platformLimits) {
    if (limits[limit] !== defaultLimits[limit] && limits[limit] !== Infinity) {
      throw unsupportedOption(adapter, `limits.${limit}`, advice);
    }
  }
  const header = droppedHeader(headers, 'cors');
  if (header) throw unsupportedOption(adapter, `the header ${header}`, 'the browser sets it itself');
}

/**
 * The error for an option that an adapter cannot honour: such an option is never ignored.
 *
 * @param advice - what to do instead.
 */
export function unsupportedOption(adapter: string, option: string, advice: string): TypeError {
  return new TypeError(`${adapter} cannot honour ${option}: ${advice}`);
}

/**
 * Returns the name of a header field that the platform's `Request` does not accept: with the mode `cors`, a
 * [forbidden one](https://fetch.spec.whatwg.org/#forbidden-request-header), which a browser drops silently; with `no-cors`,
 * one that needs a [preflight](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header) too.
 */
export function droppedHeader(headers: HeaderMap, mode: 'cors' | 'no-cors'): string | undefined {
  const { headers: kept } = new Request('data:,', { mode, headers: platformHeaders(headers) });
  return [...headers.keys()].find((name) => !kept.has(name));
}

/** Throws a `TypeError` that names a malformed field, which an interceptor may have set; the platform's error shows its value. */
function platformHeaders(headers: HeaderMap): Headers {
  const given = new Headers();
  for (const [name, value] of headers) {
    try {
      given.append(name, value);
    } catch {
      throw new TypeError(`The header '${name.replace(/[^-\w].*/s, '…')}' is malformed and cannot be sent`);
    }
  }
  return given;
}
