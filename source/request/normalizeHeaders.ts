import { isFieldValue } from '../mime/isFieldValue.js';
import { isToken } from '../mime/isToken.js';
import { stripHttpWhitespace } from '../mime/stripHttpWhitespace.js';
import { HeaderMap } from './HeaderMap.js';
import { type RequestOptions } from './RequestOptions.js';

/** Checks names and values (no CR, LF or NUL gets through) and strips the white space around values. */
export function normalizeHeaders(source: NonNullable<RequestOptions['headers']>): HeaderMap {
  const given = source instanceof HeaderMap ? source : HeaderMap.from(source);
  return new HeaderMap(
    given.raw.map((part, index) => {
      if (index % 2 === 0) {
        if (!isToken(part)) throw new TypeError(`'${part}' is not a header name`);
        return part;
      }
      const value = stripHttpWhitespace(String(part));
      if (!isFieldValue(value)) {
        throw new TypeError(
          `The value of the header ${given.raw[index - 1] ?? ''} may hold no line break, no NUL and no character above U+00FF`,
        );
      }
      return value;
    }),
  );
}
