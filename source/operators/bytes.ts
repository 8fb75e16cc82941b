import { filter, map, type OperatorFunction, pipe } from 'rxjs';
import { type LoadingEvent, type ReadyStateEvent } from '../request/ReadyStateEvent.js';

/**
 * Emits the bytes of the body as they arrive, after content decoding (gzip, …). Emits nothing for an empty body.
 *
 * @example
 * ```ts
 * import { bytes, request } from 'readystream';
 *
 * request('data:,Hello').pipe(bytes()).subscribe((chunk) => console.log(chunk.length)); // 5
 * ```
 */
export function bytes(): OperatorFunction<ReadyStateEvent, Uint8Array<ArrayBuffer>> {
  return pipe(
    filter((event): event is LoadingEvent => event.readyState === 3),
    map((event) => event.chunk),
  );
}
