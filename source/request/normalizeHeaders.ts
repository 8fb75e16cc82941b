import { isFieldValue } from '../mime/isFieldValue.js';
import { isToken } from '../mime/isToken.js';
import { stripHttpWhitespace } from '../mime/stripHttpWhitespace.js';
import { HeaderMap } from './HeaderMap.js';
import { type RequestOptions } from './RequestOptions.js';

/** Checks names and values (no CR, LF or NUL gets through) and strips the white space around values. */
export function normalizeHeaders(source: NonNullable<RequestOptions['headers']>): HeaderMap {
  const { raw } = source instanceof HeaderMap ? source : HeaderMap.from(source);
  return new HeaderMap(
    raw.map((given, index) => {
      const isName = index % 2 === 0;
      const part = isName ? given : stripHttpWhitespace(given);
      if (isName ? isToken(part) : isFieldValue(part)) return part;
      throw new TypeError(
        isName
          ? `'${part}' is not a header name`
          : `The header ${raw[index - 1] ?? ''} may hold no line break, NUL or character above U+00FF`,
      );
    }),
  );
}
