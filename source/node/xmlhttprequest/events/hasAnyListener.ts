import { countListeners } from './countListeners.js';
import { progressEventTypes } from './progressEventTypes.js';
import { unusualTypes } from './unusualTypes.js';

/** Whether anybody listens to anything on an upload. */
export function hasAnyListener(upload: EventTarget): boolean {
  const types = [...progressEventTypes, ...(unusualTypes.get(upload) ?? [])];
  return types.some((type) => countListeners(upload, type) > 0);
}
