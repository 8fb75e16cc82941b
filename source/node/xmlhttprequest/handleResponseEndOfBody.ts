import { fireEvent } from './events/fireEvent.js';
import { fireProgressEvent } from './events/fireProgressEvent.js';
import { handleErrors } from './handleErrors.js';
import { extractLength } from './response/extractLength.js';
import { done, headersReceived, loading, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/**
 * [Handles response end-of-body](https://xhr.spec.whatwg.org/#handle-response-end-of-file).
 *
 * @param reason - what made the response a network error, where it is one.
 */
export function handleResponseEndOfBody(xhr: XMLHttpRequestState, reason?: Error): void {
  const { target } = xhr;
  // 1. Handle errors for xhr.
  handleErrors(xhr, reason);
  // 2. If xhr's response is a network error, then return.
  if (xhr.response === undefined) return;
  // 3. Let transmitted be xhr's received bytes's length.
  const transmitted = xhr.receivedBytes.byteLength;
  // 4. Let length be the result of extracting a length from this's response's header list.
  // 5. If length is not an integer, then set it to 0.
  const length = extractLength(xhr.response);
  // 6. If xhr's synchronous is false, then fire a progress event named progress at xhr with transmitted and length.
  // Note: not again where nothing has come since the last one, as in browsers: `loaded` only ever increases.
  if (!xhr.synchronous && transmitted !== xhr.progressTold) {
    fireProgressEvent('progress', target, transmitted, length);
    // Note: where a listener has aborted this, or opened it anew, the standard would go on, and say that it is done.
    if (xhr.state !== headersReceived && xhr.state !== loading) return;
  }
  // 7. Set xhr's state to done.
  xhr.state = done;
  // 8. Set xhr's send() invoked to false.
  xhr.sendInvoked = false;
  // 9. Fire an event named readystatechange at xhr.
  fireEvent('readystatechange', target);
  // 10. Fire a progress event named load at xhr with transmitted and length.
  fireProgressEvent('load', target, transmitted, length);
  // 11. Fire a progress event named loadend at xhr with transmitted and length.
  fireProgressEvent('loadend', target, transmitted, length);
}
