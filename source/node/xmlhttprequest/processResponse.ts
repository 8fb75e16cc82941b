import { type FetchResponse } from '../fetching/FetchResponse.js';
import { fireEvent } from './events/fireEvent.js';
import { bytesToExpect } from './response/bytesToExpect.js';
import { ReceivedBytes } from './response/ReceivedBytes.js';
import { headersReceived, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** processResponse of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
export function processResponse(xhr: XMLHttpRequestState, response: FetchResponse): void {
  // 1. Set this's response to response.
  xhr.response = response;
  // 2. Handle errors for this. 3. If this's response is a network error, then return.
  // Note: this is called for none.
  // 4. Set this's state to headers received.
  xhr.state = headersReceived;
  // 5. Fire an event named readystatechange at this.
  fireEvent('readystatechange', xhr.target);
  // 6. If this's state is not headers received, then return.
  if ((xhr.state as number) !== headersReceived) return;
  // 7. If this's response's body is null, then run handle response end-of-body for this and return.
  // Note: then the fetch reports the end of the body next.
  // 8. Let length be the result of extracting a length from this's response's header list.
  // 9. If length is not an integer, then set it to 0.
  // Note: that is done where it is told.
  xhr.receivedBytes = new ReceivedBytes(bytesToExpect(xhr, response));
  xhr.progressTold = undefined;
}
