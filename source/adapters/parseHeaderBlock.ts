/** Names and values in turn of what [`getAllResponseHeaders()`](https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method) gives. */
export function parseHeaderBlock(block: string): string[] {
  const lines = [...block.matchAll(/^(.+?):(.*)$/gm)];
  return lines.flatMap(([, name = '', value = '']) => [name, value.trim()]);
}
