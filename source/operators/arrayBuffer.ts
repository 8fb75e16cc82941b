import { type OperatorFunction } from 'rxjs';
import { collectBytes } from '../parsing/collectBytes.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith, wholeBytes } from './internal/parseWith.js';

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
  return parseWith((context) => collectBytes((pieces) => pieces.take(), bodyOptions(context)), {
    ...wholeBytes,
  });
}
