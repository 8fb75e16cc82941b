import { LimitError } from '../errors/LimitError.js';
import { type CollectOptions } from './collectBytes.js';
import { decodeText, type DecodeTextOptions } from './decodeText.js';
import { type IncrementalParser } from './IncrementalParser.js';

/** Decodes a body as it arrives and gives what `make` makes of its whole text once, at the end. */
export function joinText<Output>(
  make: (text: string) => Output,
  options: DecodeTextOptions & CollectOptions,
): IncrementalParser<Uint8Array<ArrayBuffer>, Output> {
  const { limits, request } = options;
  const decoder = decodeText(options);
  const pieces: string[] = [];
  let held = 0;
  return {
    write(piece) {
      held += piece.length;
      if (held > limits.bufferedBytes)
        throw new LimitError('bufferedBytes', limits.bufferedBytes, { request });
      decoder.write(piece, pieces);
    },
    end(output) {
      decoder.end(pieces);
      output.push(make(pieces.join('')));
    },
  };
}
