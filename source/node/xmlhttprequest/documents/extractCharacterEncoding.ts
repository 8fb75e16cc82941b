import { getEncoding } from '../../../parsing/encoding/getEncoding.js';

/**
 * [Extracts a character encoding from a `meta` element](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements),
 * that is from its `content`; `undefined` where there is none.
 */
export function extractCharacterEncoding(content: string): string | undefined {
  // 1. Let position be a pointer to the start of s. 2. Loop: Find the first "charset" after position, ASCII case-insensitively.
  //    If no such match is found, return nothing. 3. Skip any ASCII whitespace behind it. 4. If the next character is not
  //    U+003D (=), then return to the step labeled loop. 5. Skip any ASCII whitespace behind that.
  const [, value] = /charset[\t\n\f\r ]*=[\t\n\f\r ]*([^]*)/i.exec(content) ?? [];
  // 6. Process the next character: a quote that comes again, with what is between; an unmatched one, or none, with nothing;
  //    anything else, with what is up to the first ASCII whitespace or U+003B (;).
  const [, double, single, plain] =
    /^(?:"([^"]*)"|'([^']*)'|([^"'\t\n\f\r ;][^\t\n\f\r ;]*))/.exec(value ?? '') ?? [];
  const label = double ?? single ?? plain;
  return label === undefined ? undefined : getEncoding(label);
}
