import { countListeners } from './countListeners.js';
import { dispatch } from './dispatch.js';

/** [Fires an event](https://dom.spec.whatwg.org/#concept-event-fire); nothing is made where nobody listens. */
export function fireEvent(type: string, target: EventTarget): void {
  const listeners = countListeners(target, type);
  if (listeners > 0) dispatch(new Event(type), target, listeners);
}
