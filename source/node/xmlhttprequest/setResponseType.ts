import { throwDOMException } from './throwDOMException.js';
import { done, loading, type XMLHttpRequestState } from './XMLHttpRequestState.js';

const responseTypes: readonly string[] = [
  '',
  'arraybuffer',
  'blob',
  'document',
  'json',
  'text',
] satisfies XMLHttpRequestResponseType[];

/** The steps of the [`responseType`](https://xhr.spec.whatwg.org/#the-responsetype-attribute) setter. */
export function setResponseType(xhr: XMLHttpRequestState, responseType: string): void {
  const { scope } = xhr.environment;
  // Web IDL: what is not of the enumeration is ignored.
  if (!isResponseType(responseType)) return;
  // 1. If the current global object is not a Window object and the given value is "document", then return.
  if (scope === 'worker' && responseType === 'document') return;
  // 2. If this's state is loading or done, then throw an "InvalidStateError" DOMException.
  if (xhr.state === loading || xhr.state === done) {
    throwDOMException('InvalidStateError', 'responseType is set before the body arrives');
  }
  // 3. If the current global object is a Window object and this's synchronous is true, then throw an
  //    "InvalidAccessError" DOMException.
  if (scope === 'window' && xhr.synchronous) {
    throwDOMException(
      'InvalidAccessError',
      'responseType: a synchronous request of a window cannot have one',
    );
  }
  // 4. Set this's response type to the given value.
  xhr.responseType = responseType;
}

function isResponseType(value: string): value is XMLHttpRequestResponseType {
  return responseTypes.includes(value);
}
