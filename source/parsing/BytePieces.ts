/** Room for small pieces is made in blocks of up to so many bytes; larger pieces are kept as they are. */
const blockBytes = 65_536;
const firstBlockBytes = 1_024;

/**
 * The bytes of a body while they are held, however it was cut: small pieces are copied into blocks as they come, so that what is held
 * costs at most an eighth and one block more than its bytes. A piece of one byte, kept as it came, would cost an object of a hundred
 * and, where it is a window on a larger buffer, that buffer.
 */
export class BytePieces {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  /** The block that the next small piece goes into, filled up to `#used`. */
  #block: Uint8Array<ArrayBuffer> | undefined;
  #used = 0;
  #byteLength = 0;

  get byteLength(): number {
    return this.#byteLength;
  }

  /** The piece is ours from here on: it must not change. */
  add(piece: Uint8Array<ArrayBuffer>): void {
    const { byteLength } = piece;
    if (byteLength === 0) return;
    const isFirst = this.#byteLength === 0;
    this.#byteLength += byteLength;
    // Most bodies are one piece, which stays one: it goes into a block only once another one comes.
    if (isFirst || (byteLength >= blockBytes && isMostOf(piece))) {
      this.#closeBlock();
      this.#pieces.push(isMostOf(piece) ? piece : piece.slice());
      return;
    }
    const [sole] = this.#pieces;
    if (this.#pieces.length === 1 && sole !== undefined && sole.byteLength < blockBytes && !this.#block) {
      this.#pieces.length = 0;
      this.#copy(sole);
    }
    this.#copy(piece);
  }

  /** The bytes from `offset` on, in few pieces. */
  *from(offset = 0): Generator<Uint8Array<ArrayBuffer>, void> {
    let at = 0;
    for (const piece of this.#all()) {
      if (at + piece.byteLength > offset) yield offset > at ? piece.subarray(offset - at) : piece;
      at += piece.byteLength;
    }
  }

  /**
   * All bytes in a buffer of their own, and nothing is held any more.
   *
   * @param isCopy - whether the buffer of a sole piece is copied too, since it may be in use elsewhere.
   */
  take(isCopy = false): ArrayBuffer {
    const pieces = this.#all();
    const [sole] = pieces;
    this.#pieces.length = this.#used = 0;
    this.#block = undefined;
    const whole =
      !isCopy && sole !== undefined && pieces.length === 1 && sole.byteLength === sole.buffer.byteLength
        ? sole
        : new Uint8Array(this.#byteLength);
    let at = 0;
    // What has been copied may go at once.
    for (let piece = pieces.shift(); piece !== undefined && piece !== whole; piece = pieces.shift()) {
      whole.set(piece, at);
      at += piece.byteLength;
    }
    this.#byteLength = 0;
    return whole.buffer;
  }

  #all(): Uint8Array<ArrayBuffer>[] {
    return this.#block === undefined
      ? [...this.#pieces]
      : [...this.#pieces, this.#block.subarray(0, this.#used)];
  }

  #copy(piece: Uint8Array<ArrayBuffer>): void {
    for (let start = 0; start < piece.byteLength;) {
      // As large as what is held: a small body takes a small one.
      this.#block ??= new Uint8Array(Math.min(blockBytes, Math.max(firstBlockBytes, this.#byteLength)));
      const part = piece.subarray(start, start + this.#block.byteLength - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.byteLength;
      start += part.byteLength;
      if (this.#used === this.#block.byteLength) this.#closeBlock();
    }
  }

  #closeBlock(): void {
    if (this.#block === undefined) return;
    const filled = this.#block.subarray(0, this.#used);
    this.#pieces.push(isMostOf(filled) ? filled : filled.slice());
    this.#block = undefined;
    this.#used = 0;
  }
}

/** Whether holding this piece holds little memory besides. */
function isMostOf({ byteLength, buffer }: Uint8Array): boolean {
  return byteLength * 8 >= buffer.byteLength * 7;
}
