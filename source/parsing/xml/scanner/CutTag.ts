import { type ByteWindow } from './ByteWindow.js';

/**
 * A tag that the end of what is there has cut. It is read anew once it is whole, which is looked for here: were it read with every
 * chunk, time would be quadratic in its length.
 */
export class CutTag {
  /** Bytes of the tag that were there when it was read last; 0 where none is cut. */
  #tried = 0;
  /** Bytes looked at, and the quote of the value that they end in. */
  #seen = 0;
  #quote = 0;

  /** How many bytes of it there are. */
  get size(): number {
    return Math.max(this.#tried, this.#seen);
  }

  /** The tag at the current token was read up to the end of what is there. */
  cut({ token, fill }: ByteWindow): void {
    this.#tried = fill - token;
    this.#seen = this.#quote = 0;
  }

  /** Whether there is nothing new to read: neither the tag's end nor so much more that it may as well be looked at again. */
  isFutile({ bytes, token, fill }: ByteWindow): boolean {
    if (this.#tried === 0) return false;
    let quote = this.#quote;
    for (let index = token + this.#seen; index < fill; index += 1) {
      const c = bytes[index]!;
      if (quote !== 0) {
        if (c === quote) quote = 0;
      } else if (c === 0x22 || c === 0x27) {
        quote = c;
      } else if (c === 0x3e) {
        return false;
      }
    }
    this.#seen = fill - token;
    this.#quote = quote;
    return this.#seen < this.#tried * 2;
  }

  /** The tag is read anew. */
  reset(): void {
    this.#tried = this.#seen = 0;
  }
}
