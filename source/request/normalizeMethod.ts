import { isToken } from '../mime/isToken.js';

/**
 * Checks a method and [normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) it: the six that Fetch names
 * become upper case, any other stays as it is written. Methods that Fetch forbids are refused.
 */
export function normalizeMethod(method: string): string {
  if (method === 'GET' || method === 'POST') return method;
  if (!isToken(method)) throw new TypeError(`'${method}' is not a request method`);
  const upper = method.toUpperCase();
  if (/^(?:CONNECT|TRACE|TRACK)$/.test(upper)) throw new TypeError(`The method ${upper} is forbidden by the Fetch standard`);
  return /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/.test(upper) ? upper : method;
}
