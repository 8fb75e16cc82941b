import { fireEvent, fireProgressEvent } from './events/fireEvent.js';
import { type DOMExceptionName, throwDOMException } from './throwDOMException.js';
import { done, type XMLHttpRequestState } from './XMLHttpRequestState.js';

const exceptions = {
  abort: 'AbortError',
  error: 'NetworkError',
  timeout: 'TimeoutError',
} as const satisfies Record<string, DOMExceptionName>;

/**
 * The [request error steps](https://xhr.spec.whatwg.org/#request-error-steps).
 *
 * @param reason - what went wrong; the standard hides it, but here it is the exception's cause and the events' `error`.
 */
export function requestErrorSteps(
  xhr: XMLHttpRequestState,
  event: keyof typeof exceptions,
  reason?: Error,
): void {
  // 1. Set xhr's state to done.
  xhr.state = done;
  // 2. Set xhr's send() invoked to false.
  xhr.sendInvoked = false;
  // 3. Set xhr's response to a network error.
  xhr.forgetResponse();
  // 4. If xhr's synchronous is true, then throw exception.
  if (xhr.synchronous) throwDOMException(exceptions[event], reason?.message ?? 'The request failed', reason);
  // 5. Fire an event named readystatechange at xhr.
  fireEvent('readystatechange', xhr.target);
  // 6. If xhr's upload complete is false:
  if (!xhr.uploadComplete) {
    // 6.1. Set xhr's upload complete to true.
    xhr.uploadComplete = true;
    // 6.2. If xhr's upload listener is true, fire event and loadend at xhr's upload object, with 0 and 0.
    if (xhr.uploadListener) {
      fireProgressEvent(event, xhr.upload, 0, 0, reason);
      fireProgressEvent('loadend', xhr.upload, 0, 0);
    }
  }
  // 7. Fire a progress event named event at xhr with 0 and 0.
  fireProgressEvent(event, xhr.target, 0, 0, reason);
  // 8. Fire a progress event named loadend at xhr with 0 and 0.
  fireProgressEvent('loadend', xhr.target, 0, 0);
}
