import { abort } from './abort.js';
import { EventHandlers, type EventHandlerValue } from './events/EventHandlers.js';
import { makeEnvironment } from './makeEnvironment.js';
import { open } from './open.js';
import { getAllResponseHeaders, getResponseHeader } from './response/getAllResponseHeaders.js';
import { getResponse } from './response/getResponse.js';
import { getResponseText } from './response/getResponseText.js';
import { getResponseXml } from './response/getResponseXml.js';
import { send } from './send.js';
import { setRequestHeader } from './setRequestHeader.js';
import { overrideMimeType, setResponseType, setTimeoutAttribute, setWithCredentials } from './settings.js';
import {
  requireArguments,
  toBodyInit,
  toByteString,
  toDOMString,
  toUnsignedLong,
  toUSVString,
} from './webidl/conversions.js';
import { constructing, exposeInterface } from './webidl/exposeInterface.js';
import { XhrEventTarget } from './XhrEventTarget.js';
import { type XMLHttpRequestOptions } from './XMLHttpRequestOptions.js';
import { XMLHttpRequestState } from './XMLHttpRequestState.js';

/** The class as the DOM's types declare it: `new`, the constants, and all members of an instance. */
export type XMLHttpRequestConstructor = typeof globalThis.XMLHttpRequest;

const constants = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 } as const;

/**
 * Makes an [`XMLHttpRequest`](https://xhr.spec.whatwg.org/) class for Node with its own settings: a base for relative URLs, an
 * origin and with it CORS, cookies, a proxy, further schemes, another DOM.
 *
 * Each class keeps its own HTTP credentials and its own cache of CORS preflights; connections are shared by all classes, unless
 * `dispatcher` is set. Throws a `TypeError` for unknown options.
 *
 * @example
 * ```ts
 * import { createXMLHttpRequest } from 'readystream/xmlhttprequest';
 *
 * const XMLHttpRequest = createXMLHttpRequest({ baseURL: 'https://shop.example/v1/' });
 * const xhr = new XMLHttpRequest();
 * xhr.open('GET', 'items/3');
 * xhr.responseType = 'json';
 * xhr.onload = () => console.log(xhr.status, xhr.response.name); // 200 Crème brûlée
 * xhr.send();
 * ```
 */
export function createXMLHttpRequest(options: XMLHttpRequestOptions = {}): XMLHttpRequestConstructor {
  const environment = makeEnvironment(options);

  class XMLHttpRequest extends XhrEventTarget {
    readonly #xhr: XMLHttpRequestState;
    #handlers: EventHandlers | undefined;

    constructor() {
      super(constructing, environment.reportError);
      this.#xhr = new XMLHttpRequestState(this, environment);
    }

    get onreadystatechange(): EventHandlerValue {
      return this.#handlers?.get('readystatechange') ?? null;
    }
    set onreadystatechange(value: unknown) {
      (this.#handlers ??= new EventHandlers(this)).set('readystatechange', value);
    }

    get readyState(): number {
      return this.#xhr.state;
    }

    open(method: unknown, url: unknown, ...others: readonly unknown[]): void {
      const xhr = this.#xhr;
      // eslint-disable-next-line prefer-rest-params -- a missing argument differs from an undefined one
      requireArguments('open()', arguments, 2);
      const [async, username = null, password = null] = others;
      open(
        xhr,
        toByteString(method),
        toUSVString(url),
        others.length === 0
          ? undefined
          : {
              async: Boolean(async),
              username: username === null ? null : toUSVString(username),
              password: password === null ? null : toUSVString(password),
            },
      );
    }

    setRequestHeader(name: unknown, value: unknown): void {
      const xhr = this.#xhr;
      // eslint-disable-next-line prefer-rest-params -- a missing argument differs from an undefined one
      requireArguments('setRequestHeader()', arguments, 2);
      setRequestHeader(xhr, toByteString(name), toByteString(value));
    }

    get timeout(): number {
      return this.#xhr.timeout;
    }
    set timeout(value: unknown) {
      setTimeoutAttribute(this.#xhr, toUnsignedLong(value));
    }

    get withCredentials(): boolean {
      return this.#xhr.crossOriginCredentials;
    }
    set withCredentials(value: unknown) {
      setWithCredentials(this.#xhr, Boolean(value));
    }

    get upload(): XMLHttpRequestUpload {
      return this.#xhr.upload;
    }

    send(body: unknown = null): void {
      send(this.#xhr, toBodyInit(body));
    }

    abort(): void {
      abort(this.#xhr);
    }

    get responseURL(): string {
      return this.#xhr.response?.url ?? '';
    }

    get status(): number {
      return this.#xhr.response?.status ?? 0;
    }

    get statusText(): string {
      return this.#xhr.response?.statusText ?? '';
    }

    getResponseHeader(name: unknown): string | null {
      const xhr = this.#xhr;
      // eslint-disable-next-line prefer-rest-params -- a missing argument differs from an undefined one
      requireArguments('getResponseHeader()', arguments, 1);
      return getResponseHeader(xhr.response, toByteString(name));
    }

    getAllResponseHeaders(): string {
      return getAllResponseHeaders(this.#xhr.response);
    }

    overrideMimeType(mime: unknown): void {
      const xhr = this.#xhr;
      // eslint-disable-next-line prefer-rest-params -- a missing argument differs from an undefined one
      requireArguments('overrideMimeType()', arguments, 1);
      overrideMimeType(xhr, toDOMString(mime));
    }

    get responseType(): XMLHttpRequestResponseType {
      return this.#xhr.responseType;
    }
    set responseType(value: unknown) {
      setResponseType(this.#xhr, toDOMString(value));
    }

    get response(): unknown {
      return getResponse(this.#xhr);
    }

    get responseText(): string {
      return getResponseText(this.#xhr);
    }

    get responseXML(): Document | null {
      return getResponseXml(this.#xhr);
    }
  }

  // [Exposed=Window]
  if (environment.scope === 'worker')
    delete (XMLHttpRequest.prototype as { responseXML?: unknown }).responseXML;
  return exposeInterface(XMLHttpRequest, {
    name: 'XMLHttpRequest',
    constants,
  }) as unknown as XMLHttpRequestConstructor;
}
