/**
 * [Normalizes](https://fetch.spec.whatwg.org/#concept-header-value-normalize) a header's value: without the
 * [HTTP whitespace](https://fetch.spec.whatwg.org/#http-whitespace) at its start and end, or at its end only.
 */
export function stripHttpWhitespace(text: string, where: 'both' | 'end' = 'both'): string {
  // Greedy up to the last that stays: /[\t\n\r ]+$/ would look at a long inner run again from each of its characters.
  const kept = where === 'end' ? /^[^]*[^\t\n\r ]/ : /[^\t\n\r ](?:[^]*[^\t\n\r ])?/;
  return kept.exec(text)?.[0] ?? '';
}
