import { type MimeType, parseMimeType } from '../../http/mimeType.js';
import { throwDOMException } from './throwDOMException.js';
import { done, loading, opened, unsent, type XMLHttpRequestState } from './XMLHttpRequestState.js';

const octetStream: MimeType = { essence: 'application/octet-stream', parameters: new Map() };

/** The steps of the [`overrideMimeType()`](https://xhr.spec.whatwg.org/#the-overridemimetype()-method) method. */
export function overrideMimeType(xhr: XMLHttpRequestState, mime: string): void {
  // 1. If this's state is loading or done, then throw an "InvalidStateError" DOMException.
  if (xhr.state === loading || xhr.state === done) {
    throwDOMException('InvalidStateError', 'overrideMimeType() must be called before the body arrives');
  }
  // 2. Set this's override MIME type to the result of parsing mime.
  // 3. If this's override MIME type is failure, then set it to application/octet-stream.
  xhr.overrideMimeType = parseMimeType(mime) ?? octetStream;
}

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
  // Web IDL: values outside the enumeration are ignored.
  if (!isResponseType(responseType)) return;
  // 1. If the current global object is not a Window object and the given value is "document", then return.
  if (scope === 'worker' && responseType === 'document') return;
  // 2. If this's state is loading or done, then throw an "InvalidStateError" DOMException.
  if (xhr.state === loading || xhr.state === done) {
    throwDOMException('InvalidStateError', 'responseType must be set before the body arrives');
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

/** The steps of the [`withCredentials`](https://xhr.spec.whatwg.org/#the-withcredentials-attribute) setter. */
export function setWithCredentials(xhr: XMLHttpRequestState, withCredentials: boolean): void {
  // 1. If this's state is not unsent or opened, then throw an "InvalidStateError" DOMException.
  // 2. If this's send() invoked is true, then throw an "InvalidStateError" DOMException.
  if ((xhr.state !== unsent && xhr.state !== opened) || xhr.sendInvoked) {
    throwDOMException('InvalidStateError', 'withCredentials must be set before send()');
  }
  // 3. Set this's cross-origin credentials to the given value.
  xhr.crossOriginCredentials = withCredentials;
}
