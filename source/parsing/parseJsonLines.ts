import { ParseError } from '../errors/ParseError.js';
import { type IncrementalParser, type ParserOptions } from './IncrementalParser.js';
import { explainJsonError } from './parseJson.js';

/**
 * Gives the value of each line of [JSON Lines](https://jsonlines.org), as {@link splitLines} gives them; blank lines are
 * passed over. The record separator that starts each value of a
 * [JSON text sequence](https://www.rfc-editor.org/rfc/rfc7464) may stand before one. A line that is no JSON throws a
 * `ParseError` that tells the line, the column, what stands there and how many values there were before.
 */
export function parseJsonLines({ request, url }: ParserOptions = {}): IncrementalParser<string, unknown> {
  let lines = 0;
  let values = 0;
  return {
    write(line, output) {
      lines += 1;
      // A line that is JSON is never blank and starts with no separator, so only what fails is looked at closer.
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
      // Every line was given whole.
    },
  };

  function refusal(line: string, cause: unknown): ParseError {
    const { detail, position } = explainJsonError(line);
    const before = values === 1 ? '1 value was' : `${values} values were`;
    return new ParseError('jsonLines', `${before} read, then no JSON: ${detail}`, {
      request,
      url,
      cause,
      position: { line: lines, column: position.column },
    });
  }
}

/** U+001E, before a value. */
const recordSeparators = /^[\t ]*\x1e[\t \x1e]*/;
