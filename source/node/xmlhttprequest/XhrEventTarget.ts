import { EventHandlers, type EventHandlerValue } from './events/EventHandlers.js';
import { noteType } from './events/listeners.js';
import { constructing, exposeInterface } from './webidl/exposeInterface.js';

/** Receives the errors that listeners throw. */
type ReportError = (error: unknown) => void;

/** The class behind `XMLHttpRequestEventTarget`: a target with handler attributes, whose listeners may throw. */
export class XhrEventTarget extends EventTarget {
  readonly #reportError: ReportError | undefined;
  #handlers: EventHandlers | undefined;
  /** The functions that replace listeners, to report what these throw. */
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
    // Without a `reportError` option, Node's own reporting is right: an uncaught exception, in a later tick.
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

  /** Called at `loadstart`: sending is about to begin. */
  get onloadstart(): EventHandlerValue {
    return this.#handler('loadstart');
  }
  set onloadstart(value: unknown) {
    this.#setHandler('loadstart', value);
  }

  /** Called at `progress`: about every 50 ms during the transfer. */
  get onprogress(): EventHandlerValue {
    return this.#handler('progress');
  }
  set onprogress(value: unknown) {
    this.#setHandler('progress', value);
  }

  /** Called at `abort`: it was cancelled by `abort()`. */
  get onabort(): EventHandlerValue {
    return this.#handler('abort');
  }
  set onabort(value: unknown) {
    this.#setHandler('abort', value);
  }

  /** Called at `error`: it failed; the event's `error` says why. */
  get onerror(): EventHandlerValue {
    return this.#handler('error');
  }
  set onerror(value: unknown) {
    this.#setHandler('error', value);
  }

  /** Called at `load`: it is complete. */
  get onload(): EventHandlerValue {
    return this.#handler('load');
  }
  set onload(value: unknown) {
    this.#setHandler('load', value);
  }

  /** Called at `timeout`: it exceeded its time limit. */
  get ontimeout(): EventHandlerValue {
    return this.#handler('timeout');
  }
  set ontimeout(value: unknown) {
    this.#setHandler('timeout', value);
  }

  /** Called at `loadend`: it has ended, with or without success. */
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

/** Whether a listener is null in Web IDL, and so ignored; Node would print a warning. */
function isNothing(
  listener: EventListenerOrEventListenerObject | null | undefined,
): listener is null | undefined {
  return listener === null || listener === undefined;
}

exposeInterface(XhrEventTarget, { name: 'XMLHttpRequestEventTarget' });

/**
 * The [`XMLHttpRequestEventTarget`](https://xhr.spec.whatwg.org/#xmlhttprequesteventtarget) of the XHR standard: the base of a
 * request and of its upload. A script cannot construct one.
 */
export const XMLHttpRequestEventTarget =
  XhrEventTarget as unknown as typeof globalThis.XMLHttpRequestEventTarget;

/**
 * The [`XMLHttpRequestUpload`](https://xhr.spec.whatwg.org/#xmlhttprequestupload) of the XHR standard: it reports the progress of
 * a request's body, as `xhr.upload`. A script cannot construct one.
 */
export const XMLHttpRequestUpload = /*#__PURE__*/ exposeInterface(
  class XMLHttpRequestUpload extends XhrEventTarget {},
  { name: 'XMLHttpRequestUpload' },
) as unknown as typeof globalThis.XMLHttpRequestUpload;
