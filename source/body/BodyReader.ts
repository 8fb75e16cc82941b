import { type EncodedBody, isNodeReadable, kindOf, unreadable } from './RequestBody.js';

/** The source of a body. It comes from the caller and may break any rule of iterators. */
interface Source {
  readonly next: () => unknown;
  readonly close: () => unknown;
}

/** Iterables that have yielded bytes: if a second run yields nothing, the iterable could only be read once. */
const spent = /*#__PURE__*/ new WeakSet();

/**
 * Reads a body piece by piece, once. It yields `Uint8Array`s, in total as many bytes as announced: anything else is an error
 * before the request ends. Its `return()` never throws and does not wait.
 */
export class BodyReader implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #source: Source;
  readonly #announced: number | undefined;
  readonly #origin: object | undefined;
  #read = 0;
  #isOver = false;

  /**
   * @param announced - how many bytes the body must have, if known.
   * @param origin - the iterable that made the source, if it might be used again.
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
      // A source that is closed while a piece is pending may fail in any way.
      if (this.#wasClosed()) return { done: true, value: undefined };
      void this.return();
      throw error;
    }
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#isOver) {
      this.#isOver = true;
      // A failure while closing no longer matters.
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
        `The body's next() returned ${kindOf(result)} instead of an object with done and value`,
      );
    }
    const { done, value } = result as { readonly done?: unknown; readonly value?: unknown };
    if (done) {
      if (this.#read < (this.#announced ?? 0)) throw lengthError(`only ${this.#read}`, this.#announced);
      if (this.#read === 0 && this.#origin !== undefined && spent.has(this.#origin)) {
        throw new TypeError(
          'The body yielded bytes to another request but none to this one: its [Symbol.asyncIterator]() must start over',
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

/** @throws TypeError that names what was received and what was expected. */
export function checkPiece(value: unknown): Uint8Array {
  // By tag, not by class: arrays of another realm are valid too.
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
        : 'yield bytes, and wrap an ArrayBuffer in new Uint8Array(buffer)';
  throw new TypeError(`The body yielded a value of the kind ${kind} instead of a Uint8Array: ${advice}`);
}

/** The error for a body whose length is not the announced one; its code identifies the cause. */
export function lengthError(found: string, announced = 0): Error {
  return Object.assign(new Error(`the body has ${found} bytes, but ${announced} were announced`), {
    code: 'ERR_BODY_LENGTH',
  });
}

/** Streams and iterators that requests have used. */
const taken = /*#__PURE__*/ new WeakSet();

/** Marks a stream or an iterator as used. @throws TypeError if another request has used it already. */
function takeOnce(source: object): void {
  if (taken.has(source)) {
    throw new TypeError(
      'The body can be read only once, and another request has used it: make a new one for each request, or pass an ' +
        'object whose [Symbol.asyncIterator]() starts again each time',
    );
  }
  taken.add(source);
}

/** Whether a stream was read from before and then released; only the platform's own algorithms can check this. */
function isDisturbed(stream: ReadableStream): boolean {
  try {
    // This reads nothing. A stream that is not the platform's own becomes text here.
    return typeof Response === 'function' && new Response(stream).bodyUsed;
  } catch {
    return true;
  }
}

/**
 * Opens a body that has to be read in pieces.
 *
 * @throws TypeError if it can only be read once and has been: it would be sent as an empty body, or a shorter one.
 */
export function openBody(
  body: ReadableStream<Uint8Array> | AsyncIterable<unknown>,
  announced?: number,
): BodyReader {
  if ('getReader' in body) {
    takeOnce(body);
    if (isDisturbed(body)) throw unreadable(kindOf(body), 'that was already read from');
    return new BodyReader(streamSource(body), announced);
  }
  if (isNodeReadable(body)) {
    takeOnce(body);
    if (body.readableDidRead === true) throw unreadable('Readable', 'that was already read from');
    if (body.destroyed === true || body.readableEnded === true)
      throw unreadable('Readable', 'that has already ended');
    // It may fail before it is read, or after: without a listener, that would end the process. The reader still gets the
    // error.
    body.on('error', () => undefined);
    const iterator = body[Symbol.asyncIterator]();
    // Its own return() would wait for a pending piece.
    return new BodyReader({ next: () => iterator.next(), close: () => body.destroy() }, announced);
  }
  const iterator: unknown = body[Symbol.asyncIterator]();
  if (typeof iterator !== 'object' || iterator === null) {
    throw new TypeError(
      `The body's [Symbol.asyncIterator]() returned ${kindOf(iterator)} instead of an iterator`,
    );
  }
  takeOnce(iterator);
  return new BodyReader(iteratorSource(iterator as AsyncIterator<unknown>), announced, body);
}

/** Reads an encoded body's bytes, whether it is whole or comes in pieces. */
export function readBytes(bytes: EncodedBody['bytes']): AsyncIterable<Uint8Array> {
  return typeof bytes === 'function' ? bytes() : openParts([bytes], bytes.byteLength);
}

/** Reads blobs and bytes in order; their length is known, and they can be read repeatedly. */
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
  // jsdom's blobs have no stream().
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
 * Cancels the stream at once, even while a piece is pending (the stream's own iterator, or a generator, would wait for it
 * first).
 */
function streamSource(stream: ReadableStream<Uint8Array>): Source {
  const reader = stream.getReader();
  return { next: () => reader.read(), close: () => reader.cancel() };
}
