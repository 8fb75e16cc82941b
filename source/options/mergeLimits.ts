import { checkNumbers } from './checkNumbers.js';
import { givenOnly } from './givenOnly.js';
import { type Limits } from './Limits.js';

/** Limits with some of them changed. Throws where a name is unknown or a value is no limit. */
export function mergeLimits(limits: Limits, changed: Partial<Limits> | undefined): Limits {
  if (changed === undefined) return limits;
  checkNumbers('limits', changed, Object.keys(limits), 0);
  return { ...limits, ...givenOnly(changed) };
}
