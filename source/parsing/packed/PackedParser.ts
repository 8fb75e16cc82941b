import { ParseError } from '../../errors/ParseError.js';
import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';

/** Undoes the packing of a body. */
export type PackedParser = IncrementalParser<Uint8Array, Uint8Array<ArrayBuffer>>;

/** What {@link PackedParser}s are made with. */
export interface PackedOptions extends ParserOptions {
  /** Hears how many bytes a decoder has given, before they are handed on; it throws where they are too many. */
  readonly count: (bytes: number) => void;
}

/** The error for a body that is not what its first bytes promise. */
export function packedError(
  detail: string,
  { request, url }: ParserOptions,
  about: { readonly advice?: string; readonly cause?: unknown } = {},
): ParseError {
  return new ParseError('packed', detail, { request, url, ...about });
}
