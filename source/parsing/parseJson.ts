import { ParseError } from '../errors/ParseError.js';
import { explainJsonError } from './explainJsonError.js';
import { type ParserOptions } from './ParserOptions.js';

/**
 * The value of a whole JSON text; `null` where the text is empty. A text that is no JSON throws a `ParseError` that tells
 * the place and what stands there, in the same words on every engine.
 */
export function parseJson(text: string, { request, url }: ParserOptions = {}): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { detail, position } = explainJsonError(text);
    throw new ParseError('json', `This is no JSON: ${detail}`, { position, request, url, cause });
  }
}
