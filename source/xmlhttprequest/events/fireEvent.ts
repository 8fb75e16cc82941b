import { hasListeners } from './hasListeners.js';

/** [Fires an event](https://dom.spec.whatwg.org/#concept-event-fire); nothing is made where nobody listens. */
export function fireEvent(type: string, target: EventTarget): void {
  if (hasListeners(target, type)) target.dispatchEvent(new Event(type));
}
