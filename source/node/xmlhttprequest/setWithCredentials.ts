import { throwDOMException } from './throwDOMException.js';
import { opened, unsent, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The steps of the [`withCredentials`](https://xhr.spec.whatwg.org/#the-withcredentials-attribute) setter. */
export function setWithCredentials(xhr: XMLHttpRequestState, withCredentials: boolean): void {
  // 1. If this's state is not unsent or opened, then throw an "InvalidStateError" DOMException.
  // 2. If this's send() invoked is true, then throw an "InvalidStateError" DOMException.
  if ((xhr.state !== unsent && xhr.state !== opened) || xhr.sendInvoked) {
    throwDOMException('InvalidStateError', 'withCredentials is set before send()');
  }
  // 3. Set this's cross-origin credentials to the given value.
  xhr.crossOriginCredentials = withCredentials;
}
