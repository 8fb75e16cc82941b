import { ParseError } from '../errors/ParseError.js';
import { type IncrementalParser, type ParserOptions } from './IncrementalParser.js';
import { explainJsonError } from './parseJson.js';

/**
 * Parses each line of [JSON Lines](https://jsonlines.org), as {@link splitLines} splits them; blank lines are skipped. A
 * value may follow a record separator, as in a [JSON text sequence](https://www.rfc-editor.org/rfc/rfc7464). Invalid JSON
 * throws a `ParseError` that names the line, the column, the text there and the number of values before it.
 */
export function parseJsonLines({ request, url }: ParserOptions = {}): IncrementalParser<string, unknown> {
  let lines = 0;
  let values = 0;
  return {
    write(line, output) {
      lines += 1;
      // Valid JSON is never blank and never starts with a separator, so only lines that fail are examined.
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch (cause) {
        const text = line.replace(recordSeparators, (separators) => ' '.repeat(separators.length));
        if (!/[^\t ]/.test(text)) return;
        if (text === line) throw refusal(line, cause);
        try {
          value = JSON.parse(text);
        } catch (inner) {
          throw refusal(text, inner);
        }
      }
      values += 1;
      output.push(value);
    },
    end() {
      // All lines arrived complete.
    },
  };

  function refusal(line: string, cause: unknown): ParseError {
    const { detail, position } = explainJsonError(line);
    const before = values === 1 ? '1 value' : `${values} values`;
    return new ParseError('jsonLines', `Invalid JSON after ${before}: ${detail}`, {
      request,
      url,
      cause,
      position: { line: lines, column: position.column },
    });
  }
}

/** U+001E, before a value. */
const recordSeparators = /^[\t ]*\x1e[\t \x1e]*/;
