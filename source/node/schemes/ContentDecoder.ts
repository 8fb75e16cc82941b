import { type Transform } from 'node:stream';
import { NetworkError } from '../../errors/NetworkError.js';
import { createDecoder } from './contentCodings.js';

/** Receives the reports of a {@link ContentDecoder}. */
export interface ContentDecoderTarget {
  /** Decoded bytes. */
  decoded(chunk: Uint8Array<ArrayBuffer>): void;
  /** After a `write` that returned `false`: there is room again. */
  drained(): void;
  /** Everything is decoded. */
  finished(): void;
  /** The bytes do not match the coding or end too early. */
  failed(error: unknown): void;
}

/**
 * Decodes one content coding on zlib's threads. Chunks passed on never change afterwards: zlib fills each of its output buffers
 * once. After {@link ContentDecoder.destroy} nothing is passed on, whatever zlib is still working on.
 */
export class ContentDecoder {
  readonly #coding: string;
  readonly #target: ContentDecoderTarget;
  #stream: Transform | undefined;
  /** The first byte, kept since it alone does not distinguish zlib's format from raw deflate. */
  #held: Uint8Array | undefined;
  #inputEnded = false;
  #outputEnded = false;
  #destroyed = false;
  #isPaused = false;

  constructor(coding: string, target: ContentDecoderTarget) {
    this.#coding = coding;
    this.#target = target;
  }

  /** Returns `false` if the caller should wait for `drained`. */
  write(chunk: Uint8Array): boolean {
    // Bytes after the end of the compressed stream are ignored, as in browsers and curl; after gzip, Node treats anything but
    // zeros as a further member.
    if (this.#destroyed || this.#outputEnded) return true;
    if (this.#stream !== undefined) return this.#stream.write(chunk);
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    if (this.#coding === 'deflate' && bytes.byteLength < 2) {
      this.#held = bytes;
      return true;
    }
    return this.#open(bytes).write(bytes);
  }

  /** There are no more bytes. */
  end(): void {
    this.#inputEnded = true;
    // A body without bytes is empty, whatever its coding.
    if (this.#outputEnded || (this.#stream === undefined && this.#held === undefined))
      this.#target.finished();
    else if (this.#stream !== undefined) this.#stream.end();
    else if (this.#held !== undefined) this.#open(this.#held).end(this.#held);
  }

  /** Calls back when everything written has been decoded and passed on. */
  settle(callback: () => void): void {
    if (this.#stream === undefined || this.#outputEnded) callback();
    else {
      this.#stream.write(new Uint8Array(), () => {
        if (!this.#destroyed) callback();
      });
    }
  }

  /** Passes nothing on until {@link ContentDecoder.resume}. */
  pause(): void {
    this.#isPaused = true;
    this.#stream?.pause();
  }

  /** The next decoder, or the consumer, has room again. */
  resume(): void {
    this.#isPaused = false;
    this.#stream?.resume();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#stream?.destroy();
  }

  #open(firstBytes: Uint8Array): Transform {
    const stream = createDecoder(this.#coding, firstBytes);
    if (stream === undefined) throw new NetworkError('body', { detail: `no decoder for ${this.#coding}` });
    this.#stream = stream;
    stream.on('data', (chunk: Buffer<ArrayBuffer>) => {
      if (this.#destroyed) return;
      this.#target.decoded(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    });
    stream.on('drain', () => {
      if (!this.#destroyed) this.#target.drained();
    });
    stream.on('end', () => {
      this.#outputEnded = true;
      if (this.#destroyed) return;
      if (this.#inputEnded) this.#target.finished();
      else this.#target.drained();
    });
    stream.on('error', (error) => {
      if (!this.#destroyed) this.#target.failed(error);
    });
    if (this.#isPaused) stream.pause();
    return stream;
  }
}
