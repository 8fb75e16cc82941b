import { type OperatorFunction } from 'rxjs';
import { joinText } from '../parsing/joinText.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith } from './internal/parseWith.js';

/**
 * Emits the whole body as text once, at DONE. It is decoded by its byte order mark, else by the `mimeType` option, else by
 * the charset of `Content-Type`, else as UTF-8; malformed bytes become U+FFFD. Errors with a `LimitError` if the body exceeds
 * `limits.bufferedBytes` (512 MiB).
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 *
 * request('data:;charset=windows-1252,caf%E9').pipe(text()).subscribe(console.log); // café
 * ```
 *
 * @see [Encoding: decode](https://encoding.spec.whatwg.org/#decode)
 */
export function text(): OperatorFunction<ReadyStateEvent, string> {
  return parseWith((context) => joinText((whole) => whole, bodyOptions(context)));
}
