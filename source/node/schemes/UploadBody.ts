/** So much is handed to the socket at a time, so that progress is told while a large buffer goes out. */
const sliceBytes = 65_536;

/** What an {@link UploadBody} reports to. */
export interface UploadTarget {
  /** So many bytes in all have been handed to the network. */
  uploaded(loaded: number): void;
  /** The whole body has been handed to the network. */
  uploadFinished(): void;
}

/**
 * A request's body in slices. undici asks for the next slice when the socket has taken the one before (it waits for
 * `drain`), so asking is what progress is told by. {@link UploadBody.close} returns the source's iterator also where
 * undici would wait for ever for its next piece.
 */
export class UploadBody implements AsyncIterable<Uint8Array> {
  readonly #source: Uint8Array | (() => AsyncIterable<Uint8Array>);
  readonly #target: UploadTarget;
  #iterator: AsyncIterator<Uint8Array> | undefined;
  #closed = false;

  constructor(source: Uint8Array | (() => AsyncIterable<Uint8Array>), target: UploadTarget) {
    this.#source = source;
    this.#target = target;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    let loaded = 0;
    for (;;) {
      const piece = await this.#next(loaded);
      if (piece === undefined) break;
      for (let at = 0; at < piece.byteLength; at += sliceBytes) {
        const slice = piece.subarray(at, at + sliceBytes);
        yield slice;
        if (this.#closed) return;
        loaded += slice.byteLength;
        this.#target.uploaded(loaded);
      }
    }
    if (this.#closed) return;
    this.#closed = true;
    this.#target.uploadFinished();
  }

  /** Tells the source that no more of it is wanted; does nothing where it has been read to its end. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // What a source says while it is closed can change nothing any more.
    this.#iterator?.return?.().then(undefined, () => undefined);
  }

  async #next(loaded: number): Promise<Uint8Array | undefined> {
    if (this.#closed) return undefined;
    if (typeof this.#source !== 'function')
      return loaded < this.#source.byteLength ? this.#source : undefined;
    this.#iterator ??= this.#source()[Symbol.asyncIterator]();
    const result = await this.#iterator.next();
    if (result.done === true) return undefined;
    const { value } = result;
    if (!ArrayBuffer.isView(value))
      throw new TypeError('a body that is streamed must give Uint8Array chunks');
    return value;
  }
}
