import { type OperatorFunction } from 'rxjs';
import { decodeText } from '../parsing/decodeText.js';
import { parseJsonLines } from '../parsing/parseJsonLines.js';
import { pipeParsers } from '../parsing/pipeParsers.js';
import { splitLines } from '../parsing/splitLines.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { parseChecked } from './internal/parseChecked.js';
import { type StandardSchema } from './internal/StandardSchema.js';

/**
 * Emits each line of the body, parsed as JSON, as soon as it is complete; blank lines are skipped. If a line is invalid JSON
 * or the schema rejects it, errors with a `ParseError` that names the line, after the values before it.
 *
 * @typeParam Value - what you expect each value to be: without a schema, nothing checks it.
 * @param schema - a [Standard Schema](https://standardschema.dev) that checks, and may transform, each value.
 *
 * @example
 * ```ts
 * import { jsonLines, request } from 'readystream';
 *
 * request('data:,{"id":1}%0A{"id":2}').pipe(jsonLines<{ id: number }>()).subscribe(({ id }) => console.log(id)); // 1, then 2
 * ```
 *
 * @see [JSON Lines](https://jsonlines.org)
 */
export function jsonLines<Value = unknown>(
  schema?: StandardSchema<Value>,
): OperatorFunction<ReadyStateEvent, Value> {
  return parseChecked('jsonLines', schema, (options) =>
    pipeParsers(decodeText(options), pipeParsers(splitLines(options), parseJsonLines(options))),
  );
}
