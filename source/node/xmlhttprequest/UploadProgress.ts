import { type AsyncResource } from 'node:async_hooks';
import { fireProgressEvent } from './events/fireEvent.js';
import { Throttle } from './Throttle.js';
import { type FetchController, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/** Reports to an upload object's listeners how much of a request's body was sent, in the asynchronous context of `send()`. */
export class UploadProgress {
  readonly #xhr: XMLHttpRequestState;
  readonly #requestBodyLength: number;
  readonly #context: AsyncResource;
  readonly #fetchController: FetchController | undefined;
  readonly #throttle: Throttle;
  #requestBodyTransmitted = 0;
  /** The number of bytes that the last progress event reported. */
  #told: number | undefined;
  #hasEnded = false;

  constructor(xhr: XMLHttpRequestState, requestBodyLength: number, context: AsyncResource) {
    this.#xhr = xhr;
    this.#requestBodyLength = requestBodyLength;
    this.#context = context;
    this.#fetchController = xhr.fetchController;
    const tell = (): void => {
      this.tell();
    };
    this.#throttle = new Throttle(tell, performance.now());
  }

  /** processRequestBodyChunkLength, given how many bytes have been sent so far. */
  bodySent(loaded: number): void {
    // 1. Increase requestBodyTransmitted by bytesLength.
    this.#requestBodyTransmitted = loaded;
    // 2. If not roughly 50ms have passed since these steps were last invoked, then return.
    this.#throttle.request();
  }

  /**
   * processRequestEndOfBody.
   *
   * Note: throttled like progress. The system takes a short body at once, before the server has it: if the request then fails or
   * times out, so does its upload, as in browsers.
   */
  endOfBody(): void {
    this.#hasEnded = true;
    this.#throttle.request();
  }

  /** Reports at once whatever has not been reported yet. */
  tell(): void {
    this.#throttle.cancel();
    if (this.#xhr.uploadComplete) return;
    this.#context.runInAsyncScope(() => {
      this.#tellProgress();
      // A listener may have ended the request or begun another.
      if (this.#hasEnded && this.#xhr.fetchController === this.#fetchController) this.#tellEnd();
    });
  }

  cancel(): void {
    this.#throttle.cancel();
  }

  /** Step 3 of processRequestBodyChunkLength. */
  #tellProgress(): void {
    // Note: not if nothing was sent since the last event, as in browsers.
    if (this.#told === this.#requestBodyTransmitted) return;
    this.#told = this.#requestBodyTransmitted;
    // 3. If this's upload listener is true, then fire a progress event named progress at this's upload object with
    //    requestBodyTransmitted and requestBodyLength.
    this.#fire('progress');
  }

  /** The steps of processRequestEndOfBody, except for its progress event. */
  #tellEnd(): void {
    // 1. Set this's upload complete to true.
    this.#xhr.uploadComplete = true;
    // 2. If this's upload listener is false, then return.
    // Note: in that case there is no UploadProgress.
    // 4. Fire a progress event named load at this's upload object with requestBodyTransmitted and requestBodyLength.
    this.#fire('load');
    // 5. Fire a progress event named loadend at this's upload object with requestBodyTransmitted and requestBodyLength.
    this.#fire('loadend');
  }

  #fire(type: string): void {
    fireProgressEvent(type, this.#xhr.upload, this.#requestBodyTransmitted, this.#requestBodyLength);
  }
}
