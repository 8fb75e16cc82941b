import { requestErrorSteps } from './requestErrorSteps.js';
import {
  done,
  headersReceived,
  loading,
  opened,
  unsent,
  type XMLHttpRequestState,
} from './XMLHttpRequestState.js';

/** The steps of the [`abort()`](https://xhr.spec.whatwg.org/#the-abort()-method) method. */
export function abort(xhr: XMLHttpRequestState): void {
  // 1. Abort this's fetch controller.
  xhr.terminate();
  // 2. If this's state is opened with this's send() invoked being true, headers received, or loading, then run the request
  //    error steps for this and abort.
  const { state } = xhr;
  if ((state === opened && xhr.sendInvoked) || state === headersReceived || state === loading) {
    requestErrorSteps(xhr, 'abort');
  }
  // 3. If this's state is done, then set this's state to unsent and this's response to a network error.
  if ((xhr.state as number) === done) {
    xhr.state = unsent;
    xhr.forgetResponse();
  }
}
