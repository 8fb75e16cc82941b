import { type Subscriber } from 'rxjs';
import { type BodyDecoder, type BodyDecoderTarget } from '../request/BodyDecoder.js';
import {
  type DoneEvent,
  type Flow,
  type Progress,
  type ReadyStateEvent,
  type ResponseHead,
} from '../request/ReadyStateEvent.js';

/** What the consumer gets of a body that several responses bring: one head, its bytes decoded, one end. */
export class BodyOutput implements BodyDecoderTarget {
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  readonly #onWire: () => Pick<Progress, 'transferred' | 'total'>;
  readonly #started = performance.now();
  readonly #startedAt = Date.now();
  #headersAt = 0;
  #firstChunkAt: number | undefined;
  #head: ResponseHead | undefined;
  #decoder: BodyDecoder | undefined;
  #loaded = 0;
  #trailers: DoneEvent['trailers'];
  /** What pauses the response under way. */
  #current: Flow | undefined;
  #isPaused = false;
  #isDecoderFull = false;
  /** Pauses the decoder, or else the response under way. */
  readonly flow: Flow = {
    pause: () => {
      this.#isPaused = true;
      (this.#decoder ?? this.#current)?.pause();
    },
    resume: () => {
      this.#isPaused = false;
      queueMicrotask(() => {
        if (!this.#isPaused) (this.#decoder ?? this.#current)?.resume();
      });
    },
  };

  /** @param onWire - tells how much of the body has come, of how much. */
  constructor(
    subscriber: Subscriber<ReadyStateEvent>,
    onWire: () => Pick<Progress, 'transferred' | 'total'>,
  ) {
    this.#subscriber = subscriber;
    this.#onWire = onWire;
  }

  /** Milliseconds since the request was made. */
  get elapsed(): number {
    return performance.now() - this.#started;
  }

  /** Whether content codings are undone here. */
  get isDecoding(): boolean {
    return this.#decoder !== undefined;
  }

  /** A further response is on its way. */
  use(flow: Flow | undefined): void {
    this.#current = flow;
    if (this.#isDecoderFull || (this.#isPaused && !this.isDecoding)) flow?.pause();
  }

  begin(head: ResponseHead, decode: ResponseHead['decode']): void {
    this.#head = head;
    this.#headersAt = this.elapsed;
    this.#decoder = decode?.(this);
    if (this.#isPaused) this.#decoder?.pause();
    this.#subscriber.next({ readyState: 2, response: head });
  }

  /** The head has turned out to be another: the platform has decoded the text. */
  revise(head: ResponseHead): void {
    this.#head = head;
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#decoder === undefined) this.decoded(bytes);
    else if (!this.#decoder.write(bytes)) {
      this.#isDecoderFull = true;
      this.#current?.pause();
    }
  }

  end(trailers: DoneEvent['trailers']): void {
    this.#trailers = trailers;
    if (this.#decoder === undefined) this.finished();
    else this.#decoder.end();
  }

  /** @param isUrgent - whether it does not wait until what had arrived before has been decoded. */
  fail(error: unknown, isUrgent: boolean): void {
    if (this.#decoder === undefined || isUrgent) this.#subscriber.error(error);
    else {
      this.#decoder.settle(() => {
        this.#subscriber.error(error);
      });
    }
  }

  destroy(): void {
    this.#decoder?.destroy();
  }

  decoded(chunk: Uint8Array<ArrayBuffer>): void {
    const response = this.#head;
    if (response === undefined || chunk.length === 0) return;
    this.#firstChunkAt ??= this.elapsed;
    this.#loaded += chunk.length;
    this.#subscriber.next({ readyState: 3, response, chunk, progress: this.#progress() });
  }

  drained(): void {
    this.#isDecoderFull = false;
    this.#current?.resume();
  }

  finished(): void {
    const response = this.#head;
    if (response === undefined) return;
    this.#subscriber.next({
      readyState: 4,
      response,
      progress: this.#progress(),
      trailers: this.#trailers,
      timings: {
        startedAt: this.#startedAt,
        headers: this.#headersAt,
        firstChunk: this.#firstChunkAt,
        done: this.elapsed,
      },
    });
    this.#subscriber.complete();
  }

  failed(error: unknown): void {
    this.#subscriber.error(error);
  }

  #progress(): Progress {
    return { loaded: this.#loaded, ...this.#onWire() };
  }
}
