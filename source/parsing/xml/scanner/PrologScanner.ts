/** Looks for the root element's start tag in the bytes of a document, which grow until it is found. */
export class PrologScanner {
  /** Where the token starts that is being looked through, up to where it was, and the quote that is open there. */
  #token = 0;
  #seen = 0;
  #quote = 0;

  /**
   * Where the root's start tag starts: `undefined` where that needs more bytes, -1 where what is before the root is not looked
   * through here, which are internal subsets and what is malformed.
   */
  rootIn(bytes: Uint8Array): number | undefined {
    for (;;) {
      let at = this.#token;
      while (isSpace(bytes[at])) at += 1;
      this.#token = at;
      if (at < bytes.length && bytes[at] !== 0x3c) return -1;
      const second = bytes[at + 1];
      if (second === undefined) return undefined;
      let end: number | undefined;
      if (second === 0x3f) {
        end = this.#find(bytes, at + 2, [0x3f, 0x3e]);
      } else if (second !== 0x21) {
        return at;
      } else {
        if (at + 4 > bytes.length) return undefined;
        const isComment = bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d;
        end = isComment ? this.#find(bytes, at + 4, [0x2d, 0x2d, 0x3e]) : this.#findDoctypeEnd(bytes, at + 2);
      }
      if (end === undefined || end === -1) return end;
      this.#token = this.#seen = end;
    }
  }

  /** The place behind the first occurrence of these bytes. */
  #find(bytes: Uint8Array, from: number, wanted: readonly number[]): number | undefined {
    let at = Math.max(from, this.#seen);
    for (; at + wanted.length <= bytes.length; at += 1) {
      if (wanted.every((byte, index) => bytes[at + index] === byte)) return at + wanted.length;
    }
    this.#seen = at;
    return undefined;
  }

  /** The place behind a document type declaration without an internal subset; -1 where it has one. */
  #findDoctypeEnd(bytes: Uint8Array, from: number): number | undefined {
    let quote = this.#quote;
    for (let at = Math.max(from, this.#seen); at < bytes.length; at += 1) {
      const byte = bytes[at]!;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === 0x22 || byte === 0x27) {
        quote = byte;
      } else if (byte === 0x5b) {
        return -1;
      } else if (byte === 0x3e) {
        this.#quote = 0;
        return at + 1;
      }
    }
    this.#quote = quote;
    this.#seen = bytes.length;
    return undefined;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
