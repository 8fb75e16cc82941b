import { defer, type OperatorFunction } from 'rxjs';
import { type ParseFormat } from '../../errors/ParseError.js';
import { type IncrementalParser } from '../../parsing/IncrementalParser.js';
import { type ReadyStateEvent } from '../../request/ReadyStateEvent.js';
import { bodyOptions, type BodyOptions } from './bodyOptions.js';
import { checkWith } from './checkWith.js';
import { parseWith } from './parseWith.js';
import { type StandardSchema } from './StandardSchema.js';

/** `parseWith` for values that a schema may check; without one, their type is the caller's promise. */
export function parseChecked<Value>(
  format: ParseFormat,
  schema: StandardSchema<Value> | undefined,
  makeParser: (options: BodyOptions) => IncrementalParser<Uint8Array<ArrayBuffer>, unknown>,
): OperatorFunction<ReadyStateEvent, Value> {
  if (schema === undefined) {
    return parseWith((context) => makeParser(bodyOptions(context))) as OperatorFunction<
      ReadyStateEvent,
      Value
    >;
  }
  // What a caller without types may give.
  if (typeof (schema as Partial<StandardSchema<Value>>)['~standard']?.validate !== 'function') {
    throw new TypeError(
      'The schema is no Standard Schema: give one of a library that makes them (standardschema.dev)',
    );
  }
  return (source) =>
    defer(() => {
      let options: BodyOptions | undefined;
      return source.pipe(
        parseWith((context) => makeParser((options = bodyOptions(context)))),
        checkWith(schema, format, () => options),
      );
    });
}
