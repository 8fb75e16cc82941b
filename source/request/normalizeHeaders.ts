import { isFieldValue } from '../http/isFieldValue.js';
import { isToken } from '../http/isToken.js';
import { stripHttpWhitespace } from '../http/stripHttpWhitespace.js';
import { HeaderMap } from './HeaderMap.js';
import { type RequestOptions } from './RequestOptions.js';

/** Checks names and values (no CR, LF or NUL gets through) and strips the white space around values. */
export function normalizeHeaders(source: RequestOptions['headers'] = []): HeaderMap {
  const { raw } = source instanceof HeaderMap ? source : HeaderMap.from(source);
  return new HeaderMap(
    raw.map((given, index) => {
      const [part, isValid] = index % 2 ? [stripHttpWhitespace(given), isFieldValue] : [given, isToken];
      if (isValid(part)) return part;
      throw new TypeError(
        `The header '${raw[index - (index % 2)] ?? ''}' is malformed: its name must be a token, ` +
          'its value without line breaks, NUL and characters above U+00FF',
      );
    }),
  );
}
