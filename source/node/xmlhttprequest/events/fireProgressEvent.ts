import { ProgressEvent } from '../ProgressEvent.js';
import { countListeners } from './countListeners.js';
import { dispatch } from './dispatch.js';

/**
 * [Fires a progress event](https://xhr.spec.whatwg.org/#concept-event-fire-progress); nothing is made where nobody listens.
 *
 * @param error - why it failed, for the event's own property `error`, which the standard has not.
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
