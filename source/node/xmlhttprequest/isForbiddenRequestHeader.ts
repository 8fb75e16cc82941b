const forbiddenNames =
  /^(?:accept-charset|accept-encoding|access-control-request-(?:headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(?:proxy-|sec-).*)$/i;
const methodOverrides = /^x-(?:http-method(?:-override)?|method-override)$/i;

/** Whether a field is a [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header). */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  // 1. If name is a byte-case-insensitive match for one of …, then return true.
  // 2. If name when byte-lowercased starts with `proxy-` or `sec-`, then return true.
  if (forbiddenNames.test(name)) return true;
  // 3. If name is a byte-case-insensitive match for `X-HTTP-Method`, `X-HTTP-Method-Override` or `X-Method-Override`, and
  //    one of the values that it lists is a forbidden method, then return true.
  return (
    methodOverrides.test(name) &&
    value.split(',').some((method) => /^[\t ]*(?:connect|trace|track)[\t ]*$/i.test(method))
  );
}
