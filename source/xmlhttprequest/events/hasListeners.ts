import { getEventListeners } from 'node:events';

/** Whether anybody listens: Node is asked, since patches of `addEventListener` (zone.js's) may go past our own. */
export function hasListeners(target: EventTarget, type: string): boolean {
  return getEventListeners(target, type).length > 0;
}
