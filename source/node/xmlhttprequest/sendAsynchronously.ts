import { type FetchRequest } from '../fetching/FetchRequest.js';
import { fireProgressEvent } from './events/fireProgressEvent.js';
import { FetchProcessor } from './FetchProcessor.js';
import { opened, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** Step 11 of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
export function sendAsynchronously(xhr: XMLHttpRequestState, request: FetchRequest): void {
  // 11.1. Fire a progress event named loadstart at this with 0 and 0.
  fireProgressEvent('loadstart', xhr.target, 0, 0);
  if (isSuperseded(xhr)) return;
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
  if (xhr.state !== opened || !xhr.sendInvoked || isSuperseded(xhr)) return;
  // 11.7. to 11.12. Let processRequestBodyChunkLength, processRequestEndOfBody and processResponse be …
  new FetchProcessor(xhr, request).start(requestBodyLength);
}

/**
 * Whether a listener has opened this again and sent it. Note: the standard goes on then, since it asks for the state alone, and
 * fetches twice.
 */
function isSuperseded(xhr: XMLHttpRequestState): boolean {
  return xhr.fetchController !== undefined;
}
