import { type OperatorFunction } from 'rxjs';
import { joinText } from '../parsing/joinText.js';
import { parseJson } from '../parsing/parseJson.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { parseChecked } from './internal/parseChecked.js';
import { type StandardSchema } from './internal/StandardSchema.js';

/**
 * Emits the body, parsed as JSON, once, at DONE; `null` for an empty body. Errors with a `ParseError` if the body is invalid
 * JSON or the schema rejects it, and with a `LimitError` if it exceeds `limits.bufferedBytes` (512 MiB).
 *
 * @typeParam Value - what you expect the JSON to be: without a schema, nothing checks it.
 * @param schema - a [Standard Schema](https://standardschema.dev) that checks, and may transform, the value.
 *
 * @example
 * ```ts
 * import { json, request } from 'readystream';
 *
 * request('data:,{"id":7}').pipe(json<{ id: number }>()).subscribe(({ id }) => console.log(id)); // 7
 * ```
 *
 * @see [RFC 8259: JSON](https://www.rfc-editor.org/rfc/rfc8259)
 */
export function json<Value = unknown>(
  schema?: StandardSchema<Value>,
): OperatorFunction<ReadyStateEvent, Value> {
  return parseChecked('json', schema, (options) => joinText((text) => parseJson(text, options), options));
}
