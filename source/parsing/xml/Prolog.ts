import { type TextPosition } from '../../errors/ParseError.js';
import { type Dtd } from './dtd/Dtd.js';
import { DtdScanner } from './dtd/DtdScanner.js';
import { placeInDoctype, readDoctype, type ReadDoctypeOptions } from './dtd/readDoctype.js';
import { XmlFault } from './XmlFault.js';

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

  /** Reads the text of the DOCTYPE that starts at `start`; what is wrong in it is placed. */
  readDoctype(text: string, start: TextPosition, options: ReadDoctypeOptions): Dtd {
    const scanner = new DtdScanner(text);
    try {
      return readDoctype(scanner, options);
    } catch (error) {
      if (error instanceof XmlFault) {
        const source = this.#pieces.join('').slice(start.offset - this.#from);
        error.position = placeInDoctype(source, start, scanner.place);
      }
      throw error;
    }
  }

  drop(): void {
    this.#pieces = [];
  }
}
