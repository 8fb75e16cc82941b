import { isToken } from '../http/isToken.js';

/**
 * Checks a method and [normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) it: the six that Fetch names
 * become upper case, any other stays as it is written. Methods that Fetch forbids are refused.
 */
export function normalizeMethod(method: string): string {
  if (!isToken(method) || /^(CONNECT|TRACE|TRACK)$/i.test(method)) {
    throw new TypeError(`The method '${method}' is malformed, or forbidden by the Fetch standard`);
  }
  return /^(DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(method) ? method.toUpperCase() : method;
}
