import { LimitError } from '../errors/LimitError.js';
import { type RequestSummary } from '../errors/ReadystreamError.js';
import { type Limits } from '../options/limits.js';
import { type IncrementalParser } from './IncrementalParser.js';

/** What bounds a body that is held whole, and what an error names. */
export interface CollectOptions {
  readonly limits: Pick<Limits, 'bufferedBytes'>;
  readonly request?: RequestSummary | undefined;
}

/** Holds the pieces of a body and gives what `join` makes of them once, at the end. */
export function collectBytes<Output>(
  join: (pieces: readonly Uint8Array<ArrayBuffer>[]) => Output,
  { limits, request }: CollectOptions,
): IncrementalParser<Uint8Array<ArrayBuffer>, Output> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  return {
    write(piece) {
      held += piece.length;
      if (held > limits.bufferedBytes)
        throw new LimitError('bufferedBytes', limits.bufferedBytes, { request });
      pieces.push(piece);
    },
    end(output) {
      output.push(join(pieces));
    },
  };
}

/** Both pieces as one; copies nothing where one of them is empty. */
export function joinBytes(first: Uint8Array | undefined, second: Uint8Array): Uint8Array {
  if (first === undefined || first.length === 0) return second;
  if (second.length === 0) return first;
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
