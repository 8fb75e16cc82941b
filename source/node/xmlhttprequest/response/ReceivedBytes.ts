import { BytePieces } from '../../../parsing/BytePieces.js';

/** The announced length from which one buffer for the whole body is allocated with the first bytes. */
const wholeFrom = 1_048_576;

/** The received bytes of a response. Bytes once received never change. */
export class ReceivedBytes {
  readonly #announced: number;
  readonly #pieces = new BytePieces();
  /** Our own memory, filled up to `byteLength`: for the announced length, or for the joined pieces. */
  #whole: Uint8Array<ArrayBuffer> | undefined;
  #byteLength = 0;

  /** @param announced - how many bytes to expect, if known and worth allocating memory for; otherwise 0. */
  constructor(announced: number) {
    this.#announced = announced;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  append(chunk: Uint8Array<ArrayBuffer>): void {
    const from = this.#byteLength;
    this.#byteLength += chunk.byteLength;
    if (from === 0 && this.#announced >= wholeFrom) this.#whole = allocate(this.#announced);
    if (this.#whole !== undefined && this.#byteLength <= this.#whole.byteLength) {
      this.#whole.set(chunk, from);
      return;
    }
    if (this.#whole !== undefined) {
      // More than announced: the bytes so far become an ordinary piece.
      this.#pieces.add(this.#whole.subarray(0, from));
      this.#whole = undefined;
    }
    this.#pieces.add(chunk);
  }

  /** Yields the bytes from `offset` on, in few pieces. */
  *piecesFrom(offset: number): Generator<Uint8Array<ArrayBuffer>> {
    if (this.#whole !== undefined) {
      yield this.#whole.subarray(offset, this.#byteLength);
      return;
    }
    yield* this.#pieces.from(offset);
  }

  /** Returns all bytes in one piece. */
  join(): Uint8Array<ArrayBuffer> {
    const [first, ...others] = this.#whole === undefined ? this.#pieces.from() : [];
    if (first !== undefined && others.length === 0) return first;
    return this.#joined().subarray(0, this.#byteLength);
  }

  /** Returns all bytes in a buffer that no other code holds: without a copy if possible, as the memory that holds them here. */
  toArrayBuffer(): ArrayBuffer {
    const { buffer } = this.#joined();
    return buffer.byteLength === this.#byteLength ? buffer : buffer.slice(0, this.#byteLength);
  }

  /** Returns our own memory, which starts with all bytes. */
  #joined(): Uint8Array<ArrayBuffer> {
    if (this.#whole !== undefined) return this.#whole;
    this.#whole = new Uint8Array(this.#pieces.take(true));
    return this.#whole;
  }
}

/** Allocates memory for this many bytes; `undefined` if that fails. */
function allocate(byteLength: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(byteLength);
  } catch {
    // A server may announce any length.
    return undefined;
  }
}

/** The empty byte sequence: the received bytes before there is a response. Nothing is appended to it. */
export const noBytes = /*#__PURE__*/ new ReceivedBytes(0);
