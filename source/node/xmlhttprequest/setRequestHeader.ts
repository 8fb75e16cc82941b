import { isFieldValue } from '../../http/isFieldValue.js';
import { isToken } from '../../http/isToken.js';
import { stripHttpWhitespace } from '../../http/stripHttpWhitespace.js';
import { isForbiddenRequestHeader } from './isForbiddenRequestHeader.js';
import { throwDOMException } from './throwDOMException.js';
import { opened, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The steps of the [`setRequestHeader()`](https://xhr.spec.whatwg.org/#the-setrequestheader()-method) method. */
export function setRequestHeader(xhr: XMLHttpRequestState, name: string, value: string): void {
  // 1. If this's state is not opened, then throw an "InvalidStateError" DOMException.
  if (xhr.state !== opened) throwDOMException('InvalidStateError', 'setRequestHeader() comes after open()');
  // 2. If this's send() invoked is true, then throw an "InvalidStateError" DOMException.
  if (xhr.sendInvoked) throwDOMException('InvalidStateError', 'setRequestHeader() comes before send()');
  // 3. Normalize value.
  const normalized = stripHttpWhitespace(value);
  // 4. If name is not a header name or value is not a header value, then throw a "SyntaxError" DOMException.
  if (!isToken(name)) {
    throwDOMException(
      'SyntaxError',
      `setRequestHeader(): ${JSON.stringify(name)} is no name of a header field`,
    );
  }
  if (!isFieldValue(normalized)) {
    throwDOMException('SyntaxError', `setRequestHeader(): the value for ${name} holds a line break or a NUL`);
  }
  // 5. If (name, value) is a forbidden request-header, then return.
  if (isForbiddenRequestHeader(name, normalized)) return;
  // 6. Combine (name, value) in this's author request headers.
  combine(xhr.authorRequestHeaders, name, normalized);
}

/** [Combines](https://fetch.spec.whatwg.org/#concept-header-list-combine) a field with those of its name. */
function combine(list: string[], name: string, value: string): void {
  const lowerCased = name.toLowerCase();
  for (let index = 0; index < list.length; index += 2) {
    if (list[index]?.toLowerCase() === lowerCased) {
      list[index + 1] = `${list[index + 1] ?? ''}, ${value}`;
      return;
    }
  }
  list.push(name, value);
}
