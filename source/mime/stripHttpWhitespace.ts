/**
 * [Normalizes](https://fetch.spec.whatwg.org/#concept-header-value-normalize) a header's value: without the
 * [HTTP whitespace](https://fetch.spec.whatwg.org/#http-whitespace) at its start and end, or at its end only.
 */
export function stripHttpWhitespace(text: string, where: 'both' | 'end' = 'both'): string {
  // Two loops, not one pattern: /[\t\n\r ]+$/ looks at a long inner run of blanks again from each of its characters.
  let [start, end] = [0, text.length];
  while (where === 'both' && start < end && isWhitespace(text.charCodeAt(start))) start++;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
