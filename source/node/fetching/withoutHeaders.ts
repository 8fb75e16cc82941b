/** [Deletes](https://fetch.spec.whatwg.org/#concept-header-list-delete) the names that a pattern matches from a header list. */
export function withoutHeaders(headers: readonly string[], names: RegExp): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!names.test(name)) kept.push(name, headers[index + 1] ?? '');
  }
  return kept.length === headers.length ? headers : kept;
}
