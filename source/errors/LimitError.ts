import { type Limits } from '../options/Limits.js';
import { describeRequest } from './describeRequest.js';
import { ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** Something grew past one of the `limits`. */
export class LimitError extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name = 'LimitError';
  override readonly code = 'ERR_LIMIT';
  /** Which limit: the name of the option. */
  readonly limit: keyof Limits;
  /** The limit's value. */
  readonly value: number;

  constructor(limit: keyof Limits, value: number, options: ReadystreamErrorOptions = {}) {
    super(
      `${describeRequest(options.request)} is over limits.${limit} (${value}): raise it if the source is trusted`,
      options,
    );
    this.limit = limit;
    this.value = value;
  }
}
