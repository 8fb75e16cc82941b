import { type TimeoutLimits } from './NormalizedRequest.js';

/** A number is the limit of the whole; every limit is a positive number of milliseconds. */
export function normalizeTimeout(timeout: number | TimeoutLimits): TimeoutLimits {
  const limits = typeof timeout === 'number' ? { total: timeout } : timeout;
  for (const [name, value] of Object.entries(limits) as [string, number | undefined][]) {
    if (!['connect', 'headers', 'idle', 'total'].includes(name)) {
      throw new TypeError(`timeout: unknown limit '${name}': the limits are connect, headers, idle and total`);
    }
    if (value !== undefined && !(value > 0)) {
      throw new RangeError(`timeout.${name} is ${value}: give milliseconds above 0, or leave it out for no limit`);
    }
  }
  return limits;
}
