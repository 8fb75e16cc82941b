/**
 * The value of an
 * [event handler IDL attribute](https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes).
 */
export type EventHandlerValue = object | null;

interface Handler {
  value: object;
  readonly listener: (event: Event) => void;
}

/**
 * The event handlers of one target. A handler takes its place among the listeners when it is first set, and keeps it until
 * it is set to null.
 */
export class EventHandlers {
  readonly #target: EventTarget;
  readonly #handlers = new Map<string, Handler>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  get(type: string): EventHandlerValue {
    return this.#handlers.get(type)?.value ?? null;
  }

  set(type: string, given: unknown): void {
    // [LegacyTreatNonObjectAsNull]
    const value = typeof given === 'function' || typeof given === 'object' ? given : null;
    const handler = this.#handlers.get(type);
    if (handler === undefined) {
      if (value !== null) this.#activate(type, value);
    } else if (value === null) {
      this.#handlers.delete(type);
      this.#target.removeEventListener(type, handler.listener);
    } else handler.value = value;
  }

  #activate(type: string, value: object): void {
    const target = this.#target;
    const handler: Handler = {
      value,
      // The event handler processing algorithm.
      listener(event) {
        if (typeof handler.value !== 'function') return;
        const returned: unknown = Reflect.apply(handler.value, target, [event]);
        if (returned === false) event.preventDefault();
      },
    };
    this.#handlers.set(type, handler);
    target.addEventListener(type, handler.listener);
  }
}
