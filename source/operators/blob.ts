import { type OperatorFunction } from 'rxjs';
import { collectBytes } from '../parsing/collectBytes.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith, wholeBytes } from './internal/parseWith.js';

/**
 * Emits the whole body as a `Blob` of the response's media type once, at DONE. Errors with a `LimitError` if the body exceeds
 * `limits.bufferedBytes` (512 MiB).
 *
 * @example
 * ```ts
 * import { blob, request } from 'readystream';
 *
 * request('data:text/css,a{}').pipe(blob()).subscribe((body) => console.log(body.size, body.type)); // 3 text/css
 * ```
 */
export function blob(): OperatorFunction<ReadyStateEvent, Blob> {
  return parseWith((context) => {
    const type = context.response.mimeType ?? context.response.headers.get('content-type') ?? '';
    return collectBytes((pieces) => new Blob([...pieces.from()], { type }), bodyOptions(context));
  }, wholeBytes);
}
