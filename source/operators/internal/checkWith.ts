import { concatMap, from, type Observable, of, type OperatorFunction } from 'rxjs';
import { ParseError, type ParseFormat } from '../../errors/ParseError.js';
import { type ParserOptions } from '../../parsing/ParserOptions.js';
import { type StandardSchema, type StandardSchemaResult } from './StandardSchema.js';

/**
 * Passes on what the schema makes of each value, in order; errors with a `ParseError` that lists the issues where the
 * schema refuses one and names the exchange that `where` tells.
 */
export function checkWith<Output>(
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
      throw new ParseError(format, `${which} does not fit the schema (${list})`, {
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
