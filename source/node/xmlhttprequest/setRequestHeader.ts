import { isFieldValue, isToken, shownName, stripHttpWhitespace } from '../../http/fieldSyntax.js';
import { combineHeader } from '../../http/headerList.js';
import { throwDOMException } from './throwDOMException.js';
import { opened, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The steps of the [`setRequestHeader()`](https://xhr.spec.whatwg.org/#the-setrequestheader()-method) method. */
export function setRequestHeader(xhr: XMLHttpRequestState, name: string, value: string): void {
  // 1. If this's state is not opened, then throw an "InvalidStateError" DOMException.
  if (xhr.state !== opened)
    throwDOMException('InvalidStateError', 'setRequestHeader() must be called after open()');
  // 2. If this's send() invoked is true, then throw an "InvalidStateError" DOMException.
  if (xhr.sendInvoked)
    throwDOMException('InvalidStateError', 'setRequestHeader() must be called before send()');
  // 3. Normalize value.
  const normalized = stripHttpWhitespace(value);
  // 4. If name is not a header name or value is not a header value, then throw a "SyntaxError" DOMException.
  if (!isToken(name)) {
    throwDOMException(
      'SyntaxError',
      `setRequestHeader(): ${JSON.stringify(shownName(name))} is not a valid header field name`,
    );
  }
  if (!isFieldValue(normalized)) {
    throwDOMException(
      'SyntaxError',
      `setRequestHeader(): the value for ${name} contains a line break or a NUL`,
    );
  }
  // 5. If (name, value) is a forbidden request-header, then return.
  if (isForbiddenRequestHeader(name, normalized)) return;
  // 6. Combine (name, value) in this's author request headers.
  combineHeader(xhr.authorRequestHeaders, name, normalized);
}

const forbiddenNames =
  /^(?:accept-charset|accept-encoding|access-control-request-(?:headers|method|private-network)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(?:proxy-|sec-).*)$/i;
const methodOverrides = /^x-(?:http-method(?:-override)?|method-override)$/i;

/** Whether a field is a [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header). */
function isForbiddenRequestHeader(name: string, value: string): boolean {
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
