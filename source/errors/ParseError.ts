import { shownUrl } from '../http/serializedUrl.js';
import { type ErrorCode, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** What was being read. */
export type ParseFormat = 'json' | 'jsonLines' | 'packed' | 'serverSentEvents' | 'text' | 'xml';

/** A position in the decoded text, by line. */
export interface TextPlace {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** Code units from the start of the text, from 0, if they were counted; a byte order mark does not count. */
  readonly offset?: number | undefined;
}

/** A position in the decoded text. */
export interface TextPosition extends TextPlace {
  /** Code units from the start of the text, from 0; a byte order mark does not count. */
  readonly offset: number;
}

/** Options of {@link ParseError}. */
export interface ParseErrorOptions extends ReadystreamErrorOptions {
  /** The position of the error, if it is known. */
  readonly position?: TextPlace | undefined;
  /** The URL that responded, if it is known. */
  readonly url?: string | undefined;
  /** What to do about it; the message ends with it. @defaultValue none */
  readonly advice?: string | undefined;
}

/** The operator cannot read the body: malformed JSON, or a value that the schema rejects. */
export class ParseError extends ReadystreamError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name: string = 'ParseError';
  override readonly code: ErrorCode = 'ERR_PARSE';
  /** What was being read. */
  readonly format: ParseFormat;
  /** The position of the error, if it is known. */
  readonly position: TextPlace | undefined;
  /** What is wrong, without the position and the advice. */
  readonly detail: string;
  /** What to do about it, if there is any advice. */
  readonly advice: string | undefined;

  constructor(format: ParseFormat, detail: string, options: ParseErrorOptions = {}) {
    const { position, url = options.request?.url, advice } = options;
    const offset = position?.offset === undefined ? '' : ` (offset ${position.offset})`;
    const place =
      position === undefined ? '' : ` at line ${position.line}, column ${position.column}${offset}`;
    const source = url === undefined ? '' : ` of ${shownUrl(url).slice(0, 500)}`;
    super(`${detail}${place}${source}${advice === undefined ? '' : `: ${advice}`}`, options);
    this.format = format;
    this.position = position;
    this.detail = detail;
    this.advice = advice;
  }
}
