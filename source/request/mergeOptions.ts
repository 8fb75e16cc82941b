import { omitUndefined } from '../options/checks.js';
import { HeaderMap } from './HeaderMap.js';
import { type RequestOptions } from './RequestOptions.js';

/**
 * A call's options over the defaults of `createRequest`. Headers and limits are merged by name, interceptors add up (the
 * defaults' outside), any other option of the call takes the place of the default's.
 */
export function mergeOptions(
  defaults: RequestOptions | undefined,
  options: RequestOptions | undefined,
): RequestOptions {
  if (defaults === undefined || options === undefined) return options ?? defaults ?? {};
  const given = omitUndefined(options);
  return {
    ...defaults,
    // The call's body takes the place of the default's, whichever of the two forms each has.
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
