import { ParseError, type ParseErrorOptions, type TextPosition } from './ParseError.js';

/** Options of {@link XmlError}. */
export interface XmlErrorOptions extends ParseErrorOptions {
  readonly position: TextPosition;
  /** How many values were emitted before the error. */
  readonly records?: number;
}

/**
 * The XML is malformed, truncated, illegal in its encoding, or over a limit (then `cause` is the `LimitError`). All values
 * before the error were emitted.
 */
export class XmlError extends ParseError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name = 'XmlError';
  override readonly code = 'ERR_XML';
  override readonly position: TextPosition;
  /** How many values were emitted before the error. */
  readonly records: number;

  constructor(detail: string, options: XmlErrorOptions) {
    super('xml', detail, options);
    this.position = options.position;
    this.records = options.records ?? 0;
  }

  /** The line of the error, from 1. */
  get line(): number {
    return this.position.line;
  }

  /** The column of the error, from 1, in UTF-16 code units. */
  get column(): number {
    return this.position.column;
  }

  /** Code units of decoded text before the error. */
  get offset(): number {
    return this.position.offset;
  }
}
