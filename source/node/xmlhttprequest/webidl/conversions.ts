import { types } from 'node:util';
import { bodyKindOf } from '../../../body/RequestBody.js';
import { isDocument } from '../documents/domTree.js';

/** Throws a `TypeError` if an operation is called with too few arguments. */
export function requireArguments(operation: string, given: ArrayLike<unknown>, required: number): void {
  if (given.length >= required) return;
  throw new TypeError(
    `${operation} needs ${required} argument${required === 1 ? '' : 's'}, but got ${given.length}`,
  );
}

/** Converts a value to a [DOMString](https://webidl.spec.whatwg.org/#js-DOMString). Throws a `TypeError` for a symbol. */
export function toDOMString(value: unknown): string {
  // `String(symbol)` would not throw.
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- any value is converted by JavaScript's ToString
  return typeof value === 'string' ? value : `${value}`;
}

/** Converts a value to a [USVString](https://webidl.spec.whatwg.org/#js-USVString): lone surrogates become U+FFFD. */
export function toUSVString(value: unknown): string {
  const text = toDOMString(value);
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\uFFFD') : text;
}

/**
 * Converts a value to a [ByteString](https://webidl.spec.whatwg.org/#js-ByteString), with one code unit per byte. Throws a
 * `TypeError` if one is not a byte.
 */
export function toByteString(value: unknown): string {
  const text = toDOMString(value);
  const at = text.search(/[^\0-\xff]/);
  if (at === -1) return text;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw new TypeError(`A ByteString cannot contain a character above U+00FF (U+${code} at ${at})`);
}

/** Converts a value to a [double](https://webidl.spec.whatwg.org/#js-double). Throws a `TypeError` if it is not finite. */
export function toDouble(value: unknown): number {
  // Unlike `Number()`, arithmetic throws for a BigInt, as ToNumber does.
  const number = (value as number) - 0;
  if (!Number.isFinite(number)) throw new TypeError(`${number} is not a finite number`);
  return number;
}

/** Converts a value to an [unsigned long](https://webidl.spec.whatwg.org/#js-unsigned-long), modulo 2 to the power of 32. */
export function toUnsignedLong(value: unknown): number {
  // Unlike `Number()`, the operator throws for a BigInt, as ToNumber does.
  return (value as number) >>> 0;
}

/**
 * Converts a value to [`(Document or XMLHttpRequestBodyInit)?`](https://webidl.spec.whatwg.org/#js-union): values that cannot be
 * sent become strings. Objects of other realms and of packages are recognized by their shape.
 *
 * Throws a `TypeError` for shared or resizable memory, and for values that have no string form.
 */
export function toBodyInit(value: unknown): Document | XMLHttpRequestBodyInit | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return toUSVString(value);
  if (isDocument(value)) return value;
  if (ArrayBuffer.isView(value)) return checked(value.buffer, value as ArrayBufferView<ArrayBuffer>);
  if (types.isAnyArrayBuffer(value)) return checked(value, value as ArrayBuffer);
  switch (bodyKindOf(value)) {
    case 'Blob':
    case 'File':
    case 'FormData':
    case 'URLSearchParams':
      return value as Blob | FormData | URLSearchParams;
    default:
      return toUSVString(value);
  }
}

/** Neither `[AllowShared]` nor `[AllowResizable]`. */
function checked<Source extends BufferSource>(buffer: ArrayBufferLike, source: Source): Source {
  const isShared = types.isSharedArrayBuffer(buffer);
  if (isShared || (buffer as { readonly resizable?: boolean }).resizable === true) {
    const which = isShared ? 'shared between threads' : 'that can be resized';
    throw new TypeError(`send(): memory ${which} cannot be sent: copy it, as in new Uint8Array(it)`);
  }
  return source;
}
