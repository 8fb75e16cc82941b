import { type RequestSummary } from '../errors/RequestSummary.js';
import { type Limits } from '../options/Limits.js';

/** What a parser may be told: what bounds it, and what its errors are to name. */
export interface ParserOptions {
  /** The limits that hold; the default ones where they are left out. */
  readonly limits?: Limits | undefined;
  /** The request whose body is read. */
  readonly request?: RequestSummary | undefined;
  /** The URL that answered, where it is not the one that was asked. */
  readonly url?: string | undefined;
}
