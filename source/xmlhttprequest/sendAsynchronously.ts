import { fetch } from '../fetching/fetch.js';
import { type FetchRequest } from '../fetching/FetchRequest.js';
import { fireProgressEvent } from './events/fireProgressEvent.js';
import { FetchProcessor } from './FetchProcessor.js';
import { RequestTimer } from './RequestTimer.js';
import { opened, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** Step 11 of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
export function sendAsynchronously(xhr: XMLHttpRequestState, request: FetchRequest): void {
  // 11.1. Fire a progress event named loadstart at this with 0 and 0.
  fireProgressEvent('loadstart', xhr.target, 0, 0);
  // 11.2. Let requestBodyTransmitted be 0.
  // 11.3. Let requestBodyLength be req's body's length, if req's body is non-null; otherwise 0.
  // 11.4. Assert: requestBodyLength is an integer.
  const requestBodyLength = request.body?.length ?? 0;
  // 11.5. If this's upload complete is false and this's upload listener is true, then fire a progress event named
  //       loadstart at this's upload object with requestBodyTransmitted and requestBodyLength.
  if (!xhr.uploadComplete && xhr.uploadListener) {
    fireProgressEvent('loadstart', xhr.upload, 0, requestBodyLength);
  }
  // 11.6. If this's state is not opened or this's send() invoked is false, then return.
  if (xhr.state !== opened || !xhr.sendInvoked) return;
  // 11.7. to 11.9. Let processRequestBodyChunkLength, processRequestEndOfBody and processResponse be …
  const processor = new FetchProcessor(xhr, request, requestBodyLength);
  // 11.10. Set this's fetch controller to the result of fetching req with …
  const terminate = fetch(request, xhr.environment.client, processor);
  // 11.11. Let now be the present time.
  const timer = new RequestTimer(xhr, request, (error) => {
    processor.timedOut(error);
  });
  xhr.fetchStarted({
    terminate() {
      timer.stop();
      processor.stop();
      terminate();
    },
    finished() {
      timer.stop();
      processor.stop();
    },
    timeoutChanged() {
      timer.wait();
    },
  });
  // 11.12. Run these steps in parallel: wait until either req's done flag is set or this's timeout is not 0 and this's
  //        timeout milliseconds have passed since now; …
  timer.wait();
}
