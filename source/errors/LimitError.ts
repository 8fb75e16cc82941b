import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** The names of the limits; see the option `limits`. */
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

/** One of the `limits` was exceeded. */
export class LimitError extends ReadystreamError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name = 'LimitError';
  override readonly code = 'ERR_LIMIT';
  /** The limit that was exceeded: the name of the option. */
  readonly limit: LimitName;
  /** The limit's value. */
  readonly value: number;

  constructor(limit: LimitName, value: number, options: ReadystreamErrorOptions = {}) {
    super(
      `${describeRequest(options.request)} exceeded limits.${limit} (${value}): raise it if you trust the source`,
      options,
    );
    this.limit = limit;
    this.value = value;
  }
}
