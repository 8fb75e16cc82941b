import { readBytes } from '../../body/BodyReader.js';

/** The number of bytes passed to the socket at a time, so that progress is reported while a large buffer is sent. */
const sliceBytes = 65_536;

/** Receives the reports of an {@link UploadBody}. */
export interface UploadTarget {
  /** A slice is about to be passed to the network. */
  uploading(): void;
  /** The total number of bytes passed to the network so far. */
  uploaded(loaded: number): void;
  /** The whole body has been passed to the network. */
  uploadFinished(): void;
}

/**
 * A request's body in slices. undici asks for the next slice when the socket has taken the previous one (it waits for `drain`),
 * so each such call reports progress. {@link UploadBody.close} returns the source's iterator even if undici would wait for ever
 * for its next piece. If an interceptor of the dispatcher sends the request again, it reads from here again, from the start of
 * the source.
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
    // An iterator that ends without a slice would be sent as an empty body.
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

  /** Tells the source to stop; does nothing if it has been read to its end. */
  close(): void {
    this.#closed = true;
    this.#leave();
  }

  #leave(): void {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    // Errors of a source while it closes no longer matter.
    iterator?.return?.().then(undefined, () => undefined);
  }
}
