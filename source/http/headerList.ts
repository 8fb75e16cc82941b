import { isToken, stripHttpWhitespace } from './fieldSyntax.js';

// A header list is an array of alternating names and values: undici takes it, and it is one array however many fields there
// are. Names to look up are in lower case; the list may have them in any case.

/** Calls back with each field of a header list, in order. */
export function forEachHeader(
  headers: readonly string[],
  callback: (name: string, value: string) => void,
): void {
  for (let index = 0; index < headers.length; index += 2) {
    callback(headers[index] ?? '', headers[index + 1] ?? '');
  }
}

/** Returns the index of the first field with a lower-case name in a header list; -1 if there is none. */
export function indexOfHeader(headers: readonly string[], name: string): number {
  for (let index = 0; index < headers.length; index += 2) {
    if (isNamed(headers[index], name)) return index;
  }
  return -1;
}

/** Whether a header list [contains](https://fetch.spec.whatwg.org/#header-list-contains) a name, given in lower case. */
export function hasHeader(headers: readonly string[], name: string): boolean {
  return indexOfHeader(headers, name) !== -1;
}

/**
 * [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) the values of a name, given in lower case, from a header
 * list, joined by `', '`; `undefined` if there are none.
 */
export function getHeader(headers: readonly string[], name: string): string | undefined {
  let combined: string | undefined;
  for (let index = 0; index < headers.length; index += 2) {
    if (!isNamed(headers[index], name)) continue;
    const value = headers[index + 1] ?? '';
    combined = combined === undefined ? value : `${combined}, ${value}`;
  }
  return combined;
}

/** Returns each value of a name, given in lower case, in a header list. */
export function getHeaderValues(headers: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (isNamed(headers[index], name)) values.push(headers[index + 1] ?? '');
  }
  return values;
}

/**
 * [Sorts and combines](https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine) a header list, but without
 * sorting: returns a map from lower-case names to values.
 */
export function combineHeaders(headers: readonly string[]): Map<string, string> {
  const combined = new Map<string, string>();
  forEachHeader(headers, (name, value) => {
    const key = name.toLowerCase();
    const before = combined.get(key);
    combined.set(key, before === undefined ? value : `${before}, ${value}`);
  });
  return combined;
}

/** Returns the fields of a header list that match a predicate; the list itself if all do. */
export function filterHeaders(
  headers: readonly string[],
  keeps: (name: string, value: string) => boolean,
): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    if (keeps(name, value)) kept.push(name, value);
  }
  return kept.length === headers.length ? headers : kept;
}

/** [Deletes](https://fetch.spec.whatwg.org/#concept-header-list-delete) the names that a pattern matches from a header list. */
export function withoutHeaders(headers: readonly string[], names: RegExp): readonly string[] {
  return filterHeaders(headers, (name) => !names.test(name));
}

/** Returns a header list with the fields of another appended whose names it lacks. */
export function withDefaultHeaders(
  headers: readonly string[],
  defaults: readonly string[],
): readonly string[] {
  if (headers.length === 0) return defaults;
  const all = [...headers];
  for (let index = 0; index < defaults.length; index += 2) {
    const name = defaults[index] ?? '';
    if (!hasHeader(headers, name.toLowerCase())) all.push(name, defaults[index + 1] ?? '');
  }
  return all;
}

/**
 * [Sets](https://fetch.spec.whatwg.org/#concept-header-list-set) a field of a header list that has at most one of its name,
 * as lists that are {@link combineHeader | combined} have.
 */
export function setHeader(headers: string[], name: string, value: string): void {
  const index = indexOfHeader(headers, name.toLowerCase());
  if (index === -1) headers.push(name, value);
  else headers[index + 1] = value;
}

/** [Combines](https://fetch.spec.whatwg.org/#concept-header-list-combine) a field with those of its name in a header list. */
export function combineHeader(headers: string[], name: string, value: string): void {
  const index = indexOfHeader(headers, name.toLowerCase());
  if (index === -1) headers.push(name, value);
  else headers[index + 1] = `${headers[index + 1] ?? ''}, ${value}`;
}

/**
 * [Extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values) for a field that is a list of
 * tokens, such as those of the CORS protocol; `undefined` if the field is absent, `'failure'` if it is malformed.
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

/** Lowercasing is slow; most names match as they are, or differ in length. */
function isNamed(given: string | undefined, name: string): boolean {
  return given === name || (given?.length === name.length && given.toLowerCase() === name);
}
