import { fireEvent } from './events/fireEvent.js';
import { fireProgressEvent } from './events/fireProgressEvent.js';
import { extractLength } from './response/extractLength.js';
import { headersReceived, loading, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** processBodyChunk of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method, once in a while: from step 3 on. */
export function processBodyChunk(xhr: XMLHttpRequestState): void {
  // 3. If this's state is headers received, then set this's state to loading.
  if (xhr.state === headersReceived) xhr.state = loading;
  // 4. Fire an event named readystatechange at this.
  fireEvent('readystatechange', xhr.target);
  // Note: a listener may have ended the request, of which there is no progress to tell then.
  if (xhr.state !== loading || xhr.response === undefined) return;
  // 5. Fire a progress event named progress at this with this's received bytes's length and length.
  xhr.progressTold = xhr.receivedBytes.byteLength;
  fireProgressEvent('progress', xhr.target, xhr.progressTold, extractLength(xhr.response));
}
