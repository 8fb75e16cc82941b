import { RequestTimeoutError } from '../../errors/RequestTimeoutError.js';
import { getHeader, setHeader } from '../../http/headerList.js';
import { parseMimeType, serializeMimeType } from '../../http/mimeType.js';
import { type FetchRequest } from '../fetching/fetchContract.js';
import { summarizeOngoing } from '../fetching/networkError.js';
import { fireProgressEvent } from './events/fireEvent.js';
import { hasAnyListener } from './events/listeners.js';
import { extractBody, type ExtractedBody } from './extractBody.js';
import { FetchProcessor } from './FetchProcessor.js';
import { handleResponseEndOfBody } from './processResponse.js';
import { ReceivedBytes } from './response/ReceivedBytes.js';
import { syncFetch } from './sync/syncFetch.js';
import { throwDOMException } from './throwDOMException.js';
import { opened, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The steps of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
export function send(xhr: XMLHttpRequestState, given: Document | XMLHttpRequestBodyInit | null): void {
  // 1. If this's state is not opened, then throw an "InvalidStateError" DOMException.
  if (xhr.state !== opened) throwDOMException('InvalidStateError', 'send() must be called after open()');
  // 2. If this's send() invoked is true, then throw an "InvalidStateError" DOMException.
  if (xhr.sendInvoked) throwDOMException('InvalidStateError', 'send() was already called');
  // 3. If this's request method is `GET` or `HEAD`, then set body to null.
  const isBodiless = xhr.requestMethod === 'GET' || xhr.requestMethod === 'HEAD';
  // 4. If body is not null:
  if (given !== null && !isBodiless) {
    // 4.1. to 4.3. Set this's request body to body, serialized or safely extracted.
    const body = extractBody(given, xhr.environment.serializeDocument);
    xhr.requestBody = body.encoded;
    setContentType(xhr.authorRequestHeaders, body);
  }
  // 5. If one or more event listeners are registered on this's upload object, then set this's upload listener to true.
  const { uploadIfUsed } = xhr;
  if (uploadIfUsed !== undefined && hasAnyListener(uploadIfUsed)) xhr.uploadListener = true;
  // 6. Let req be a new request, initialized as follows: …
  const request: FetchRequest = {
    method: xhr.requestMethod,
    url: xhr.requestURL,
    headers: xhr.authorRequestHeaders,
    body: xhr.requestBody,
    useCorsPreflight: xhr.uploadListener,
    includeCredentials: xhr.crossOriginCredentials,
  };
  // 7. Set this's upload complete to false. 9. If req's body is null, then set this's upload complete to true.
  xhr.uploadComplete = request.body === undefined;
  // 8. Set this's timed out to false.
  xhr.timedOut = false;
  // 10. Set this's send() invoked to true.
  xhr.sendInvoked = true;
  // 11. If this's synchronous is false: …
  // 12. Otherwise, if this's synchronous is true: …
  if (xhr.synchronous) sendSynchronously(xhr, request);
  else sendAsynchronously(xhr, request);
}

/** Runs step 4 of `send()` from 4.4 on. */
function setContentType(headers: string[], { isText, contentType }: ExtractedBody): void {
  // 4.4. Let originalAuthorContentType be the result of getting `Content-Type` from this's author request headers.
  const original = getHeader(headers, 'content-type');
  if (original === undefined) {
    // 4.6. Otherwise, set `Content-Type` to what the body has.
    if (contentType !== undefined) headers.push('Content-Type', contentType);
    return;
  }
  // 4.5. If originalAuthorContentType is non-null, and body is a Document object, a URLSearchParams object, or a string:
  if (!isText) return;
  // 4.5.1. Let contentTypeRecord be the result of parsing originalAuthorContentType.
  const record = parseMimeType(original);
  const charset = record?.parameters.get('charset');
  // 4.5.2. If contentTypeRecord is not failure, its charset exists and is not an ASCII case-insensitive match for "UTF-8":
  if (record === undefined || charset === undefined || charset.toLowerCase() === 'utf-8') return;
  // 4.5.2.1. Set contentTypeRecord's parameters["charset"] to "UTF-8".
  // 4.5.2.2. Let newContentTypeSerialized be the result of serializing contentTypeRecord.
  // 4.5.2.3. Set (`Content-Type`, newContentTypeSerialized) in this's author request headers.
  const parameters = new Map([...record.parameters, ['charset', 'UTF-8']]);
  setHeader(headers, 'Content-Type', serializeMimeType({ essence: record.essence, parameters }));
}

/** Step 11 of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
function sendAsynchronously(xhr: XMLHttpRequestState, request: FetchRequest): void {
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

/** Whether a listener has opened and sent this again. Note: the standard checks only the state, so it would fetch twice. */
function isSuperseded(xhr: XMLHttpRequestState): boolean {
  return xhr.fetchController !== undefined;
}

/** Step 12 of the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method. */
function sendSynchronously(xhr: XMLHttpRequestState, request: FetchRequest): void {
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
    reason = new RequestTimeoutError('total', xhr.timeout, { request: summarizeOngoing(request) });
  } else reason = outcome.error;
  // 12.7. Report timing …
  // Note: there is no performance timeline here.
  // 12.8. Run handle response end-of-body for this.
  handleResponseEndOfBody(xhr, reason);
}
