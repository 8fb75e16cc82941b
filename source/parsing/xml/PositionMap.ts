import { type TextPosition } from '../../errors/ParseError.js';

/** Where saxes stands in the text that it was given. */
export interface SaxesPlace {
  /** Code units from the start. */
  readonly offset: number;
  /** The line, from 1. */
  readonly line: number;
  /** Code units before the line. */
  readonly lineStart: number;
}

/** Tells places of the document by places of the text that saxes was given in its stead. */
export class PositionMap {
  #offset = 0;
  #line = 0;
  /** On that line of saxes' text, columns differ by `#column`; behind it, no longer. */
  #columnLine = 0;
  #column = 0;
  #pinned: TextPosition | undefined;

  /** The place in the document. */
  locate({ offset, line, lineStart }: SaxesPlace): TextPosition {
    if (this.#pinned !== undefined) return this.#pinned;
    const shift = line === this.#columnLine ? this.#column : 0;
    return { line: line + this.#line, column: offset - lineStart + 1 + shift, offset: offset + this.#offset };
  }

  /** From now on every place is `position`: saxes is given what does not stand in the document. */
  pin(position: TextPosition): void {
    this.#pinned = position;
  }

  /** From now on saxes is given the document's text again, which goes on at `position`. */
  resume(position: TextPosition, { offset, line, lineStart }: SaxesPlace): void {
    this.#pinned = undefined;
    this.#offset = position.offset - offset;
    this.#line = position.line - line;
    this.#columnLine = line;
    this.#column = position.column - (offset - lineStart + 1);
  }
}
