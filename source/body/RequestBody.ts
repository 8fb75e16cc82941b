/** What a request can send. A stream or an async iterable can be read only once, so such a request is not repeatable. */
export type RequestBody =
  | string
  | ArrayBufferView<ArrayBuffer>
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** A request's body as bytes. */
export interface EncodedBody {
  /** All bytes at once, or a way to read them piece by piece. */
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
}

/** Whether the body is read piece by piece while it is sent, and only once. */
export function isStreamBody(
  body: RequestBody | null | undefined,
): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
}

/**
 * Whether a body can be read again, for a redirect or another attempt: all can but streams and iterables.
 *
 * @throws TypeError that names what was given where it is nothing that a request can send.
 */
export function isRepeatable(body: RequestBody): boolean {
  // By tag, not by class: a FormData of another realm, or of the undici package, is as good as the platform's.
  const tag = Object.prototype.toString.call(body).slice(8, -1);
  const isStream = isStreamBody(body);
  const isLocked = isStream && 'locked' in body && body.locked;
  if (isStream && !isLocked) return false;
  if (ArrayBuffer.isView(body) || /^(String|ArrayBuffer|Blob|File|FormData|URLSearchParams)$/.test(tag))
    return true;
  throw new TypeError(
    `The body cannot be of the kind ${tag}${isLocked ? ' that something else reads' : ''}: give text, bytes, a Blob, ` +
      'a form, a stream or an async iterable of bytes, or give a value for the option json',
  );
}

const taken = /*#__PURE__*/ new WeakSet();

/**
 * Notes that an iterable is going to be read. A generator can be only once: a second request with it would send an empty
 * body and call that a success.
 *
 * @throws TypeError where it has been taken before.
 */
export function takeIterable(iterable: AsyncIterable<Uint8Array>): void {
  if (taken.has(iterable)) {
    throw new TypeError(
      'The body is an async generator that another request has read: give an object that makes a new one each time',
    );
  }
  // What is its own iterator has one run; other iterables begin anew.
  if ((iterable as unknown) === iterable[Symbol.asyncIterator]()) taken.add(iterable);
}
