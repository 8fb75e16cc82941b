import { type TextPosition } from '../../../errors/ParseError.js';

/** Behind every place in a window; a small integer, which Infinity is not. */
export const unbounded = 0x3fff_ffff;

/** Bytes behind the last that was taken: what reads looks ahead without asking, and four bytes at once. */
const lookahead = 8;

/** The bytes of a document that are not done with, and where in the document they are. */
export class ByteWindow {
  /** A zero stands behind the last byte, which nothing takes for anything else. */
  bytes = new Uint8Array(16_384);
  view = new DataView(this.bytes.buffer);
  fill = 0;
  /** Where the current token starts, and how far it was read. */
  token = 0;
  at = 0;
  /** A token that ends behind this place is handed over: a limit may be reached there. */
  endBefore = unbounded;
  /** Bytes of the document, and UTF-16 code units, before the window. */
  bytesBefore = 0;
  unitsBefore = 0;
  // At `at`: the line, where in the window, told in code units, it starts, and how many more bytes than code units the window
  // has before.
  line = 1;
  lineStart = 0;
  surplus = 0;
  // The same at `token`.
  tokenLine = 1;
  tokenLineStart = 0;
  tokenSurplus = 0;

  /** Says where in the document the current token is, of which nothing was read yet. */
  start({ line, column, offset }: TextPosition, byteOffset: number): void {
    const { token, tokenSurplus } = this;
    this.line = this.tokenLine = line;
    this.lineStart = this.tokenLineStart = token - tokenSurplus + 1 - column;
    this.unitsBefore = offset - token + tokenSurplus;
    this.bytesBefore = byteOffset - token;
  }

  /** Where the current token starts: its column, its offset, its offset in bytes. */
  get column(): number {
    return this.token - this.tokenSurplus - this.tokenLineStart + 1;
  }

  get offset(): number {
    return this.unitsBefore + this.token - this.tokenSurplus;
  }

  get byteOffset(): number {
    return this.bytesBefore + this.token;
  }

  /** Ends the current token at `at`, where the next begins. */
  next(at: number): void {
    this.at = this.token = at;
    this.tokenLine = this.line;
    this.tokenLineStart = this.lineStart;
    this.tokenSurplus = this.surplus;
  }

  /** Goes back to the start of the current token. */
  rewind(): void {
    this.at = this.token;
    this.line = this.tokenLine;
    this.lineStart = this.tokenLineStart;
    this.surplus = this.tokenSurplus;
  }

  /** A line starts at `at`. */
  newLine(at: number): void {
    this.line += 1;
    this.lineStart = at - this.surplus;
  }

  /** The place behind white space; before a carriage return that ends the window, since a line feed may come. */
  skipSpace(from: number): number {
    const { bytes, fill } = this;
    let p = from;
    for (;;) {
      const c = bytes[p]!;
      if (c === 0x20 || c === 0x09) {
        p += 1;
      } else if (c === 0x0a || c === 0x0d) {
        if (c === 0x0d && p + 1 === fill) return p;
        p += c === 0x0d && bytes[p + 1] === 0x0a ? 2 : 1;
        this.newLine(p);
      } else {
        return p;
      }
    }
  }

  /**
   * Takes bytes in. Where there is no room, what is before `keep` goes; how many bytes those were is what it gives.
   *
   * @param surplus - how many more bytes than code units are before `keep`
   */
  take(bytes: Uint8Array, keep: number, surplus: number): number {
    let gone = 0;
    const kept = this.fill - keep;
    const needed = kept + bytes.length + lookahead;
    if (this.fill + bytes.length + lookahead > this.bytes.length) {
      // Over the half, copying to and fro would cost more than the memory is worth.
      if (needed > this.bytes.length || kept > this.bytes.length / 2) this.#grow(needed, keep);
      else this.bytes.copyWithin(0, keep, this.fill);
      gone = keep;
      this.#rebase(gone, surplus);
    }
    this.bytes.set(bytes, this.fill);
    this.fill += bytes.length;
    this.bytes[this.fill] = 0;
    return gone;
  }

  #grow(needed: number, keep: number): void {
    const old = this.bytes;
    let size = old.length;
    while (size < needed * 1.5) size *= 2;
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.bytes.set(old.subarray(keep, this.fill));
  }

  /** The first bytes are gone. */
  #rebase(bytes: number, surplus: number): void {
    const units = bytes - surplus;
    this.bytesBefore += bytes;
    this.unitsBefore += units;
    this.fill -= bytes;
    this.token -= bytes;
    this.at -= bytes;
    if (this.endBefore !== unbounded) this.endBefore -= bytes;
    this.lineStart -= units;
    this.tokenLineStart -= units;
    this.surplus -= surplus;
    this.tokenSurplus -= surplus;
  }
}
