import { type OperatorFunction } from 'rxjs';
import { decodeText } from '../parsing/decodeText.js';
import { pipeParsers } from '../parsing/pipeParsers.js';
import { splitLines } from '../parsing/splitLines.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith } from './internal/parseWith.js';

/**
 * Emits each line of the body as soon as it is complete, without its line end (LF, CRLF or CR); the last line needs none.
 * Errors with a `LimitError` if a line exceeds `limits.lineCharacters` (16 Mi).
 *
 * @example
 * ```ts
 * import { lines, request } from 'readystream';
 *
 * request('data:,one%0Atwo').pipe(lines()).subscribe(console.log); // one, then two
 * ```
 */
export function lines(): OperatorFunction<ReadyStateEvent, string> {
  return parseWith((context) => {
    const options = bodyOptions(context);
    return pipeParsers(decodeText(options), splitLines(options));
  });
}
