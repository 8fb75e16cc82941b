import { type IncrementalParser } from '../IncrementalParser.js';
import { type ParserOptions } from '../ParserOptions.js';

/** How a kind of text is decoded. */
export interface DecodingRules {
  /**
   * The encoding of a body of which neither a byte order mark nor the caller tells it; `undefined` where more bytes have
   * to come.
   */
  readonly detect: (start: Uint8Array, ended: boolean, options: ParserOptions) => string | undefined;
  /** Makes the decoder; `offset` bytes of the body, a byte order mark, are not given to it. */
  readonly makeDecoder: (
    encoding: string,
    offset: number,
    options: ParserOptions,
  ) => IncrementalParser<Uint8Array, string>;
}
