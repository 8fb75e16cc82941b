import { type BufferOptions, countBuffered } from '../options/limits.js';
import { BytePieces } from './BytePieces.js';
import { type IncrementalParser } from './IncrementalParser.js';

/** Holds a body's bytes and appends the result of `make` once, at the end. */
export function collectBytes<Output>(
  make: (pieces: BytePieces) => Output,
  options: BufferOptions,
): IncrementalParser<Uint8Array<ArrayBuffer>, Output> {
  const pieces = new BytePieces();
  return {
    write(piece) {
      countBuffered(pieces.byteLength, piece.byteLength, options);
      pieces.add(piece);
    },
    end(output) {
      output.push(make(pieces));
    },
  };
}

/** Joins two pieces; copies nothing if one of them is empty. */
export function joinBytes(first: Uint8Array | undefined, second: Uint8Array): Uint8Array {
  if (first === undefined || first.length === 0) return second;
  if (second.length === 0) return first;
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
