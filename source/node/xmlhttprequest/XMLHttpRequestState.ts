import { type EncodedBody } from '../../body/RequestBody.js';
import { type MimeType } from '../../http/mimeType.js';
import { type FetchResponse } from '../fetching/fetchContract.js';
import { type Environment } from './makeEnvironment.js';
import { noBytes, type ReceivedBytes } from './response/ReceivedBytes.js';
import { type TextResponse } from './response/TextResponse.js';
import { constructing } from './webidl/exposeInterface.js';
import { XMLHttpRequestUpload } from './XhrEventTarget.js';

/** The states and their numbers in `readyState`. */
export const unsent = 0;
export const opened = 1;
export const headersReceived = 2;
export const loading = 3;
export const done = 4;

/** An ongoing fetch. */
export interface FetchController {
  /** Ends it: it reports nothing more. */
  terminate(): void;
  /** Applies a changed `timeout`, counted from the start of the fetch. */
  timeoutChanged(): void;
}

/**
 * The state [associated](https://xhr.spec.whatwg.org/#interface-xmlhttprequest) with an `XMLHttpRequest`, by the standard's
 * names.
 */
export class XMLHttpRequestState {
  /** The `XMLHttpRequest` itself, at which events are fired. */
  readonly target: EventTarget;
  readonly environment: Environment;

  state: 0 | 1 | 2 | 3 | 4 = unsent;
  sendInvoked = false;
  /** In milliseconds; 0 for no timeout. */
  timeout = 0;
  crossOriginCredentials = false;
  requestMethod = 'GET';
  /** Serialised, with its user name, password and fragment. */
  requestURL = '';
  /** Names and values in turn. */
  authorRequestHeaders: string[] = [];
  requestBody: EncodedBody | undefined;
  synchronous = false;
  uploadComplete = false;
  uploadListener = false;
  timedOut = false;
  /** `undefined` is a network error. */
  response: FetchResponse | undefined;
  receivedBytes: ReceivedBytes = noBytes;
  /** The number of received bytes that the last progress event reported. */
  progressTold: number | undefined;
  responseType: XMLHttpRequestResponseType = '';
  /** `undefined` stands for the standard's null, a symbol for its failure. */
  responseObject: unknown;
  overrideMimeType: MimeType | undefined;

  /** The ongoing fetch. */
  fetchController: FetchController | undefined;
  /** The text decoded from the received bytes. */
  textResponse: TextResponse | undefined;
  #upload: XMLHttpRequestUpload | undefined;

  constructor(target: EventTarget, environment: Environment) {
    this.target = target;
    this.environment = environment;
  }

  /** The upload object, made at its first use. */
  get upload(): XMLHttpRequestUpload {
    return (this.#upload ??= this.#makeUpload());
  }

  /** The upload object if it was ever used: only then can it have listeners. */
  get uploadIfUsed(): XMLHttpRequestUpload | undefined {
    return this.#upload;
  }

  #makeUpload(): XMLHttpRequestUpload {
    const internals = [constructing, this.environment.reportError];
    return Reflect.construct(XMLHttpRequestUpload, internals) as XMLHttpRequestUpload;
  }

  /** Sets the response to a network error and releases what was made from it, which can no longer be read. */
  forgetResponse(): void {
    this.response = undefined;
    this.receivedBytes = noBytes;
    this.textResponse = undefined;
    this.responseObject = undefined;
  }

  /** [Terminates](https://fetch.spec.whatwg.org/#fetch-controller-terminate) the fetch, if there is one. */
  terminate(): void {
    const controller = this.fetchController;
    this.fetchController = undefined;
    controller?.terminate();
  }
}
