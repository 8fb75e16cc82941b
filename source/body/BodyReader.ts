import { type EncodedBody, isNodeReadable, kindOf, unreadable } from './RequestBody.js';

/** What a body is read from: what a caller gave, of whatever types, may break the rules of iterators in every way. */
interface Source {
  readonly next: () => unknown;
  readonly close: () => unknown;
}

/** Iterables that have given bytes: one that gives none the next time had one run only. */
const spent = /*#__PURE__*/ new WeakSet();

/**
 * Reads a body piece by piece, once. What it gives are `Uint8Array`s, in all as many bytes as were announced: anything else is
 * an error before the request ends. Leaving it never throws and waits for nothing.
 */
export class BodyReader implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: Source;
  readonly #announced: number | undefined;
  readonly #origin: object | undefined;
  #read = 0;
  #isOver = false;

  /**
   * @param announced - how many bytes there have to be, where that is known.
   * @param origin - the iterable that the source is an iterator of, where it might be used again.
   */
  constructor(source: Source, announced?: number, origin?: object) {
    this.#source = source;
    this.#announced = announced;
    this.#origin = origin;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#isOver) return { done: true, value: undefined };
    try {
      return this.#check(await this.#source.next());
    } catch (error) {
      // A source that is closed while it is waited for may say so in any way.
      if (this.#wasClosed()) return { done: true, value: undefined };
      void this.return();
      throw error;
    }
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#isOver) {
      this.#isOver = true;
      // What a source says while it is closed can change nothing any more.
      try {
        Promise.resolve(this.#source.close()).catch(() => undefined);
      } catch {
        // As above.
      }
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  #wasClosed(): boolean {
    return this.#isOver;
  }

  #check(result: unknown): IteratorResult<Uint8Array, undefined> {
    if (this.#isOver) return { done: true, value: undefined };
    if (typeof result !== 'object' || result === null) {
      throw new TypeError(
        `The body's next() gave ${kindOf(result)} in place of an object with done and value`,
      );
    }
    const { done, value } = result as { readonly done?: unknown; readonly value?: unknown };
    if (done) {
      if (this.#read < (this.#announced ?? 0)) throw lengthError(`only ${this.#read}`, this.#announced);
      if (this.#read === 0 && this.#origin !== undefined && spent.has(this.#origin)) {
        throw new TypeError(
          'The body gave bytes to another request and gives none to this one: its [Symbol.asyncIterator]() has to begin anew',
        );
      }
      this.#isOver = true;
      return { done: true, value: undefined };
    }
    const piece = checkPiece(value);
    this.#read += piece.byteLength;
    if (this.#read > (this.#announced ?? Infinity))
      throw lengthError(`${this.#read} or more`, this.#announced);
    if (this.#origin !== undefined && this.#read > 0) spent.add(this.#origin);
    return { done: false, value: piece };
  }
}

/** @throws TypeError that names what came and what is due. */
export function checkPiece(value: unknown): Uint8Array {
  // By tag, not by class: another realm's is as good as this one's.
  const kind =
    ArrayBuffer.isView(value) && kindOf(value.buffer) === 'SharedArrayBuffer'
      ? 'SharedArrayBuffer'
      : kindOf(value);
  if (kind === 'Uint8Array' && ArrayBuffer.isView(value)) return value as Uint8Array;
  const advice =
    kind === 'String'
      ? 'encode it, as in new TextEncoder().encode(text)'
      : kind === 'SharedArrayBuffer'
        ? 'copy it, as in new Uint8Array(it)'
        : 'give bytes, an ArrayBuffer as new Uint8Array(buffer)';
  throw new TypeError(`A body in pieces gave one of the kind ${kind} in place of a Uint8Array: ${advice}`);
}

/** The error for a body of another length than was announced; its code tells what is at fault. */
export function lengthError(found: string, announced = 0): Error {
  return Object.assign(new Error(`the body has ${found} bytes where ${announced} were announced`), {
    code: 'ERR_BODY_LENGTH',
  });
}

/** Streams and iterators that have been given to a request. */
const taken = /*#__PURE__*/ new WeakSet();

/** Notes that a stream or an iterator is given to a request. @throws TypeError where it was given to one before. */
function takeOnce(source: object): void {
  if (taken.has(source)) {
    throw new TypeError(
      'The body can be read only once, and another request has had it: make a new one for each request, or give an ' +
        'object whose [Symbol.asyncIterator]() begins anew each time',
    );
  }
  taken.add(source);
}

/** Whether somebody has read from a stream and then let go of it, which only a platform's own algorithms ask. */
function isDisturbed(stream: ReadableStream): boolean {
  try {
    // Nothing is read: it only looks. What is no stream of the platform's becomes text here.
    return typeof Response === 'function' && new Response(stream).bodyUsed;
  } catch {
    return true;
  }
}

/**
 * Reads what a caller gave to be read in pieces.
 *
 * @throws TypeError where it can be read only once and has been: sent, it would be taken for an empty body, or a shorter one.
 */
export function openBody(
  body: ReadableStream<Uint8Array> | AsyncIterable<unknown>,
  announced?: number,
): BodyReader {
  if ('getReader' in body) {
    takeOnce(body);
    if (isDisturbed(body)) throw unreadable(kindOf(body), 'that something else has read from');
    return new BodyReader(streamSource(body), announced);
  }
  if (isNodeReadable(body)) {
    takeOnce(body);
    if (body.readableDidRead === true) throw unreadable('Readable', 'that something else has read from');
    if (body.destroyed === true || body.readableEnded === true)
      throw unreadable('Readable', 'that has ended');
    // It may fail before it is read, or after: without a listener that ends the process. The reader hears of it all the same.
    body.on('error', () => undefined);
    const iterator = body[Symbol.asyncIterator]();
    // Its own return() would wait for the piece that is waited for.
    return new BodyReader({ next: () => iterator.next(), close: () => body.destroy() }, announced);
  }
  const iterator: unknown = body[Symbol.asyncIterator]();
  if (typeof iterator !== 'object' || iterator === null) {
    throw new TypeError(
      `The body's [Symbol.asyncIterator]() gave ${kindOf(iterator)} in place of an iterator`,
    );
  }
  takeOnce(iterator);
  return new BodyReader(iteratorSource(iterator as AsyncIterator<unknown>), announced, body);
}

/** Reads an encoded body's bytes, whether they are there or come in pieces. */
export function readBytes(bytes: EncodedBody['bytes']): AsyncIterable<Uint8Array> {
  return typeof bytes === 'function' ? bytes() : openParts([bytes], bytes.byteLength);
}

/** Reads blobs and bytes, one after the other, which are of a known length and can be read again and again. */
export function openParts(parts: readonly (Uint8Array | Blob)[], length: number): BodyReader {
  let at = 0;
  let blob: BodyReader | undefined;
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    for (;;) {
      const result = await blob?.next();
      if (result?.done === false) return result;
      const part = parts[at++];
      if (part === undefined) return { done: true, value: undefined };
      if (ArrayBuffer.isView(part)) return { done: false, value: part };
      blob = new BodyReader(blobSource(part));
    }
  };
  return new BodyReader({ next, close: () => blob?.return() }, length);
}

function blobSource(blob: Blob): Source {
  if (typeof (blob as Partial<Blob>).stream === 'function') return streamSource(blob.stream());
  // jsdom's have no stream.
  let isRead = false;
  return {
    async next() {
      const done = isRead;
      isRead = true;
      return { done, value: done ? undefined : new Uint8Array(await blob.arrayBuffer()) };
    },
    close: () => undefined,
  };
}

function iteratorSource(iterator: AsyncIterator<unknown>): Source {
  return { next: () => iterator.next(), close: () => iterator.return?.() };
}

/**
 * Cancels the stream at once, also while a piece is waited for (the stream's own iterator, or a generator, would first wait for
 * that piece).
 */
function streamSource(stream: ReadableStream<Uint8Array>): Source {
  const reader = stream.getReader();
  return { next: () => reader.read(), close: () => reader.cancel() };
}
