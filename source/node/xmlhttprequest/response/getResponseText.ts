import { throwDOMException } from '../throwDOMException.js';
import { done, loading, type XMLHttpRequestState } from '../XMLHttpRequestState.js';
import { getTextResponse } from './getTextResponse.js';

/** The steps of the [`responseText`](https://xhr.spec.whatwg.org/#the-responsetext-attribute) getter. */
export function getResponseText(xhr: XMLHttpRequestState): string {
  // 1. If this's response type is not the empty string or "text", then throw an "InvalidStateError" DOMException.
  if (xhr.responseType !== '' && xhr.responseType !== 'text') {
    throwDOMException(
      'InvalidStateError',
      `responseText: responseType is '${xhr.responseType}', so read response`,
    );
  }
  // 2. If this's state is not loading or done, then return the empty string.
  if (xhr.state !== loading && xhr.state !== done) return '';
  // 3. Return the result of getting a text response for this.
  return getTextResponse(xhr);
}
