import { encodeBody } from '../core.schemes.js';
import { type EncodedBody } from '../body/EncodedBody.js';
import { isDocument } from './documents/isDocument.js';
import { isHtmlDocument } from './documents/isHtmlDocument.js';
import { toUSVString } from './webidl/toUSVString.js';

/** A body as it is sent, and what `send()` has to know of what it was made from. */
export interface RequestBody {
  readonly encoded: EncodedBody;
  /** Whether it is text, so that a charset which the author names has to be UTF-8: a document, URLSearchParams or a string. */
  readonly isText: boolean;
  /** The `Content-Type` for a request whose author names none. */
  readonly contentType: string | undefined;
}

/**
 * Converts what `send()` is given to `(Document or XMLHttpRequestBodyInit)`, and
 * [safely extracts](https://fetch.spec.whatwg.org/#bodyinit-safely-extract) it. What is none of them is sent as text.
 */
export function requestBodyOf(body: unknown, serializeDocument: (document: Document) => string): RequestBody {
  if (isDocument(body)) {
    const encoded = encodeBody(toUSVString(serializeDocument(body)));
    const essence = isHtmlDocument(body) ? 'text/html' : 'application/xml';
    return { encoded, isText: true, contentType: `${essence};charset=UTF-8` };
  }
  const tag = Object.prototype.toString.call(body).slice(8, -1);
  if (typeof body === 'object' && body !== null) {
    if (ArrayBuffer.isView(body) || tag === 'ArrayBuffer' || tag === 'SharedArrayBuffer') {
      return {
        encoded: encodeBody(copyOf(body as ArrayBuffer | ArrayBufferView)),
        isText: false,
        contentType: undefined,
      };
    }
    if (tag === 'Blob' || tag === 'File' || tag === 'FormData' || tag === 'URLSearchParams') {
      const encoded = encodeBody(body as Blob | FormData | URLSearchParams);
      return { encoded, isText: tag === 'URLSearchParams', contentType: encoded.contentType };
    }
  }
  const encoded = encodeBody(toUSVString(body));
  return { encoded, isText: true, contentType: encoded.contentType };
}

/** [Gets a copy of the buffer source](https://webidl.spec.whatwg.org/#dfn-get-buffer-source-copy): it may change after `send()`. */
function copyOf(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  const isView = ArrayBuffer.isView(source);
  const buffer: ArrayBufferLike = isView ? source.buffer : source;
  if (Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]') {
    throw new TypeError(
      'send(): memory that threads share cannot be sent: copy it, as in new Uint8Array(shared)',
    );
  }
  return isView
    ? new Uint8Array(buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) as ArrayBuffer)
    : new Uint8Array(buffer.slice(0) as ArrayBuffer);
}
