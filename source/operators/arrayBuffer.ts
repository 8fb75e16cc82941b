import { type OperatorFunction } from 'rxjs';
import { collectBytes } from '../parsing/collectBytes.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith } from './internal/parseWith.js';

/**
 * Emits the whole body as an `ArrayBuffer` once, at DONE. Errors with a `LimitError` if the body exceeds
 * `limits.bufferedBytes` (512 MiB).
 *
 * @example
 * ```ts
 * import { arrayBuffer, request } from 'readystream';
 *
 * request('data:,Hello').pipe(arrayBuffer()).subscribe((buffer) => console.log(buffer.byteLength)); // 5
 * ```
 */
export function arrayBuffer(): OperatorFunction<ReadyStateEvent, ArrayBuffer> {
  return parseWith((context) => collectBytes((pieces) => joinBytes(pieces), bodyOptions(context)), {
    exactBytes: true,
  });
}

function joinBytes(pieces: readonly Uint8Array<ArrayBuffer>[]): ArrayBuffer {
  const [only] = pieces;
  // A chunk may be a view of a larger buffer that holds other data too.
  if (only !== undefined && pieces.length === 1 && only.byteLength === only.buffer.byteLength)
    return only.buffer;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole.buffer;
}
