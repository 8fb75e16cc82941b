import { HeaderMap } from './HeaderMap.js';
import { type RequestOptions } from './RequestOptions.js';

/**
 * A call's options over the defaults of `createRequest`. Headers and limits are merged by name, interceptors add up (the
 * defaults' outside), any other option of the call takes the place of the default's.
 */
export function mergeOptions(defaults: RequestOptions, options: RequestOptions | undefined): RequestOptions {
  if (options === undefined) return defaults;
  if (Object.keys(defaults).length === 0) return options;
  // An option given as undefined is one not given: it leaves the default in force.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const merged: { -readonly [Name in keyof RequestOptions]: RequestOptions[Name] } = { ...defaults, ...given };
  if (defaults.headers && options.headers) merged.headers = mergeHeaders(defaults.headers, options.headers);
  if (defaults.limits && options.limits) merged.limits = { ...defaults.limits, ...options.limits };
  if (defaults.interceptors && options.interceptors) {
    merged.interceptors = [...defaults.interceptors, ...options.interceptors];
  }
  // The call's body takes the place of the default's, whichever of the two forms each has.
  if (options.body !== undefined && options.json === undefined) delete merged.json;
  if (options.json !== undefined && options.body === undefined) delete merged.body;
  return merged;
}

type Headers = NonNullable<RequestOptions['headers']>;

function mergeHeaders(defaults: Headers, given: Headers): HeaderMap {
  const above = HeaderMap.from(given);
  let merged = HeaderMap.from(defaults);
  for (const name of above.keys()) merged = merged.without(name);
  return new HeaderMap([...merged.raw, ...above.raw]);
}
