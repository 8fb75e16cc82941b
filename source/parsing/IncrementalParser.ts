import { type RequestSummary } from '../errors/ReadystreamError.js';
import { type Limits } from '../options/limits.js';

/**
 * A pure parser that is fed a body piece by piece. It knows no Observable, no timer and no network, and what it gives
 * never depends on where the pieces were cut.
 *
 * `output` is the caller's: a parser appends what it has read and looks at nothing else in it. Where the input is
 * malformed it appends all that was whole before the trouble, then throws; after that it is not called again.
 */
export interface IncrementalParser<Input, Output> {
  /** Reads one more piece. */
  write(input: Input, output: Output[]): void;
  /** Reads the end of the body; called once. */
  end(output: Output[]): void;
}

/** What a parser may be told: what bounds it, and what its errors are to name. */
export interface ParserOptions {
  /** The limits that hold; the default ones where they are left out. */
  readonly limits?: Limits | undefined;
  /** The request whose body is read. */
  readonly request?: RequestSummary | undefined;
  /** The URL that answered, where it is not the one that was asked. */
  readonly url?: string | undefined;
}
