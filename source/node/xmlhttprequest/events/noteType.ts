import { progressEventTypes } from './progressEventTypes.js';
import { unusualTypes } from './unusualTypes.js';

const usual: ReadonlySet<string> = /*#__PURE__*/ new Set(['readystatechange', ...progressEventTypes]);

/** Keeps in mind that somebody listens to this type, where it is none that is fired. */
export function noteType(target: EventTarget, type: string): void {
  if (usual.has(type)) return;
  const types = unusualTypes.get(target) ?? new Set();
  unusualTypes.set(target, types.add(type));
}
