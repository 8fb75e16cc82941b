import { throwDOMException } from './throwDOMException.js';
import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The steps of the [`timeout`](https://xhr.spec.whatwg.org/#the-timeout-attribute) setter. */
export function setTimeoutAttribute(xhr: XMLHttpRequestState, timeout: number): void {
  // 1. If the current global object is a Window object and this's synchronous is true, then throw an
  //    "InvalidAccessError" DOMException.
  if (xhr.environment.scope === 'window' && xhr.synchronous) {
    throwDOMException('InvalidAccessError', 'timeout: a synchronous request of a window cannot have one');
  }
  // 2. Set this's timeout to the given value.
  xhr.timeout = timeout;
  xhr.fetchController?.timeoutChanged();
}
