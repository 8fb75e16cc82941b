import { AsyncResource } from 'node:async_hooks';
import { LimitError, RequestTimeoutError } from '../core.base.js';
import { fetch } from '../fetching/fetch.js';
import { type FetchRequest } from '../fetching/FetchRequest.js';
import { type FetchResponse } from '../fetching/FetchResponse.js';
import { type FetchSink } from '../fetching/FetchSink.js';
import { fireEvent } from './events/fireEvent.js';
import { fireProgressEvent } from './events/fireProgressEvent.js';
import { handleErrors } from './handleErrors.js';
import { handleResponseEndOfBody } from './handleResponseEndOfBody.js';
import { bytesToExpect } from './response/bytesToExpect.js';
import { extractLength } from './response/extractLength.js';
import { ReceivedBytes } from './response/ReceivedBytes.js';
import { summaryOf } from '../fetching/summaryOf.js';
import { Throttle } from './Throttle.js';
import {
  type FetchController,
  headersReceived,
  loading,
  type XMLHttpRequestState,
} from './XMLHttpRequestState.js';

/** A longer delay overflows the 32 bits of `setTimeout`, which then fires at once. */
const longestDelay = 2_147_483_647;

/** Timers count from when the event loop last looked at the clock, which is some milliseconds ago: so much too early is no matter. */
const timerSlack = 10;

/**
 * What the [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) method does with what a fetch reports. Listeners are called
 * in the asynchronous context in which `send()` was called, not in that of whoever first used the connection.
 */
export class FetchProcessor extends AsyncResource implements FetchSink, FetchController {
  readonly #xhr: XMLHttpRequestState;
  readonly #request: FetchRequest;
  readonly #requestBodyLength: number;
  /** The present time, when the fetch starts. */
  #now = performance.now();
  #terminateFetch: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstTurn: ReturnType<typeof setImmediate> | undefined;
  #overdue: ReturnType<typeof setImmediate> | undefined;
  #requestBodyTransmitted = 0;
  #isBodySent = false;
  /** How much of the request body the last progress event told of. */
  #uploadTold: number | undefined;
  #length = 0;
  #uploadProgress: Throttle | undefined;
  readonly #downloadProgress = new Throttle(() => {
    this.runInAsyncScope(tellDownload, this);
  });

  constructor(xhr: XMLHttpRequestState, request: FetchRequest, requestBodyLength: number) {
    super('XMLHttpRequest');
    this.#xhr = xhr;
    this.#request = request;
    this.#requestBodyLength = requestBodyLength;
  }

  /** Sends the request: step 11.10 of `send()`, and from there on. */
  start(): void {
    const xhr = this.#xhr;
    // 11.10. Set this's fetch controller to the result of fetching req with …
    this.#terminateFetch = fetch(this.#request, xhr.environment.client, this);
    xhr.fetchController = this;
    // 11.11. Let now be the present time.
    // 11.12. Run these steps in parallel: wait until either req's done flag is set or this's timeout is not 0 and this's
    //        timeout milliseconds have passed since now; …
    // Note: "in parallel" is from here on when the thread is done with what it does now. Before that, nothing is sent.
    this.#firstTurn = setImmediate(() => {
      this.#firstTurn = undefined;
      this.#now = performance.now();
      this.timeoutChanged();
    });
  }

  /** [Terminates](https://fetch.spec.whatwg.org/#fetch-controller-terminate) the fetch: nothing is told any more. */
  terminate(): void {
    this.#stopClocks();
    this.#terminateFetch?.();
  }

  /** Waits until this's timeout is not 0 and its milliseconds have passed since now. */
  timeoutChanged(): void {
    this.#stopTimer();
    const { timeout } = this.#xhr;
    if (timeout === 0 || this.#firstTurn !== undefined) return;
    const rest = Math.max(this.#now + timeout - performance.now(), 0);
    this.#timer = setTimeout(
      () => {
        this.#timePassed();
      },
      Math.min(rest, longestDelay),
    );
  }

  /** processRequestBodyChunkLength, given a bytesLength */
  requestBodySent(loaded: number): void {
    // 1. Increase requestBodyTransmitted by bytesLength.
    this.#requestBodyTransmitted = loaded;
    // 2. If not roughly 50ms have passed since these steps were last invoked, then return.
    // 3. If this's upload listener is true, then fire a progress event named progress at this's upload object with
    //    requestBodyTransmitted and requestBodyLength.
    if (this.#xhr.uploadListener) this.#requestUploadProgress();
  }

  /**
   * processRequestEndOfBody
   *
   * Note: it is told as progress is. A short body is with the system at once, which is not with the server yet: a request that
   * fails or times out then has failed to upload, as in browsers.
   */
  requestEndOfBody(): void {
    if (this.#xhr.uploadListener) {
      this.#isBodySent = true;
      this.#requestUploadProgress();
    } else this.#xhr.uploadComplete = true;
  }

  /** processResponse, given a response */
  response(response: FetchResponse): void {
    if (this.#isBodySent && !this.#xhr.uploadComplete) {
      this.#uploadProgress?.cancel();
      this.runInAsyncScope(tellUpload, this);
      // A listener may have ended the request.
      if (this.#xhr.fetchController !== this) return;
    }
    this.runInAsyncScope(processResponse, this, response);
  }

  /** processBodyChunk, given bytes */
  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void {
    const { receivedBytes, environment } = this.#xhr;
    const { bufferedBytes } = environment.client.limits;
    // 1. Append bytes to this's received bytes.
    if (receivedBytes.byteLength + bytes.byteLength > bufferedBytes) {
      this.#xhr.terminate();
      this.failed(new LimitError('bufferedBytes', bufferedBytes, { request: summaryOf(this.#request) }));
      return;
    }
    receivedBytes.append(bytes);
    // 2. If not roughly 50ms have passed since these steps were last invoked, then return.
    this.#downloadProgress.request();
  }

  /** processEndOfBody: run handle response end-of-body for this. */
  endOfBody(): void {
    this.#finish();
    this.runInAsyncScope(handleResponseEndOfBody, undefined, this.#xhr);
  }

  /** processResponse with a network error, and processBodyError */
  failed(error: Error): void {
    this.#finish();
    // 1. Set this's response to a network error.
    this.#xhr.response = undefined;
    // 2. Run handle errors for this.
    this.runInAsyncScope(handleErrors, undefined, this.#xhr, error);
  }

  processResponse(response: FetchResponse): void {
    const xhr = this.#xhr;
    // 1. Set this's response to response.
    xhr.response = response;
    // 2. Handle errors for this. 3. If this's response is a network error, then return.
    // Note: a network error comes as `failed`.
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
    this.#length = extractLength(response);
    xhr.receivedBytes = new ReceivedBytes(bytesToExpect(xhr, response));
    xhr.progressTold = undefined;
  }

  tellUpload(): void {
    if (this.#uploadTold !== this.#requestBodyTransmitted) {
      this.#uploadTold = this.#requestBodyTransmitted;
      fireProgressEvent('progress', this.#xhr.upload, this.#uploadTold, this.#requestBodyLength);
    }
    if (this.#isBodySent && this.#xhr.fetchController === this) this.#endRequestBody();
  }

  tellDownload(): void {
    const xhr = this.#xhr;
    // 3. If this's state is headers received, then set this's state to loading.
    if (xhr.state === headersReceived) xhr.state = loading;
    // 4. Fire an event named readystatechange at this.
    fireEvent('readystatechange', xhr.target);
    // Note: a listener may have ended the request, of which there is no progress to tell then.
    if (xhr.state !== loading) return;
    // 5. Fire a progress event named progress at this with this's received bytes's length and length.
    xhr.progressTold = xhr.receivedBytes.byteLength;
    fireProgressEvent('progress', xhr.target, xhr.progressTold, this.#length);
  }

  #endRequestBody(): void {
    const xhr = this.#xhr;
    // 1. Set this's upload complete to true.
    xhr.uploadComplete = true;
    // 2. If this's upload listener is false, then return.
    // Note: then nobody asks for this.
    // 3. Fire a progress event named progress at this's upload object with requestBodyTransmitted and requestBodyLength.
    // Note: that was done; not again where nothing was sent since the last one, as in browsers.
    // 4. and 5. Fire a progress event named load, then loadend, likewise.
    for (const type of ['load', 'loadend']) {
      fireProgressEvent(type, xhr.upload, this.#requestBodyTransmitted, this.#requestBodyLength);
    }
  }

  #requestUploadProgress(): void {
    this.#uploadProgress ??= new Throttle(() => {
      this.runInAsyncScope(tellUpload, this);
    }, this.#now);
    this.#uploadProgress.request();
  }

  #timePassed(): void {
    if (this.#xhr.uploadComplete) {
      // What has arrived while the thread was busy is read before it is too late.
      this.#overdue = setImmediate(() => {
        this.#checkTimeout();
      });
    } else this.#checkTimeout();
  }

  #checkTimeout(): void {
    const xhr = this.#xhr;
    const { timeout } = xhr;
    if (performance.now() - this.#now < timeout - timerSlack) {
      this.timeoutChanged();
      return;
    }
    // 11.12.2. If req's done flag is unset, then set this's timed out to true and terminate this's fetch controller.
    xhr.timedOut = true;
    xhr.terminate();
    const error = new RequestTimeoutError('total', timeout, { request: summaryOf(this.#request) });
    this.runInAsyncScope(handleErrors, undefined, xhr, error);
  }

  /** The fetch has ended by itself. */
  #finish(): void {
    this.#stopClocks();
    if (this.#xhr.fetchController === this) this.#xhr.fetchController = undefined;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#overdue);
  }

  #stopClocks(): void {
    this.#stopTimer();
    clearImmediate(this.#firstTurn);
    this.#uploadProgress?.cancel();
    this.#downloadProgress.cancel();
  }
}

// Functions of their own, so that no event makes a closure.
function processResponse(this: FetchProcessor, response: FetchResponse): void {
  this.processResponse(response);
}

function tellUpload(this: FetchProcessor): void {
  this.tellUpload();
}

function tellDownload(this: FetchProcessor): void {
  this.tellDownload();
}
