import { type TextPosition } from '../../errors/ParseError.js';
import { placeInDoctype } from './dtd/readDoctype.js';

/** The text from the start of a token before the root element on, for the place of trouble in a DOCTYPE. */
export class Prolog {
  #pieces: string[] = [];
  #from = 0;
  #to = 0;

  /** @param start - where the current token starts: what lies before is not needed any more. */
  keep(text: string, start: TextPosition): void {
    if (start.offset >= this.#to) {
      this.#pieces = [];
      this.#from = this.#to;
    }
    this.#pieces.push(text);
    this.#to += text.length;
  }

  /** The place of a character of the DOCTYPE that starts at `start`, told by the index in its text. */
  place(start: TextPosition, index: number): TextPosition {
    return placeInDoctype(this.#pieces.join('').slice(start.offset - this.#from), start, index);
  }

  drop(): void {
    this.#pieces = [];
  }
}
