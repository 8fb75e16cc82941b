import { omitUndefined } from '../options/checks.js';
import { HeaderMap } from './HeaderMap.js';
import { type RequestOptions } from './RequestOptions.js';

/**
 * Merges a call's options with the defaults of `createRequest`: headers and limits by name; interceptors add up, the
 * defaults' outermost; any other option of the call replaces the default.
 */
export function mergeOptions(
  defaults: RequestOptions | undefined,
  options: RequestOptions | undefined,
): RequestOptions {
  if (defaults === undefined || options === undefined) return options ?? defaults ?? {};
  const given = omitUndefined(options);
  return {
    ...defaults,
    // The call's body replaces the default one, whether each is given as body or json.
    ...(('body' in given || 'json' in given) && { body: undefined, json: undefined }),
    ...given,
    headers: mergeHeaders(defaults.headers ?? [], given.headers ?? []),
    limits: { ...defaults.limits, ...given.limits },
    interceptors: [...(defaults.interceptors ?? []), ...(given.interceptors ?? [])],
  };
}

type Headers = NonNullable<RequestOptions['headers']>;

function mergeHeaders(defaults: Headers, given: Headers): HeaderMap {
  const above = HeaderMap.from(given);
  let below = HeaderMap.from(defaults);
  for (const name of above.keys()) below = below.without(name);
  return new HeaderMap([...below.raw, ...above.raw]);
}
