import { readBytes } from '../../body/BodyReader.js';

/** So much is handed to the socket at a time, so that progress is told while a large buffer goes out. */
const sliceBytes = 65_536;

/** What an {@link UploadBody} reports to. */
export interface UploadTarget {
  /** A slice is about to be handed to the network. */
  uploading(): void;
  /** So many bytes in all have been handed to the network. */
  uploaded(loaded: number): void;
  /** The whole body has been handed to the network. */
  uploadFinished(): void;
}

/**
 * A request's body in slices. undici asks for the next slice when the socket has taken the one before (it waits for
 * `drain`), so asking is what progress is told by. {@link UploadBody.close} returns the source's iterator also where
 * undici would wait for ever for its next piece. An interceptor of the dispatcher that sends the request again reads from here
 * again, and from the source's beginning.
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
    this.#leave();
    // What ended without a piece would be sent as an empty body.
    if (this.#closed) throw new Error('the request was cancelled');
    const iterator = readBytes(this.#source)[Symbol.asyncIterator]();
    this.#iterator = iterator;
    let loaded = 0;
    for (;;) {
      const result = await iterator.next();
      if (this.#iterator !== iterator) throw new Error('the request was cancelled');
      if (result.done === true) break;
      const piece = result.value;
      for (let at = 0; at < piece.byteLength; at += sliceBytes) {
        const slice = piece.subarray(at, at + sliceBytes);
        this.#target.uploading();
        yield slice;
        if (this.#iterator !== iterator) throw new Error('the request was cancelled');
        loaded += slice.byteLength;
        this.#target.uploaded(loaded);
      }
    }
    this.#iterator = undefined;
    this.#target.uploadFinished();
  }

  /** Tells the source that no more of it is wanted; does nothing where it has been read to its end. */
  close(): void {
    this.#closed = true;
    this.#leave();
  }

  #leave(): void {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    // What a source says while it is closed can change nothing any more.
    iterator?.return?.().then(undefined, () => undefined);
  }
}
