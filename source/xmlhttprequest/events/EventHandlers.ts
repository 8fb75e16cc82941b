/** What an [event handler IDL attribute](https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes) holds. */
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
    if (value === null) {
      if (handler !== undefined) this.#target.removeEventListener(type, handler.listener);
      this.#handlers.delete(type);
    } else if (handler !== undefined) handler.value = value;
    else {
      const made: Handler = {
        value,
        listener(event) {
          if (typeof made.value !== 'function') return;
          const goesOn: unknown = Reflect.apply(made.value, event.currentTarget, [event]);
          if (goesOn === false) event.preventDefault();
        },
      };
      this.#handlers.set(type, made);
      this.#target.addEventListener(type, made.listener);
    }
  }
}
