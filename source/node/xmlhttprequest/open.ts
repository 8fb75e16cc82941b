import { isToken } from '../../http/fieldSyntax.js';
import { shownUrl } from '../../http/serializedUrl.js';
import { fireEvent } from './events/fireEvent.js';
import { encodingParseUrl, withLogin } from './requestUrl.js';
import { throwDOMException } from './throwDOMException.js';
import { opened, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The arguments of `open()` after the URL; `undefined` if omitted. */
export interface OpenArguments {
  readonly async: boolean;
  readonly username: string | null;
  readonly password: string | null;
}

/** The steps of the [`open()`](https://xhr.spec.whatwg.org/#the-open()-method) method. */
export function open(
  xhr: XMLHttpRequestState,
  method: string,
  url: string,
  given: OpenArguments | undefined,
): void {
  const { environment } = xhr;
  // 1. If this's relevant global object is a Window object and its associated Document is not fully active, then throw …
  // Note: there are no browsing contexts here.
  // 2. If method is not a method, then throw a "SyntaxError" DOMException.
  if (!isToken(method)) {
    throwDOMException(
      'SyntaxError',
      `open(): ${JSON.stringify(method)} is not a valid method: it must consist of token characters`,
    );
  }
  // 3. If method is a forbidden method, then throw a "SecurityError" DOMException.
  if (/^(?:connect|trace|track)$/i.test(method)) {
    throwDOMException('SecurityError', `open(): the method ${method} is forbidden`);
  }
  // 4. Normalize method.
  const normalized = /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
  // 5. Let parsedURL be the result of encoding-parsing a URL url, relative to this's relevant settings object.
  const base = environment.baseURL();
  const parsedURL = encodingParseUrl(url, base, environment.encoding());
  // 6. If parsedURL is failure, then throw a "SyntaxError" DOMException.
  if (parsedURL === undefined) {
    const advice =
      base === undefined
        ? ': a relative URL needs a base, createXMLHttpRequest({ baseURL })'
        : ` against ${shownUrl(String(base))}`;
    throwDOMException('SyntaxError', `open(): ${JSON.stringify(shownUrl(url))} is not a valid URL${advice}`);
  }
  // 7. If the async argument is omitted, set async to true, and set username and password to null.
  const { async, username, password } = given ?? { async: true, username: null, password: null };
  // 8. If parsedURL's host is non-null, set the username and the password that are not null.
  const requestURL = withLogin(parsedURL, username, password);
  // 9. If async is false, the current global object is a Window object, and either this's timeout is not 0 or this's
  //    response type is not the empty string, then throw an "InvalidAccessError" DOMException.
  if (!async && environment.scope === 'window' && (xhr.timeout !== 0 || xhr.responseType !== '')) {
    const which = xhr.timeout !== 0 ? 'a timeout' : 'a responseType';
    throwDOMException('InvalidAccessError', `open(): a synchronous request of a window cannot have ${which}`);
  }
  // 10. Terminate this's fetch controller.
  xhr.terminate();
  // 11. Set variables associated with the object as follows:
  xhr.sendInvoked = false;
  xhr.requestMethod = normalized;
  xhr.requestURL = requestURL;
  xhr.authorRequestHeaders = [];
  xhr.requestBody = undefined;
  xhr.synchronous = !async;
  xhr.uploadListener = false;
  xhr.forgetResponse();
  // 12. If this's state is not opened, set it to opened and fire an event named readystatechange at this.
  if (xhr.state !== opened) {
    xhr.state = opened;
    fireEvent('readystatechange', xhr.target);
  }
}
