import { type OperatorFunction } from 'rxjs';
import { decodeText } from '../parsing/decodeText.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith } from './internal/parseWith.js';

/**
 * Emits the text of the body as it arrives, in pieces that never split a character. The encoding is determined as for
 * {@link text}.
 *
 * @example
 * ```ts
 * import { request, textChunks } from 'readystream';
 *
 * request('data:,Hello').pipe(textChunks()).subscribe(console.log); // Hello
 * ```
 */
export function textChunks(): OperatorFunction<ReadyStateEvent, string> {
  return parseWith((context) => decodeText(bodyOptions(context)));
}
