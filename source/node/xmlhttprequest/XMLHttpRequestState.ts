import { type EncodedBody } from '../../body/RequestBody.js';
import { type MimeType } from '../../http/mimeType.js';
import { type FetchResponse } from '../fetching/fetchContract.js';
import { type Environment } from './makeEnvironment.js';
import { noBytes, type ReceivedBytes } from './response/ReceivedBytes.js';
import { type TextResponse } from './response/TextResponse.js';
import { constructing } from './webidl/exposeInterface.js';
import { XMLHttpRequestUpload } from './XhrEventTarget.js';

/** The states, by the numbers of `readyState`. */
export const unsent = 0;
export const opened = 1;
export const headersReceived = 2;
export const loading = 3;
export const done = 4;

/** A fetch that is going on. */
export interface FetchController {
  /** Ends it: nothing is told any more. */
  terminate(): void;
  /** The time limit counts anew, from the start of the fetch. */
  timeoutChanged(): void;
}

/** What an `XMLHttpRequest` [has associated](https://xhr.spec.whatwg.org/#interface-xmlhttprequest), by the standard's names. */
export class XMLHttpRequestState {
  /** The `XMLHttpRequest` itself, at which events are fired. */
  readonly target: EventTarget;
  readonly environment: Environment;

  state: 0 | 1 | 2 | 3 | 4 = unsent;
  sendInvoked = false;
  /** In milliseconds; 0 for none. */
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
  /** How many of the received bytes the last progress event told of. */
  progressTold: number | undefined;
  responseType: XMLHttpRequestResponseType = '';
  /** `undefined` stands for the standard's null, a symbol for its failure. */
  responseObject: unknown;
  overrideMimeType: MimeType | undefined;

  /** The fetch that is going on. */
  fetchController: FetchController | undefined;
  /** What has been decoded of the received bytes. */
  textResponse: TextResponse | undefined;
  #upload: XMLHttpRequestUpload | undefined;

  constructor(target: EventTarget, environment: Environment) {
    this.target = target;
    this.environment = environment;
  }

  /** The upload object, made when somebody asks for it. */
  get upload(): XMLHttpRequestUpload {
    return (this.#upload ??= this.#makeUpload());
  }

  /** The upload object, where anybody ever asked for it: only then can it have listeners. */
  get uploadIfUsed(): XMLHttpRequestUpload | undefined {
    return this.#upload;
  }

  #makeUpload(): XMLHttpRequestUpload {
    const internals = [constructing, this.environment.reportError];
    return Reflect.construct(XMLHttpRequestUpload, internals) as XMLHttpRequestUpload;
  }

  /** Sets the response to a network error, and lets go of all that came of it: it is out of reach then. */
  forgetResponse(): void {
    this.response = undefined;
    this.receivedBytes = noBytes;
    this.textResponse = undefined;
    this.responseObject = undefined;
  }

  /** [Terminates](https://fetch.spec.whatwg.org/#fetch-controller-terminate) the fetch, if one is going on. */
  terminate(): void {
    const controller = this.fetchController;
    this.fetchController = undefined;
    controller?.terminate();
  }
}
