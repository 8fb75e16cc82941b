import { decodeText } from '../../../parsing/decodeText.js';
import { decodeXmlText } from '../../../parsing/decodeXml.js';
import { type IncrementalParser } from '../../../parsing/IncrementalParser.js';
import { type ReceivedBytes } from './ReceivedBytes.js';

/**
 * The text of the bytes received so far, decoded as a stream: each byte once, however often the text is read.
 *
 * Note: an incomplete character is left out until its bytes have arrived, as in browsers; decoding from the start each time would
 * turn it into U+FFFD.
 */
export class TextResponse {
  readonly #decoder: IncrementalParser<Uint8Array, string>;
  #text = '';
  #decoded = 0;
  #ended = false;

  /**
   * @param encoding - the final encoding.
   * @param isXml - whether to detect the encoding by XML's rules if there is none.
   */
  constructor(encoding: string | undefined, isXml: boolean) {
    this.#decoder = isXml ? decodeXmlText({ encoding }) : decodeText({ encoding });
  }

  /** Returns the text so far, or all of it. */
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
