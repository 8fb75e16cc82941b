import { type BufferOptions, countBuffered } from '../options/limits.js';
import { decodeText, type DecodeTextOptions } from './decodeText.js';
import { type IncrementalParser } from './IncrementalParser.js';
import { TextPieces } from './TextPieces.js';

/** Decodes a body as it arrives and appends the result of `make` for its whole text once, at the end. */
export function joinText<Output>(
  make: (text: string) => Output,
  options: DecodeTextOptions & BufferOptions,
): IncrementalParser<Uint8Array<ArrayBuffer>, Output> {
  const decoder = decodeText(options);
  const text = new TextPieces();
  let held = 0;
  return {
    write(piece) {
      held = countBuffered(held, piece.length, options);
      decoder.write(piece, text.latest);
      text.joinLatest();
    },
    end(output) {
      decoder.end(text.latest);
      output.push(make(text.take()));
    },
  };
}
