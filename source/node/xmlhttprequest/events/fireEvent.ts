import { ProgressEvent } from '../ProgressEvent.js';
import { countListeners } from './listeners.js';

/**
 * [Dispatches an event](https://dom.spec.whatwg.org/#concept-event-dispatch).
 *
 * Note: `isTrusted` is false; only Node itself can make it true.
 *
 * @param listeners - the number of its listeners.
 */
function dispatch(event: Event, target: EventTarget, listeners: number): void {
  // Node treats an event as dispatched once its first listener returns; later listeners would see no currentTarget.
  if (listeners === 1) target.dispatchEvent(event);
  else {
    let currentTarget: EventTarget | null = target;
    Object.defineProperty(event, 'currentTarget', { get: () => currentTarget, configurable: true });
    target.dispatchEvent(event);
    currentTarget = null;
  }
}

/** [Fires an event](https://dom.spec.whatwg.org/#concept-event-fire); does nothing without listeners. */
export function fireEvent(type: string, target: EventTarget): void {
  const listeners = countListeners(target, type);
  if (listeners > 0) dispatch(new Event(type), target, listeners);
}

/**
 * [Fires a progress event](https://xhr.spec.whatwg.org/#concept-event-fire-progress); does nothing without listeners.
 *
 * @param error - why it failed, for the event's property `error`, which the standard lacks.
 */
export function fireProgressEvent(
  type: string,
  target: EventTarget,
  transmitted: number,
  length: number,
  error?: Error,
): void {
  const listeners = countListeners(target, type);
  if (listeners === 0) return;
  const event = new ProgressEvent(type, {
    loaded: transmitted,
    total: length,
    lengthComputable: length !== 0,
  });
  if (error !== undefined) Object.defineProperty(event, 'error', { value: error, configurable: true });
  dispatch(event, target, listeners);
}
