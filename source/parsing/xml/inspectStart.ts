import { ParseError } from '../../errors/ParseError.js';
import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';

/** What a body may start with, small letters for all, that is not XML, or of which something has to be said; the first that fits. */
const openings: readonly (readonly [opening: string, found: string])[] = [
  ['\x1f\x8b', 'gzip'],
  ['pk\x03\x04', 'zip'],
  ['<!doctype html', 'html'],
  ['<html ', 'html'],
  ['<html>', 'html'],
  // With a declaration it is recognised without a mark.
  ['<\0?', ''],
  ['\0<\0?', ''],
  ['<\0', 'UTF-16LE'],
  ['\0<', 'UTF-16BE'],
];
const longest = 200;

/** How {@link inspectStart} looks at a body. */
interface InspectOptions extends ParserOptions {
  /** Whether the encoding is known, so that it is not looked for. */
  readonly isEncodingKnown: boolean;
  /** Called where the body is an HTML page. */
  readonly onHtml: () => void;
}

/** Hands bytes on to a decoder when their start was looked at: what can be named as something else than XML is an error that does. */
export function inspectStart<Piece>(
  decoder: IncrementalParser<Uint8Array, Piece>,
  options: InspectOptions,
): IncrementalParser<Uint8Array, Piece> {
  /** `undefined` once it was looked at. */
  let held: Uint8Array | undefined = new Uint8Array();
  const look = (bytes: Uint8Array, ended: boolean, output: Piece[]): void => {
    held = bytes;
    const head = String.fromCharCode(...bytes.subarray(0, longest))
      .replace(/^(?:\xef\xbb\xbf|\s)+/, '')
      .replace(/\s+/g, ' ')
      .toLowerCase();
    const mayBecome = openings.some(([opening]) => opening !== head && opening.startsWith(head));
    if (mayBecome && !ended && bytes.length < longest) return;
    held = undefined;
    const found = openings.find(([opening]) => head.startsWith(opening))?.[1];
    if (found === 'html') options.onHtml();
    else if (found) refuse(found, options);
    decoder.write(bytes, output);
  };
  return {
    write(bytes, output) {
      if (held === undefined) decoder.write(bytes, output);
      else if (bytes.length > 0) look(joinBytes(held, bytes), false, output);
    },
    end(output) {
      if (held !== undefined) look(held, true, output);
      decoder.end(output);
    },
  };
}

function refuse(found: string, options: InspectOptions): void {
  const isWide = found.startsWith('UTF');
  if (isWide && options.isEncodingKnown) return;
  throw new ParseError('text', `The body is ${found}${isWide ? ' without a byte order mark' : ', not XML'}`, {
    ...options,
    advice: isWide
      ? `request it with { mimeType: 'text/xml;charset=${found.toLowerCase()}' }`
      : 'put decompress() before the operator that reads it',
  });
}
