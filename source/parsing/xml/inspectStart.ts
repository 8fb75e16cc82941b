import { ParseError } from '../../errors/ParseError.js';
import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser, type ParserOptions } from '../IncrementalParser.js';

/** What a body may start with that is no XML, or XML of which something has to be said. */
const starts: readonly (readonly [
  start: RegExp,
  found: 'gzip' | 'zip' | 'utf-16le' | 'utf-16be' | 'html',
])[] = [
  [/^\x1f\x8b/, 'gzip'],
  [/^PK\x03\x04/, 'zip'],
  // With a declaration it is recognised without a mark.
  [/^<\0[^?\0]\0/, 'utf-16le'],
  [/^\0<\0[^?\0]/, 'utf-16be'],
  [/^<(?:!doctype[ \t\r\n]+html|html)[ \t\r\n>]/i, 'html'],
];
/** What all of those begin with, as far as it is clear that they may follow. */
const undecided =
  /^(?:\x1f?|P(?:K\x03?)?|<(?:\0[^?\0]?)?|\0(?:<\0?)?|<(?:!|!d|!do|!doc|!doct|!docty|!doctyp|!doctype[ \t\r\n]*(?:h|ht|htm|html)?|h|ht|htm|html))$/i;
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
    const head = String.fromCharCode(...bytes.subarray(0, longest)).replace(
      /^(?:\xef\xbb\xbf|[ \t\r\n])+/,
      '',
    );
    if (!ended && bytes.length < longest && undecided.test(head)) return;
    held = undefined;
    const found = starts.find(([start]) => start.test(head))?.[1];
    if (found === 'html') options.onHtml();
    else if (found !== undefined) refuse(found, options);
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
  if (found === 'gzip' || found === 'zip') {
    const advice = 'put decompress() before the operator that reads it';
    throw new ParseError('text', `The body is ${found}, not XML`, { ...options, advice });
  }
  if (options.isEncodingKnown) return;
  const advice = `request it with { mimeType: 'text/xml;charset=${found}' }`;
  throw new ParseError('text', `The body is ${found.toUpperCase()} without a byte order mark`, {
    ...options,
    advice,
  });
}
