import { type Limits } from './Limits.js';

/** Limits with some of them changed. Throws where a name is unknown or a value is no limit. */
export function mergeLimits(limits: Limits, changed: Partial<Limits> | undefined): Limits {
  if (changed === undefined) return limits;
  const merged: Record<string, number> = { ...limits };
  for (const [name, value] of Object.entries(changed) as [string, number | undefined][]) {
    if (!(name in limits)) {
      throw new TypeError(`limits: unknown limit '${name}': the limits are ${Object.keys(limits).join(', ')}`);
    }
    if (value === undefined) continue;
    if (!(value >= 0)) throw new RangeError(`limits.${name} is ${value}: give a number from 0, or Infinity for no limit`);
    merged[name] = value;
  }
  return merged as unknown as Limits;
}
