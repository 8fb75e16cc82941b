import { type BufferOptions, countBuffered } from '../options/limits.js';
import { type IncrementalParser } from './IncrementalParser.js';

/** Holds the pieces of a body and appends the result of `join` once, at the end. */
export function collectBytes<Output>(
  join: (pieces: readonly Uint8Array<ArrayBuffer>[]) => Output,
  options: BufferOptions,
): IncrementalParser<Uint8Array<ArrayBuffer>, Output> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  return {
    write(piece) {
      held = countBuffered(held, piece.length, options);
      pieces.push(piece);
    },
    end(output) {
      output.push(join(pieces));
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
