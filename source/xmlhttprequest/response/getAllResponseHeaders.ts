import { type FetchResponse } from '../../fetching/FetchResponse.js';

/** The steps of the [`getAllResponseHeaders()`](https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method) method. */
export function getAllResponseHeaders(response: FetchResponse | undefined): string {
  // 1. Let output be an empty byte sequence.
  // 2. Let initialHeaders be the result of running sort and combine with this's response's header list.
  const combined = new Map<string, string>();
  const { headers = [] } = response ?? {};
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    const before = combined.get(name);
    combined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  // 3. Let headers be the result of sorting initialHeaders in ascending order, with a being less than b if a's name is
  //    legacy-uppercased-byte less than b's name.
  const sorted = [...combined].sort(([a], [b]) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1));
  // 4. For each header in headers, append its name, ": ", its value, and CRLF to output.
  // 5. Return output.
  return sorted.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}
