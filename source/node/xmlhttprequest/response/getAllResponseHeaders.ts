import { combineHeaders, getHeader } from '../../../http/headerList.js';
import { type FetchResponse } from '../../fetching/fetchContract.js';

/** The steps of the [`getResponseHeader()`](https://xhr.spec.whatwg.org/#the-getresponseheader()-method) method. */
export function getResponseHeader(response: FetchResponse | undefined, name: string): string | null {
  return getHeader(response?.headers ?? [], name.toLowerCase()) ?? null;
}

/** The characters allowed in names that lie between the upper and the lower case letters of ASCII. */
const isBetweenCases = /[\^_`]/;

/** The steps of the [`getAllResponseHeaders()`](https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method) method. */
export function getAllResponseHeaders(response: FetchResponse | undefined): string {
  if (response === undefined) return '';
  // 2. Let initialHeaders be the result of running sort and combine with this's response's header list.
  const combined = combineHeaders(response.headers);
  // 3. Let headers be the result of sorting initialHeaders in ascending order, with a being less than b if a's name is
  //    legacy-uppercased-byte less than b's name.
  const names = [...combined.keys()];
  // Note: for names in lower case, that is the order of the names themselves, except for the characters between the cases.
  if (names.some((name) => isBetweenCases.test(name))) names.sort(byUppercasedName);
  else names.sort();
  // 1. Let output be an empty byte sequence.
  let output = '';
  // 4. For each header in headers, append its name, ": ", its value, and CRLF to output.
  for (const name of names) output += `${name}: ${combined.get(name) ?? ''}\r\n`;
  // 5. Return output.
  return output;
}

/** [Legacy-uppercased-byte less than](https://xhr.spec.whatwg.org/#legacy-uppercased-byte-less-than); no two names are the same. */
function byUppercasedName(a: string, b: string): number {
  return a.toUpperCase() < b.toUpperCase() ? -1 : 1;
}
