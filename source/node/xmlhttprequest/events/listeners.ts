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
 * The event types that scripts listen to on a target although it never fires them: an `EventTarget` cannot be asked for which
 * types it has listeners.
 */
const unusualTypes = /*#__PURE__*/ new WeakMap<EventTarget, Set<string>>();

const usual: ReadonlySet<string> = /*#__PURE__*/ new Set(['readystatechange', ...progressEventTypes]);

/** Records that a type has a listener, unless it is a type that is fired. */
export function noteType(target: EventTarget, type: string): void {
  if (usual.has(type)) return;
  const types = unusualTypes.get(target) ?? new Set();
  unusualTypes.set(target, types.add(type));
}

/** Counts the listeners by asking Node, since patches of `addEventListener` (by zone.js) may bypass our method. */
export function countListeners(target: EventTarget, type: string): number {
  return getEventListeners(target, type).length;
}

/** Whether an upload has listeners of any type. */
export function hasAnyListener(upload: EventTarget): boolean {
  const types = [...progressEventTypes, ...(unusualTypes.get(upload) ?? [])];
  return types.some((type) => countListeners(upload, type) > 0);
}
