import { concatMap, defer, from, type Observable, of, type OperatorFunction } from 'rxjs';
import { ParseError, type ParseFormat } from '../../errors/ParseError.js';
import { type IncrementalParser, type ParserOptions } from '../../parsing/IncrementalParser.js';
import { type ReadyStateEvent } from '../../request/ReadyStateEvent.js';
import { bodyOptions, type BodyOptions } from './bodyOptions.js';
import { parseWith } from './parseWith.js';
import { type StandardSchema, type StandardSchemaResult } from './StandardSchema.js';

/** `parseWith` for values that a schema may check; without one, the caller asserts their type. */
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
  // Callers without types may pass anything.
  if (typeof (schema as Partial<StandardSchema<Value>>)['~standard']?.validate !== 'function') {
    throw new TypeError(
      'The schema is not a Standard Schema: use one of a library that supports the standard (standardschema.dev)',
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

/**
 * Passes on the schema's result for each value, in order. Errors with a `ParseError` that lists the issues if the schema
 * rejects one, and names the exchange that `where` returns.
 */
function checkWith<Output>(
  schema: StandardSchema<Output>,
  format: ParseFormat,
  where: () => ParserOptions | undefined,
): OperatorFunction<unknown, Output> {
  return concatMap((value, index): Observable<Output> => {
    const unwrap = (result: StandardSchemaResult<Output>): Output => {
      if (result.issues === undefined) return result.value;
      const list = result.issues
        .map(({ message, path = [] }) => `${describePath(path)}${message}`)
        .join('; ');
      const which = format === 'json' ? 'The JSON' : `Value ${index + 1}`;
      throw new ParseError(format, `${which} does not match the schema (${list})`, {
        request: where()?.request,
        url: where()?.url,
        cause: result.issues,
      });
    };
    const result = schema['~standard'].validate(value);
    return 'then' in result ? from(result.then(unwrap)) : of(unwrap(result));
  });
}

type Path = readonly (PropertyKey | { readonly key: PropertyKey })[];

function describePath(path: Path): string {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return keys.length === 0 ? '' : `${keys.join('.')}: `;
}
