import { ParseError } from '../../errors/ParseError.js';
import { type ParserOptions } from '../ParserOptions.js';

/** Where illegal bytes are. */
export interface IllegalBytes {
  readonly encoding: string;
  /** The bytes, or as many as a character of the encoding may have. */
  readonly bytes: Uint8Array;
  /** Bytes of the body before them. */
  readonly offset: number;
  /** Whether nothing is wrong with the bytes but that the body ends there. */
  readonly truncated: boolean;
}

/** The error for bytes that are illegal in the encoding of a text in which that is fatal. */
export function illegalBytes(
  { encoding, bytes, offset, truncated }: IllegalBytes,
  { request, url }: ParserOptions,
): ParseError {
  const list = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
  const trouble = truncated
    ? 'The text ends inside a character of its encoding'
    : "Illegal in the text's encoding";
  const detail = `${trouble}, ${encoding}: ${list} at byte offset ${offset}`;
  return new ParseError('text', detail, { request, url });
}
