import { hasListeners } from './hasListeners.js';

const types = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'];

/** Whether anybody listens to any of the events of an upload. */
export function hasAnyListener(upload: EventTarget): boolean {
  return types.some((type) => hasListeners(upload, type));
}
