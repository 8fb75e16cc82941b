import { AsyncResource } from 'node:async_hooks';
import { RequestTimeoutError } from '../../errors/RequestTimeoutError.js';
import { fetch } from '../fetching/fetch.js';
import { type FetchRequest, type FetchResponse, type FetchSink } from '../fetching/fetchContract.js';
import { summarizeOngoing } from '../fetching/networkError.js';
import {
  handleErrors,
  handleResponseEndOfBody,
  processBodyChunk,
  processResponse,
} from './processResponse.js';
import { Throttle } from './Throttle.js';
import { TimeoutClock } from './TimeoutClock.js';
import { UploadProgress } from './UploadProgress.js';
import { type FetchController, type XMLHttpRequestState } from './XMLHttpRequestState.js';

/**
 * Processes a fetch's reports as [`send()`](https://xhr.spec.whatwg.org/#the-send()-method) does. Listeners run in the
 * asynchronous context of the call to `send()`, not in that of the connection's first user.
 */
export class FetchProcessor extends AsyncResource implements FetchSink, FetchController {
  readonly #xhr: XMLHttpRequestState;
  readonly #request: FetchRequest;
  /** The time at which the fetch starts. */
  readonly #now = performance.now();
  #terminateFetch: (() => void) | undefined;
  #timeLimit: TimeoutClock | undefined;
  /** Only set if there are listeners. */
  #uploadProgress: UploadProgress | undefined;
  #downloadProgress: Throttle | undefined;

  constructor(xhr: XMLHttpRequestState, request: FetchRequest) {
    super('XMLHttpRequest');
    this.#xhr = xhr;
    this.#request = request;
  }

  /** Sends the request: `send()` from step 11.10 on. */
  start(requestBodyLength: number): void {
    const xhr = this.#xhr;
    xhr.fetchController = this;
    if (xhr.uploadListener && !xhr.uploadComplete) {
      this.#uploadProgress = new UploadProgress(xhr, requestBodyLength, this);
    }
    // 11.10. Set this's fetch controller to the result of fetching req with …
    this.#terminateFetch = fetch(this.#request, xhr.environment.client, this);
    // A scheme handler or dispatcher of the caller's may have aborted this request by now.
    if (xhr.fetchController !== this) this.#terminateFetch();
    // 11.11. Let now be the present time.
    // 11.12. Run these steps in parallel: wait until either req's done flag is set or this's timeout is not 0 and this's
    //        timeout milliseconds have passed since now; …
    else if (xhr.timeout !== 0) this.#limitTime(undefined);
  }

  /** [Terminates](https://fetch.spec.whatwg.org/#fetch-controller-terminate) the fetch: it reports nothing more. */
  terminate(): void {
    this.#stopClocks();
    this.#terminateFetch?.();
  }

  timeoutChanged(): void {
    if (this.#timeLimit !== undefined) this.#timeLimit.changed();
    else if (this.#xhr.timeout !== 0) this.#limitTime(this.#now);
  }

  /** processRequestBodyChunkLength */
  requestBodySent(loaded: number): void {
    this.#uploadProgress?.bodySent(loaded);
  }

  /** processRequestEndOfBody */
  requestEndOfBody(): void {
    if (this.#uploadProgress === undefined) this.#xhr.uploadComplete = true;
    else this.#uploadProgress.endOfBody();
  }

  /** processResponse, given a response */
  response(response: FetchResponse): void {
    this.#uploadProgress?.tell();
    // A listener may have ended the request.
    if (this.#xhr.fetchController === this) {
      this.runInAsyncScope(processResponse, undefined, this.#xhr, response);
    }
  }

  /** processBodyChunk, given bytes */
  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void {
    // 1. Append bytes to this's received bytes.
    this.#xhr.receivedBytes.append(bytes);
    // 2. If not roughly 50ms have passed since these steps were last invoked, then return.
    this.#downloadProgress ??= new Throttle(() => {
      this.runInAsyncScope(processBodyChunk, undefined, this.#xhr);
    });
    this.#downloadProgress.request();
  }

  connected(): void {
    this.#timeLimit?.connected();
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

  #limitTime(now: number | undefined): void {
    this.#timeLimit = new TimeoutClock(this.#xhr, now, () => {
      this.#timedOut();
    });
  }

  /** Step 11.12.2 of `send()`. */
  #timedOut(): void {
    const xhr = this.#xhr;
    // 2. If req's done flag is unset, then set this's timed out to true and terminate this's fetch controller.
    xhr.timedOut = true;
    xhr.terminate();
    const error = new RequestTimeoutError('total', xhr.timeout, { request: summarizeOngoing(this.#request) });
    this.runInAsyncScope(handleErrors, undefined, xhr, error);
  }

  /** The fetch has ended on its own. */
  #finish(): void {
    this.#stopClocks();
    if (this.#xhr.fetchController === this) this.#xhr.fetchController = undefined;
  }

  #stopClocks(): void {
    this.#timeLimit?.stop();
    this.#uploadProgress?.cancel();
    this.#downloadProgress?.cancel();
  }
}
