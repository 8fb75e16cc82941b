import { type FetchResponse } from '../../fetching/FetchResponse.js';

/** The steps of the [`getAllResponseHeaders()`](https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method) method. */
export function getAllResponseHeaders(response: FetchResponse | undefined): string {
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
  const sorted = [...combined.keys()].sort(byUppercasedName);
  // 1. Let output be an empty byte sequence.
  // 4. For each header in headers, append its name, ": ", its value, and CRLF to output.
  // 5. Return output.
  let output = '';
  for (const name of sorted) output += `${name}: ${combined.get(name) ?? ''}\r\n`;
  return output;
}

/** [Legacy-uppercased-byte less than](https://xhr.spec.whatwg.org/#legacy-uppercased-byte-less-than), for names in lower case. */
function byUppercasedName(a: string, b: string): number {
  // Only what stands between the upper and the lower case makes a difference, and few names have an underscore.
  const differs = /[\^_`]/.test(a) || /[\^_`]/.test(b);
  return (differs ? a.toUpperCase() < b.toUpperCase() : a < b) ? -1 : 1;
}
