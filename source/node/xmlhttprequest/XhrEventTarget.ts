import { EventHandlers, type EventHandlerValue } from './events/EventHandlers.js';
import { noteType } from './events/listeners.js';
import { constructing, exposeInterface } from './webidl/exposeInterface.js';

/** What a listener throws goes there. */
type ReportError = (error: unknown) => void;

/** What `XMLHttpRequestEventTarget` is made of: a target with handler attributes, whose listeners may throw. */
export class XhrEventTarget extends EventTarget {
  readonly #reportError: ReportError | undefined;
  #handlers: EventHandlers | undefined;
  /** What stands in for a listener, so that what it throws is reported. */
  #guarded: WeakMap<object, EventListener> | undefined;

  constructor(...internals: readonly unknown[]) {
    if (internals[0] !== constructing) throw new TypeError(`Illegal constructor: ${new.target.name}`);
    super();
    this.#reportError = internals[1] as ReportError | undefined;
  }

  override addEventListener(...parameters: Parameters<EventTarget['addEventListener']>): void {
    const [type, listener, options] = parameters;
    if (isNothing(listener) && parameters.length > 1) return;
    noteType(this, type);
    // Without a `reportError` of the caller's, Node's own reporting is right: an uncaught exception, in a later tick.
    if (#reportError in this && this.#reportError !== undefined && !isNothing(listener)) {
      super.addEventListener(type, this.#guard(listener, this.#reportError), options);
    } else super.addEventListener(...parameters);
  }

  override removeEventListener(...parameters: Parameters<EventTarget['removeEventListener']>): void {
    const [type, listener, options] = parameters;
    const guarded = #reportError in this && !isNothing(listener) ? this.#guarded?.get(listener) : undefined;
    if (guarded === undefined) super.removeEventListener(...parameters);
    else super.removeEventListener(type, guarded, options);
  }

  /** Is called at `loadstart`: it is about to be sent. */
  get onloadstart(): EventHandlerValue {
    return this.#handler('loadstart');
  }
  set onloadstart(value: unknown) {
    this.#setHandler('loadstart', value);
  }

  /** Is called at `progress`: about every 50 ms while its bytes are on their way. */
  get onprogress(): EventHandlerValue {
    return this.#handler('progress');
  }
  set onprogress(value: unknown) {
    this.#setHandler('progress', value);
  }

  /** Is called at `abort`: it was given up by `abort()`. */
  get onabort(): EventHandlerValue {
    return this.#handler('abort');
  }
  set onabort(value: unknown) {
    this.#setHandler('abort', value);
  }

  /** Is called at `error`: it failed; the event's `error` says why. */
  get onerror(): EventHandlerValue {
    return this.#handler('error');
  }
  set onerror(value: unknown) {
    this.#setHandler('error', value);
  }

  /** Is called at `load`: all of it is there. */
  get onload(): EventHandlerValue {
    return this.#handler('load');
  }
  set onload(value: unknown) {
    this.#setHandler('load', value);
  }

  /** Is called at `timeout`: its time was over. */
  get ontimeout(): EventHandlerValue {
    return this.#handler('timeout');
  }
  set ontimeout(value: unknown) {
    this.#setHandler('timeout', value);
  }

  /** Is called at `loadend`: it has ended, in whichever way. */
  get onloadend(): EventHandlerValue {
    return this.#handler('loadend');
  }
  set onloadend(value: unknown) {
    this.#setHandler('loadend', value);
  }

  #handler(type: string): EventHandlerValue {
    return this.#handlers?.get(type) ?? null;
  }

  #setHandler(type: string, value: unknown): void {
    (this.#handlers ??= new EventHandlers(this)).set(type, value);
  }

  #guard(listener: EventListenerOrEventListenerObject, reportError: ReportError): EventListener {
    const known = this.#guarded?.get(listener);
    if (known !== undefined) return known;
    const guarded = (event: Event): void => {
      try {
        if (typeof listener === 'function') Reflect.apply(listener, this, [event]);
        else listener.handleEvent(event);
      } catch (error) {
        reportError(error);
      }
    };
    (this.#guarded ??= new WeakMap()).set(listener, guarded);
    return guarded;
  }
}

/** Whether it is null to Web IDL: such a listener is none, of which Node would print a warning. */
function isNothing(
  listener: EventListenerOrEventListenerObject | null | undefined,
): listener is null | undefined {
  return listener === null || listener === undefined;
}

exposeInterface(XhrEventTarget, { name: 'XMLHttpRequestEventTarget' });

/**
 * The [`XMLHttpRequestEventTarget`](https://xhr.spec.whatwg.org/#xmlhttprequesteventtarget) of the XHR standard: what a request
 * and its upload share. A script cannot construct one.
 */
export const XMLHttpRequestEventTarget =
  XhrEventTarget as unknown as typeof globalThis.XMLHttpRequestEventTarget;

/**
 * The [`XMLHttpRequestUpload`](https://xhr.spec.whatwg.org/#xmlhttprequestupload) of the XHR standard: where the progress of a
 * request's body is told, as `xhr.upload`. A script cannot construct one.
 */
export const XMLHttpRequestUpload = /*#__PURE__*/ exposeInterface(
  class XMLHttpRequestUpload extends XhrEventTarget {},
  { name: 'XMLHttpRequestUpload' },
) as unknown as typeof globalThis.XMLHttpRequestUpload;
