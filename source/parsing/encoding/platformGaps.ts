import { type IncrementalParser } from '../IncrementalParser.js';
import { type ParserOptions } from '../ParserOptions.js';

/** What a platform has to be helped with, for want of a `TextDecoder` that is the standard's. */
export interface PlatformGaps {
  /**
   * Makes the decoder of an encoding that the platform's `TextDecoder` lacks or gets wrong; `undefined` for the others.
   * `offset` counts the bytes before the text; with `strict`, malformed bytes are an error.
   */
  makeDecoder?: (
    encoding: string,
    offset: number,
    strict: ParserOptions | undefined,
  ) => IncrementalParser<Uint8Array, string> | undefined;
}

/** Filled in by the entries for Node, so that browsers, which need none of it, do not load it. */
export const platformGaps: PlatformGaps = {};
