import { DtdError } from './dtd/DtdError.js';

/** The error for an "&" that starts no reference. */
export function bareAmpersand(): DtdError {
  return new DtdError('a bare "&"', { advice: 'write "&amp;"' });
}
