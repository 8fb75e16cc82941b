import { type RequestSummary } from '../errors/ReadystreamError.js';
import { type Limits } from '../options/limits.js';

/**
 * A pure parser that is fed a body piece by piece. It uses no Observable, timer or network, and its output never depends on
 * where the pieces were cut.
 *
 * `output` belongs to the caller: a parser only appends to it. If the input is malformed, it appends everything complete
 * before the error, then throws; after that it is not called again.
 */
export interface IncrementalParser<Input, Output> {
  /** Reads the next piece. */
  write(input: Input, output: Output[]): void;
  /** Reads the end of the body; called once. */
  end(output: Output[]): void;
}

/** Options of a parser: its limits, and the request and URL for errors. */
export interface ParserOptions {
  /** The limits. @defaultValue the defaults of `Limits` */
  readonly limits?: Limits | undefined;
  /** The request whose body is read. */
  readonly request?: RequestSummary | undefined;
  /** The URL that responded, if it is not the requested one. */
  readonly url?: string | undefined;
}
