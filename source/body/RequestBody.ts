/**
 * What a request can send. A stream can be read only once, and so can a generator, so such a request is not repeatable: a
 * second request with one that was given to another is a `TypeError`, never an empty body. An async iterable that makes a
 * new iterator each time, as `{ async *[Symbol.asyncIterator]() { … } }` does, can be given again.
 */
export type RequestBody =
  | string
  | ArrayBufferView
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** A request's body as bytes. */
export interface EncodedBody {
  /** All bytes at once, or a way to read them piece by piece; it throws where they cannot be read a second time. */
  readonly bytes: Uint8Array | (() => AsyncIterable<Uint8Array>);
  /** What is read piece by piece, where it is not a stream: for those who read it by other means. */
  readonly parts?: readonly (Uint8Array | Blob)[];
  /** The text that the bytes are the UTF-8 of, where the body was given as well-formed text. */
  readonly text?: string;
  /** How many bytes there are; `undefined` where only reading them tells. */
  readonly length: number | undefined;
  /** The `Content-Type` for a request that names none; `undefined` where the body has none of its own. */
  readonly contentType: string | undefined;
  /** Whether the bytes can be read a second time. */
  readonly repeatable: boolean;
  /** Tells a stream that no more of it is wanted, also where none of it was read; it may be called again. */
  readonly close?: () => void;
}

/** A stream of Node's, as far as it is looked at: this room is for all platforms. */
export interface NodeReadable extends AsyncIterable<unknown> {
  readonly destroyed?: boolean;
  readonly readableDidRead?: boolean;
  readonly readableEnded?: boolean;
  readonly destroy: () => unknown;
  readonly on: (event: 'error', listener: () => void) => unknown;
}

/** Whether the body is read piece by piece while it is sent, and only once. */
export function isStreamBody(
  body: RequestBody | null | undefined,
): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
}

/** Whether it is a `Readable` of Node, or of the package readable-stream. */
export function isNodeReadable(body: object): body is NodeReadable {
  const { destroy, on, pipe } = body as {
    readonly destroy?: unknown;
    readonly on?: unknown;
    readonly pipe?: unknown;
  };
  return typeof pipe === 'function' && typeof on === 'function' && typeof destroy === 'function';
}

/** By tag, not by class: a FormData of another realm, or of the undici package, is as good as the platform's. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/**
 * Whether a body can be read again, for a redirect or another attempt: all can but streams and iterables.
 *
 * @throws TypeError that names what was given where it is nothing that a request can send or that something else reads.
 */
export function isRepeatable(body: RequestBody): boolean {
  const kind = kindOf(body);
  if (isStreamBody(body)) {
    if ('locked' in body && body.locked) throw unreadable(kind, 'that something else reads');
    return false;
  }
  if (ArrayBuffer.isView(body)) {
    if (kindOf(body.buffer) !== 'SharedArrayBuffer') return true;
    throw new TypeError(
      `The body is a ${kind} in a SharedArrayBuffer, which may change while it is sent: copy it, as in new Uint8Array(it)`,
    );
  }
  if (/^(String|ArrayBuffer|Blob|File|FormData|URLSearchParams)$/.test(kind)) return true;
  throw new TypeError(
    `The body cannot be of the kind ${kind}: give text, bytes, a Blob, ` +
      'a form, a stream or an async iterable of bytes, or give a value for the option json',
  );
}

/** The error for a stream that does not give all that it should. */
export function unreadable(kind: string, state: string): TypeError {
  return new TypeError(`The body cannot be of the kind ${kind} ${state}: make a new one for each request`);
}
