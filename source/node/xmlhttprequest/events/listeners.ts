import { getEventListeners } from 'node:events';

/** The types of the progress events that a request and its upload fire. */
const progressEventTypes: readonly string[] = [
  'loadstart',
  'progress',
  'abort',
  'error',
  'load',
  'timeout',
  'loadend',
];

/**
 * The types of events that scripts listen to on a target although it never fires them: there is no asking which types an
 * `EventTarget` has listeners for.
 */
const unusualTypes = /*#__PURE__*/ new WeakMap<EventTarget, Set<string>>();

const usual: ReadonlySet<string> = /*#__PURE__*/ new Set(['readystatechange', ...progressEventTypes]);

/** Keeps in mind that somebody listens to this type, where it is none that is fired. */
export function noteType(target: EventTarget, type: string): void {
  if (usual.has(type)) return;
  const types = unusualTypes.get(target) ?? new Set();
  unusualTypes.set(target, types.add(type));
}

/** How many listen: Node is asked, since patches of `addEventListener` (zone.js's) may go past our own. */
export function countListeners(target: EventTarget, type: string): number {
  return getEventListeners(target, type).length;
}

/** Whether anybody listens to anything on an upload. */
export function hasAnyListener(upload: EventTarget): boolean {
  const types = [...progressEventTypes, ...(unusualTypes.get(upload) ?? [])];
  return types.some((type) => countListeners(upload, type) > 0);
}
