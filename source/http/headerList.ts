import { isToken, stripHttpWhitespace } from './fieldSyntax.js';

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

/** Whether a request's header list [contains](https://fetch.spec.whatwg.org/#header-list-contains) a name, given in lower case. */
export function hasHeader(headers: readonly string[], name: string): boolean {
  for (let index = 0; index < headers.length; index += 2) {
    const one = headers[index];
    if (one?.length === name.length && one.toLowerCase() === name) return true;
  }
  return false;
}

/** [Deletes](https://fetch.spec.whatwg.org/#concept-header-list-delete) the names that a pattern matches from a header list. */
export function withoutHeaders(headers: readonly string[], names: RegExp): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!names.test(name)) kept.push(name, headers[index + 1] ?? '');
  }
  return kept.length === headers.length ? headers : kept;
}

/**
 * [Extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) for a field that is a list of tokens,
 * as those of the CORS protocol are; `undefined` where there is none, `'failure'` where it is malformed.
 */
export function extractHeaderList(
  headers: readonly string[],
  name: string,
): readonly string[] | 'failure' | undefined {
  const field = getHeader(headers, name);
  if (field === undefined) return undefined;
  // Empty elements mean nothing (RFC 9110, 5.6.1.2).
  const values = field
    .split(',')
    .map((value) => stripHttpWhitespace(value))
    .filter((value) => value !== '');
  return values.every(isToken) ? values : 'failure';
}
