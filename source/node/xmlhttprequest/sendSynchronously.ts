import { RequestTimeoutError } from '../../errors/RequestTimeoutError.js';
import { type FetchRequest } from '../fetching/FetchRequest.js';
import { summaryOf } from '../fetching/summaryOf.js';
import { handleResponseEndOfBody } from './handleResponseEndOfBody.js';
import { ReceivedBytes } from './response/ReceivedBytes.js';
import { syncFetch } from './sync/syncFetch.js';
import { type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** Step 12 of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
export function sendSynchronously(xhr: XMLHttpRequestState, request: FetchRequest): void {
  // 12.1. Let processedResponse be false.
  // 12.2. Let processResponseConsumeBody be …
  // 12.3. Set this's fetch controller to the result of fetching req with …
  // 12.4. Let now be the present time.
  // 12.5. Pause until either processedResponse is true or this's timeout is not 0 and its milliseconds have passed.
  const outcome = syncFetch(request, xhr.environment.sync, xhr.timeout);
  let reason: Error | undefined;
  if (outcome.type === 'response') {
    xhr.response = outcome.response;
    xhr.receivedBytes = new ReceivedBytes(0);
    for (const chunk of outcome.chunks) xhr.receivedBytes.append(chunk);
  } else if (outcome.type === 'timeout') {
    // 12.6. If processedResponse is false, then set this's timed out to true and terminate this's fetch controller.
    xhr.timedOut = true;
    reason = new RequestTimeoutError('total', xhr.timeout, { request: summaryOf(request) });
  } else reason = outcome.error;
  // 12.7. Report timing …
  // Note: there is no performance timeline here.
  // 12.8. Run handle response end-of-body for this.
  handleResponseEndOfBody(xhr, reason);
}
