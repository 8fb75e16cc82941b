import { type TextPosition } from '../../errors/ParseError.js';

/** A place that is set anew rather than made anew. */
export type MovingPosition = { -readonly [Key in keyof TextPosition]: TextPosition[Key] };

/** Tells places of the document by places of the text that saxes was given in its stead. */
export class PositionMap {
  // What is added to a place of saxes' text.
  #lines = 0;
  #offsets = 0;
  /** Added on the line `#columnsLine` of saxes' text; behind it columns are the same. */
  #columns = 0;
  #columnsLine = 0;
  #pinned: TextPosition | undefined;

  /** Makes a place in saxes' text the one in the document. */
  correct(place: MovingPosition): void {
    if (this.#pinned !== undefined) {
      Object.assign(place, this.#pinned);
      return;
    }
    if (place.line === this.#columnsLine) place.column += this.#columns;
    place.line += this.#lines;
    place.offset += this.#offsets;
  }

  /** From now on every place is `position`: saxes is given what does not stand in the document. */
  pin(position: TextPosition): void {
    this.#pinned = position;
  }

  /** From now on saxes, at `inSaxes` of its text, is given the document's again, which goes on at `position`. */
  resume(position: TextPosition, inSaxes: TextPosition): void {
    this.#pinned = undefined;
    this.#lines = position.line - inSaxes.line;
    this.#offsets = position.offset - inSaxes.offset;
    this.#columns = position.column - inSaxes.column;
    this.#columnsLine = inSaxes.line;
  }
}
