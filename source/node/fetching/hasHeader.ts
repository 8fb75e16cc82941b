/** Whether a request's header list [contains](https://fetch.spec.whatwg.org/#header-list-contains) a name, given in lower case. */
export function hasHeader(headers: readonly string[], name: string): boolean {
  for (let index = 0; index < headers.length; index += 2) {
    const one = headers[index];
    if (one?.length === name.length && one.toLowerCase() === name) return true;
  }
  return false;
}
