import { forEachHeader } from '../../http/headerList.js';
import { parseMimeType } from '../../http/mimeType.js';
import { parseSingleRangeHeaderValue } from '../schemes/parseSingleRangeHeaderValue.js';

/** Whether it is a [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method). */
export function isCorsSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

/** [CORS-unsafe request-header bytes](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte) */
const unsafeByte = /[^\t\x20-\xff]|["():<>?@[\\\]{}\x7f]/;
const simpleTypes = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)$/;

/**
 * Whether a header is a [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
 *
 * @param value - as isomorphic text.
 */
export function isCorsSafelistedRequestHeader(name: string, value: string): boolean {
  // 1. If value's length is greater than 128, then return false.
  if (value.length > 128) return false;
  // 2. Byte-lowercase name and switch on the result:
  switch (name.toLowerCase()) {
    case 'accept':
      // If value contains a CORS-unsafe request-header byte, then return false.
      return !unsafeByte.test(value);
    case 'accept-language':
    case 'content-language':
      return /^[-0-9A-Za-z *,.;=]*$/.test(value);
    case 'content-type': {
      // 1. If value contains a CORS-unsafe request-header byte, then return false.
      if (unsafeByte.test(value)) return false;
      // 2. Let mimeType be the result of parsing the result of isomorphic decoding value.
      const mimeType = parseMimeType(value);
      // 3. If mimeType is failure, then return false.
      // 4. If mimeType's essence is not one of the three that a form can have, then return false.
      return mimeType !== undefined && simpleTypes.test(mimeType.essence);
    }
    case 'range':
      // 1. Let rangeValue be the result of parsing a single range header value given value and false.
      // 2. If rangeValue is failure, then return false.
      // 3. If rangeValue[0] is null, then return false.
      return !/[\t ]/.test(value) && parseSingleRangeHeaderValue(value)?.start !== undefined;
    default:
      return false;
  }
  // 3. Return true.
}

/** [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names): in lower case, sorted. */
export function corsUnsafeRequestHeaderNames(headers: readonly string[]): readonly string[] {
  // 1. Let unsafeNames be a new list.
  const unsafeNames: string[] = [];
  // 2. Let potentiallyUnsafeNames be a new list.
  const potentiallyUnsafeNames: string[] = [];
  // 3. Let safelistValueSize be 0.
  let safelistValueSize = 0;
  // 4. For each header of headers:
  forEachHeader(headers, (name, value) => {
    // 4.1. If header is not a CORS-safelisted request-header, then append header's name to unsafeNames.
    if (!isCorsSafelistedRequestHeader(name, value)) unsafeNames.push(name);
    // 4.2. Otherwise, append it to potentiallyUnsafeNames and increase safelistValueSize by header's value's length.
    else {
      potentiallyUnsafeNames.push(name);
      safelistValueSize += value.length;
    }
  });
  // 5. If safelistValueSize is greater than 1024, then for each name of potentiallyUnsafeNames, append name to unsafeNames.
  if (safelistValueSize > 1_024) unsafeNames.push(...potentiallyUnsafeNames);
  // 6. Return the result of convert header names to a sorted-lowercase set with unsafeNames.
  return [...new Set(unsafeNames.map((name) => name.toLowerCase()))].sort();
}
