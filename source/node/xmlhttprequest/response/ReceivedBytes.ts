import { BytePieces } from '../../../parsing/BytePieces.js';

/** From here on one buffer for the whole body is made at the first bytes, where its length is announced. */
const wholeFrom = 1_048_576;

/** The received bytes of a response. What has been received never changes. */
export class ReceivedBytes {
  readonly #announced: number;
  readonly #pieces = new BytePieces();
  /** Our own memory, filled up to `byteLength`: room for all that was announced, or what was joined. */
  #whole: Uint8Array<ArrayBuffer> | undefined;
  #byteLength = 0;

  /** @param announced - how many bytes will come, as far as is known and can be trusted to be worth the memory; 0 where not. */
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
      // More than was announced: what there is becomes an ordinary piece.
      this.#pieces.add(this.#whole.subarray(0, from));
      this.#whole = undefined;
    }
    this.#pieces.add(chunk);
  }

  /** The bytes from `offset` on, in few pieces. */
  *piecesFrom(offset: number): Generator<Uint8Array<ArrayBuffer>> {
    if (this.#whole !== undefined) {
      yield this.#whole.subarray(offset, this.#byteLength);
      return;
    }
    yield* this.#pieces.from(offset);
  }

  /** All bytes in one piece. */
  join(): Uint8Array<ArrayBuffer> {
    const [first, ...others] = this.#whole === undefined ? this.#pieces.from() : [];
    if (first !== undefined && others.length === 0) return first;
    return this.#joined().subarray(0, this.#byteLength);
  }

  /** All bytes, in a buffer that nobody else has; where that needs no copy, it is the very memory that holds them here. */
  toArrayBuffer(): ArrayBuffer {
    const { buffer } = this.#joined();
    return buffer.byteLength === this.#byteLength ? buffer : buffer.slice(0, this.#byteLength);
  }

  /** Memory of our own that begins with all bytes. */
  #joined(): Uint8Array<ArrayBuffer> {
    if (this.#whole !== undefined) return this.#whole;
    this.#whole = new Uint8Array(this.#pieces.take(true));
    return this.#whole;
  }
}

/** Room for so many bytes; `undefined` where there is none. */
function allocate(byteLength: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(byteLength);
  } catch {
    // A server may announce whatever it likes.
    return undefined;
  }
}

/** The empty byte sequence: what has been received before a response has. Nothing is appended to it. */
export const noBytes = /*#__PURE__*/ new ReceivedBytes(0);
