import { types } from 'node:util';
import { isDocument } from '../documents/isDocument.js';
import { toUSVString } from './toUSVString.js';

/**
 * Converts a value to [`(Document or XMLHttpRequestBodyInit)?`](https://webidl.spec.whatwg.org/#js-union): what is nothing that
 * can be sent is made a string. Objects of other realms, and those of packages, are known by their looks.
 *
 * Throws a `TypeError` for memory that is shared or can be resized, and for what has no string.
 */
export function toBodyInit(value: unknown): Document | XMLHttpRequestBodyInit | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return toUSVString(value);
  if (isDocument(value)) return value;
  if (ArrayBuffer.isView(value)) return checked(value.buffer, value as ArrayBufferView<ArrayBuffer>);
  if (types.isAnyArrayBuffer(value)) return checked(value, value as ArrayBuffer);
  switch (Object.prototype.toString.call(value)) {
    case '[object Blob]':
    case '[object File]':
    case '[object FormData]':
    case '[object URLSearchParams]':
      return value as Blob | FormData | URLSearchParams;
    default:
      return toUSVString(value);
  }
}

/** Neither `[AllowShared]` nor `[AllowResizable]`. */
function checked<Source extends BufferSource>(buffer: ArrayBufferLike, source: Source): Source {
  const isShared = types.isSharedArrayBuffer(buffer);
  if (isShared || (buffer as { readonly resizable?: boolean }).resizable === true) {
    const which = isShared ? 'that threads share' : 'that can be resized';
    throw new TypeError(`send(): memory ${which} cannot be sent: copy it, as in new Uint8Array(it)`);
  }
  return source;
}
