import { ParseError } from '../errors/ParseError.js';
import { explainJsonError } from './explainJsonError.js';
import { type IncrementalParser } from './IncrementalParser.js';
import { type ParserOptions } from './ParserOptions.js';

/**
 * Gives the value of a whole JSON text at the end; `null` where the text is empty. A text that is no JSON throws a
 * `ParseError` that tells the place and what stands there, in the same words on every engine.
 */
export function parseJson({ request, url }: ParserOptions = {}): IncrementalParser<string, unknown> {
  const pieces: string[] = [];
  return {
    write(text) {
      pieces.push(text);
    },
    end(output) {
      const text = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('');
      if (text === '') {
        output.push(null);
        return;
      }
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch (cause) {
        const { detail, position } = explainJsonError(text);
        throw new ParseError('json', `This is no JSON: ${detail}`, { position, request, url, cause });
      }
      output.push(value);
    },
  };
}
