import { filter, map, type OperatorFunction, pipe } from 'rxjs';
import { type LoadingEvent, type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { refuseDecoded } from './internal/parseWith.js';

/**
 * Emits the bytes of the body as they arrive, after content decoding (gzip, …). Emits nothing for an empty body.
 * Errors with a `TypeError` if native `XMLHttpRequest` has decoded the body, which it does if the body starts with a byte
 * order mark. With `responseType: 'arraybuffer'` it keeps the bytes, and gives them in one piece.
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
    filter((event): event is LoadingEvent => {
      // At DONE too: of a body that is nothing but a mark there is no LOADING.
      if (event.readyState > 2 && 'response' in event) refuseDecoded(event.response);
      return event.readyState === 3 && event.chunk.length > 0;
    }),
    map((event) => event.chunk),
  );
}
