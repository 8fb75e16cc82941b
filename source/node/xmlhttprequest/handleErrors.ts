import { requestErrorSteps } from './requestErrorSteps.js';
import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/**
 * [Handles errors](https://xhr.spec.whatwg.org/#handle-errors).
 *
 * @param reason - what made the response a network error, where it is one.
 */
export function handleErrors(xhr: XMLHttpRequestState, reason?: Error): void {
  // 1. If xhr's send() invoked is false, then return.
  if (!xhr.sendInvoked) return;
  // 2. If xhr's timed out is true, then run the request error steps for xhr, timeout, and "TimeoutError" DOMException.
  if (xhr.timedOut) requestErrorSteps(xhr, 'timeout', reason);
  // 3. Otherwise, if xhr's response's aborted flag is set, run the request error steps for xhr, abort, and "AbortError" …
  // Note: abort() ends the fetch, and runs these steps itself.
  // 4. Otherwise, if xhr's response is a network error, then run the request error steps for xhr, error, and
  //    "NetworkError" DOMException.
  else if (xhr.response === undefined) requestErrorSteps(xhr, 'error', reason);
}
