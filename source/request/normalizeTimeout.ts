import { checkNumbers } from '../options/checkNumbers.js';
import { type TimeoutLimits } from './NormalizedRequest.js';

/** A number is the limit of the whole; every limit is at least a millisecond. */
export function normalizeTimeout(timeout: number | TimeoutLimits | undefined): TimeoutLimits | undefined {
  if (timeout === undefined) return undefined;
  const limits = typeof timeout === 'object' ? timeout : { total: timeout };
  checkNumbers('timeout', limits, ['connect', 'headers', 'idle', 'total'], 1);
  return limits;
}
