import { type TextPosition } from '../../errors/ParseError.js';

/**
 * The place of a character of a document type declaration.
 *
 * @param source - the document from the declaration's `<` on, with its own line ends.
 * @param start - where the declaration starts.
 * @param index - characters behind `<!DOCTYPE`, with normalised line ends.
 */
export function placeInDoctype(source: string, start: TextPosition, index: number): TextPosition {
  let at = '<!DOCTYPE'.length;
  let { line, column } = start;
  column += at;
  for (let left = index; left > 0; left -= 1) {
    const character = source[at];
    at += character === '\r' && source[at + 1] === '\n' ? 2 : 1;
    if (character === '\r' || character === '\n') {
      line += 1;
      column = 1;
    } else {
      column += 1;
    }
  }
  return { line, column, offset: start.offset + at };
}
