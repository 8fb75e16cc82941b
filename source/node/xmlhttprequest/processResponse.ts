import { type FetchResponse } from '../fetching/fetchContract.js';
import { fireEvent, fireProgressEvent } from './events/fireEvent.js';
import { requestErrorSteps } from './requestErrorSteps.js';
import { bytesToExpect, extractLength } from './response/extractLength.js';
import { ReceivedBytes } from './response/ReceivedBytes.js';
import { done, headersReceived, loading, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** processResponse of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
export function processResponse(xhr: XMLHttpRequestState, response: FetchResponse): void {
  // 1. Set this's response to response.
  xhr.response = response;
  // 2. Handle errors for this. 3. If this's response is a network error, then return.
  // Note: this is not called for network errors.
  // 4. Set this's state to headers received.
  xhr.state = headersReceived;
  // 5. Fire an event named readystatechange at this.
  fireEvent('readystatechange', xhr.target);
  // 6. If this's state is not headers received, then return.
  if ((xhr.state as number) !== headersReceived) return;
  // 7. If this's response's body is null, then run handle response end-of-body for this and return.
  // Note: the fetch reports the end of the body next.
  // 8. Let length be the result of extracting a length from this's response's header list.
  // 9. If length is not an integer, then set it to 0.
  // Note: that is done where the length is reported.
  xhr.receivedBytes = new ReceivedBytes(bytesToExpect(xhr, response));
  xhr.progressTold = undefined;
}

/** processBodyChunk of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method from step 3 on, throttled. */
export function processBodyChunk(xhr: XMLHttpRequestState): void {
  // 3. If this's state is headers received, then set this's state to loading.
  if (xhr.state === headersReceived) xhr.state = loading;
  // 4. Fire an event named readystatechange at this.
  fireEvent('readystatechange', xhr.target);
  // Note: a listener may have ended the request, which then has no progress to report.
  if (xhr.state !== loading || xhr.response === undefined) return;
  // 5. Fire a progress event named progress at this with this's received bytes's length and length.
  xhr.progressTold = xhr.receivedBytes.byteLength;
  fireProgressEvent('progress', xhr.target, xhr.progressTold, extractLength(xhr.response));
}

/**
 * [Handles response end-of-body](https://xhr.spec.whatwg.org/#handle-response-end-of-file).
 *
 * @param reason - what made the response a network error, if it is one.
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
  // Note: not if nothing has arrived since the last event, as in browsers: `loaded` always increases.
  if (!xhr.synchronous && transmitted !== xhr.progressTold) {
    fireProgressEvent('progress', target, transmitted, length);
    // Note: if a listener has aborted or reopened this, the standard would continue and report that it is done.
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

/**
 * [Handles errors](https://xhr.spec.whatwg.org/#handle-errors).
 *
 * @param reason - what made the response a network error, if it is one.
 */
export function handleErrors(xhr: XMLHttpRequestState, reason?: Error): void {
  // 1. If xhr's send() invoked is false, then return.
  if (!xhr.sendInvoked) return;
  // 2. If xhr's timed out is true, then run the request error steps for xhr, timeout, and "TimeoutError" DOMException.
  if (xhr.timedOut) requestErrorSteps(xhr, 'timeout', reason);
  // 3. Otherwise, if xhr's response's aborted flag is set, run the request error steps for xhr, abort, and "AbortError" …
  // Note: abort() ends the fetch and runs these steps itself.
  // 4. Otherwise, if xhr's response is a network error, then run the request error steps for xhr, error, and
  //    "NetworkError" DOMException.
  else if (xhr.response === undefined) requestErrorSteps(xhr, 'error', reason);
}
