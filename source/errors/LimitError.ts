import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** The names of the limits, which the option `limits` explains. */
export type LimitName =
  | 'headerBytes'
  | 'bufferedBytes'
  | 'urlBytes'
  | 'cookieBytes'
  | 'decompressionRatio'
  | 'lineCharacters'
  | 'statusErrorBodyBytes'
  | 'xmlDepth'
  | 'xmlAttributes'
  | 'xmlNameCharacters'
  | 'xmlTextCharacters'
  | 'xmlEntityCharacters'
  | 'xmlEntityGrowth'
  | 'xmlStartTagCharacters'
  | 'xmlRecordCharacters'
  | 'documentBytes';

/** Something grew past one of the `limits`. */
export class LimitError extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name = 'LimitError';
  override readonly code = 'ERR_LIMIT';
  /** Which limit: the name of the option. */
  readonly limit: LimitName;
  /** The limit's value. */
  readonly value: number;

  constructor(limit: LimitName, value: number, options: ReadystreamErrorOptions = {}) {
    super(
      `${describeRequest(options.request)} is over limits.${limit} (${value}): raise it if the source is trusted`,
      options,
    );
    this.limit = limit;
    this.value = value;
  }
}
