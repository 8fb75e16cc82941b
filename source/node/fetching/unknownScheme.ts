import { type NetworkError } from '../../errors/NetworkError.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** The end of [scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch): the network error for a scheme that is none of those allowed. */
export function unknownScheme(
  request: OngoingRequest,
  scheme: string,
  allowed: Iterable<string>,
): NetworkError {
  const known = [...allowed].map((name) => `${name}:`).join(', ');
  const option = /^(?:file|ftps?)$/.test(scheme) ? `['${scheme}']` : `[['${scheme}', handler]]`;
  return networkError(
    request,
    'connect',
    `the scheme ${scheme}: is not allowed here, only ${known}; createXMLHttpRequest({ schemes: ${option} }) allows it`,
  );
}
