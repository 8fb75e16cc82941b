import { type FetchResponse } from '../../fetching/FetchResponse.js';

/** [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) the values of a field, joined by commas, or null. */
export function getHeader(response: FetchResponse | undefined, name: string): string | null {
  const { headers = [] } = response ?? {};
  const lowerCased = name.toLowerCase();
  let combined: string | null = null;
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index] !== lowerCased) continue;
    const value = headers[index + 1] ?? '';
    combined = combined === null ? value : `${combined}, ${value}`;
  }
  return combined;
}
