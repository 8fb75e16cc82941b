import { decodeText } from '../../../parsing/decodeText.js';
import { decodeXmlText } from '../../../parsing/decodeXml.js';
import { type IncrementalParser } from '../../../parsing/IncrementalParser.js';
import { type ReceivedBytes } from './ReceivedBytes.js';

/**
 * The text of what has been received so far, decoded as a stream: each byte once, however often it is read.
 *
 * Note: a character whose bytes are not all there yet is left out until they are, as in browsers; decoded anew each time, it
 * would be U+FFFD meanwhile.
 */
export class TextResponse {
  readonly #decoder: IncrementalParser<Uint8Array, string>;
  #text = '';
  #decoded = 0;
  #ended = false;

  /**
   * @param encoding - the final encoding.
   * @param isXml - whether, without one, the encoding is looked for as XML has it.
   */
  constructor(encoding: string | undefined, isXml: boolean) {
    this.#decoder = isXml ? decodeXmlText({ encoding }) : decodeText({ encoding });
  }

  /** The text up to now, or all of it. */
  read(bytes: ReceivedBytes, isComplete: boolean): string {
    if (this.#ended) return this.#text;
    const pieces: string[] = [];
    for (const piece of bytes.piecesFrom(this.#decoded)) {
      this.#decoder.write(piece, pieces);
      this.#decoded += piece.byteLength;
    }
    if (isComplete) {
      this.#ended = true;
      this.#decoder.end(pieces);
    }
    if (pieces.length > 0) this.#text += pieces.join('');
    return this.#text;
  }
}
