import { shownUrl } from '../http/serializedUrl.js';
import { type ErrorCode, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** What was being read. */
export type ParseFormat = 'json' | 'jsonLines' | 'packed' | 'serverSentEvents' | 'text' | 'xml';

/** A place in the decoded text, by line. */
export interface TextPlace {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** Code units from the start of the text, from 0, where they were counted; a byte order mark does not count. */
  readonly offset?: number | undefined;
}

/** A place in the decoded text. */
export interface TextPosition extends TextPlace {
  /** Code units from the start of the text, from 0; a byte order mark does not count. */
  readonly offset: number;
}

/** What a {@link ParseError} may be built with. */
export interface ParseErrorOptions extends ReadystreamErrorOptions {
  /** Where the trouble is, where that is known. */
  readonly position?: TextPlace | undefined;
  /** The URL that answered, where it is known. */
  readonly url?: string | undefined;
  /** What to do about it; the message says it last. @defaultValue none */
  readonly advice?: string | undefined;
}

/** The body is not what the operator reads: malformed JSON, a value that the schema refuses. */
export class ParseError extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name: string = 'ParseError';
  override readonly code: ErrorCode = 'ERR_PARSE';
  /** What was being read. */
  readonly format: ParseFormat;
  /** Where the trouble is, where that is known. */
  readonly position: TextPlace | undefined;
  /** What is wrong, without the place and what to do. */
  readonly detail: string;
  /** What to do about it, where there is something to say. */
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
