/** The first and last byte of a range, both inclusive; without a first, the number of bytes at the end. */
export interface SingleRange {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

const blanks = /[\t ]*/y;
const digits = /[0-9]*/y;

/**
 * [Parse a single range header value](https://fetch.spec.whatwg.org/#simple-range-header-value), white space allowed;
 * `undefined` is its failure.
 */
export function parseSingleRangeHeaderValue(data: string): SingleRange | undefined {
  // 1. Let data be the isomorphic decoding of value.
  // Note: field values are isomorphic text here.
  // 2. If data does not start with "bytes", then return failure.
  if (!data.startsWith('bytes')) return undefined;
  // 3. Let position be a position variable for data, initially pointing at the 5th code point of data.
  let position = 5;
  const collect = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const [collected = ''] = pattern.exec(data) ?? [];
    position += collected.length;
    return collected;
  };
  // 4. If allowWhitespace is true, collect a sequence of code points that are HTTP tab or space.
  collect(blanks);
  // 5. If the code point at position within data is not U+003D (=), then return failure.
  // 6. Advance position by 1.
  if (data[position++] !== '=') return undefined;
  // 7. If allowWhitespace is true, collect a sequence of code points that are HTTP tab or space.
  collect(blanks);
  // 8. Let rangeStart be the result of collecting a sequence of code points that are ASCII digits.
  const rangeStart = collect(digits);
  // 9. Let rangeStartValue be rangeStart, interpreted as decimal number, if it is not the empty string; otherwise null.
  const start = rangeStart === '' ? undefined : Number(rangeStart);
  // 10. If allowWhitespace is true, collect a sequence of code points that are HTTP tab or space.
  collect(blanks);
  // 11. If the code point at position within data is not U+002D (-), then return failure.
  // 12. Advance position by 1.
  if (data[position++] !== '-') return undefined;
  // 13. If allowWhitespace is true, collect a sequence of code points that are HTTP tab or space.
  collect(blanks);
  // 14. Let rangeEnd be the result of collecting a sequence of code points that are ASCII digits.
  const rangeEnd = collect(digits);
  // 15. Let rangeEndValue be rangeEnd, interpreted as decimal number, if it is not the empty string; otherwise null.
  const end = rangeEnd === '' ? undefined : Number(rangeEnd);
  // 16. If position is not past the end of data, then return failure.
  if (position < data.length) return undefined;
  // 17. If rangeEndValue and rangeStartValue are null, then return failure.
  if (start === undefined && end === undefined) return undefined;
  // 18. If both are numbers, and rangeStartValue is greater than rangeEndValue, then return failure.
  if (start !== undefined && end !== undefined && start > end) return undefined;
  // 19. Return (rangeStartValue, rangeEndValue).
  return { start, end };
}

/** The first and last byte to send, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the bytes of a body that a `Range` requests, by the steps for `blob:` in
 * [scheme fetch](https://fetch.spec.whatwg.org/#scheme-fetch), both inclusive; or, for a network error, its reason.
 *
 * @param fullLength - the number of bytes in the body.
 */
export function resolveRange(rangeHeader: string, fullLength: number): ByteRange | string {
  // 14.3. Let rangeValue be the result of parsing a single range header value given rangeHeader and true.
  const rangeValue = parseSingleRangeHeaderValue(rangeHeader);
  // 14.4. If rangeValue is failure, then return a network error.
  if (rangeValue === undefined)
    return `the Range (${rangeHeader.slice(0, 200)}) is not a single range of bytes`;
  // 14.5. Let (rangeStart, rangeEnd) be rangeValue.
  let { start, end } = rangeValue;
  const unsatisfiable = `the Range (${rangeHeader.slice(0, 200)}) lies outside the ${fullLength} bytes`;
  // 14.6. If rangeStart is null: set rangeStart to fullLength − rangeEnd, and rangeEnd to rangeStart + rangeEnd − 1.
  // Note: more bytes than there are mean all of them (RFC 9110, 14.1.2), and none of them no range.
  if (start === undefined) {
    start = Math.max(0, fullLength - (end ?? 0));
    end = fullLength - 1;
    return start > end ? unsatisfiable : { start, end };
  }
  // 14.7. Otherwise: if rangeStart is greater than or equal to fullLength, then return a network error;
  if (start >= fullLength) return unsatisfiable;
  // if rangeEnd is null or rangeEnd is greater than or equal to fullLength, then set rangeEnd to fullLength − 1.
  return { start, end: Math.min(end ?? Infinity, fullLength - 1) };
}
