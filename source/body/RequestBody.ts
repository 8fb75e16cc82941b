/**
 * The types of body that a request can send. Streams and generators can be read only once, so such a request is not
 * repeatable: a second request with the same one is a `TypeError`, never an empty body. An async iterable that returns a new
 * iterator each time, such as `{ async *[Symbol.asyncIterator]() { … } }`, can be sent again.
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
  /** All bytes at once, or a function that reads them piece by piece; it throws if they cannot be read a second time. */
  readonly bytes: Uint8Array | (() => AsyncIterable<Uint8Array>);
  /** The parts that are read piece by piece, unless the body is a stream: for code that reads them by other means. */
  readonly parts?: readonly (Uint8Array | Blob)[];
  /** The text that the bytes encode as UTF-8, if the body is well-formed text. */
  readonly text?: string;
  /** The number of bytes; `undefined` if it is only known after reading them. */
  readonly length: number | undefined;
  /** The `Content-Type` for a request that sets none; `undefined` if the body implies none. */
  readonly contentType: string | undefined;
  /** Whether the bytes can be read a second time. */
  readonly repeatable: boolean;
  /** Closes a stream that is no longer needed, even an unread one; safe to call repeatedly. */
  readonly close?: () => void;
}

/** The used part of a Node stream: this folder is for all platforms. */
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

/** Whether the body is a `Readable` of Node or of the package readable-stream. */
export function isNodeReadable(body: object): body is NodeReadable {
  const { destroy, on, pipe } = body as {
    readonly destroy?: unknown;
    readonly on?: unknown;
    readonly pipe?: unknown;
  };
  return typeof pipe === 'function' && typeof on === 'function' && typeof destroy === 'function';
}

/** Returns a value's tag, not its class: a FormData of another realm, or of the package undici, is as valid as the platform's. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Like {@link kindOf}, but recognises forms and blobs without a tag (happy-dom's) by their methods. */
export function bodyKindOf(value: unknown): string {
  const kind = kindOf(value);
  if (kind !== 'Object') return kind;
  const members = value as Readonly<Record<PropertyKey, unknown>>;
  const can = (...names: readonly PropertyKey[]): boolean =>
    names.every((name) => typeof members[name] === 'function');
  if (can('append', 'delete', 'getAll', Symbol.iterator)) return 'FormData';
  const isBlob = can('slice', 'arrayBuffer') && typeof members['size'] === 'number';
  return isBlob && typeof members['type'] === 'string' ? 'Blob' : kind;
}

/**
 * Whether a body can be read again, for a redirect or another attempt: all can but streams and iterables.
 *
 * @throws TypeError that names the body's kind if a request cannot send it, or if something else is reading it.
 */
export function isRepeatable(body: RequestBody): boolean {
  const kind = bodyKindOf(body);
  if (isStreamBody(body)) {
    if ('locked' in body && body.locked) throw unreadable(kind, 'that something else is reading');
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
    `The body cannot be of the kind ${kind}: pass text, bytes, a Blob, ` +
      'a form, a stream or an async iterable of bytes, or use the option json',
  );
}

/** The error for a stream that would not yield all its data. */
export function unreadable(kind: string, state: string): TypeError {
  return new TypeError(`The body cannot be a ${kind} ${state}: make a new one for each request`);
}
