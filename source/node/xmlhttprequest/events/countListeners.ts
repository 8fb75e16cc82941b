import { getEventListeners } from 'node:events';

/** How many listen: Node is asked, since patches of `addEventListener` (zone.js's) may go past our own. */
export function countListeners(target: EventTarget, type: string): number {
  return getEventListeners(target, type).length;
}
