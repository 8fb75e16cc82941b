import { type TextPosition } from '../../../errors/ParseError.js';

/** Tells the places of characters in a text that comes in pieces; they are asked for in their order. */
export class TextPlaces {
  #line: number;
  #lineStart: number;
  /** Characters before the piece. */
  #base: number;
  #piece = '';
  /** Up to here the lines of the piece were counted. */
  #counted = 0;

  constructor({ line, column, offset }: TextPosition = { line: 1, column: 1, offset: 0 }) {
    this.#line = line;
    this.#base = offset;
    this.#lineStart = offset - column + 1;
  }

  /** Takes the next piece. It never ends between CR and LF. */
  next(piece: string): void {
    this.at(this.#piece.length);
    this.#base += this.#piece.length;
    this.#piece = piece;
    this.#counted = 0;
  }

  /** The place of a character of the current piece. */
  at(index: number): TextPosition {
    for (;;) {
      const feed = this.#nextLine(index);
      if (feed === -1) break;
      this.#line += 1;
      this.#lineStart = this.#base + feed;
      this.#counted = feed;
    }
    if (index > this.#counted) this.#counted = index;
    const offset = this.#base + index;
    return { line: this.#line, column: offset - this.#lineStart + 1, offset };
  }

  /** Where the next line starts, if it does so before `end`. */
  #nextLine(end: number): number {
    for (let index = this.#counted; index < end; index += 1) {
      const code = this.#piece.charCodeAt(index);
      if (code === 0xa) return index + 1;
      if (code !== 0xd) continue;
      if (this.#piece.charCodeAt(index + 1) !== 0xa) return index + 1;
      // Between CR and LF the line is still the same.
      if (index + 2 <= end) return index + 2;
    }
    return -1;
  }
}
