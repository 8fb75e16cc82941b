/** [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) a value from a response's header list, whose names are in lower case. */
export function getHeader(headers: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] !== name) continue;
    const one = headers[index + 1] ?? '';
    value = value === undefined ? one : `${value}, ${one}`;
  }
  return value;
}
