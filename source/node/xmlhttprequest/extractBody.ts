import { types } from 'node:util';
import { encodeBody } from '../../body/encodeBody.js';
import { type EncodedBody } from '../../body/RequestBody.js';
import { isDocument, isHtmlDocument } from './documents/domTree.js';
import { toUSVString } from './webidl/conversions.js';

/** A body as it is sent, with what `send()` must know about its source. */
export interface ExtractedBody {
  readonly encoded: EncodedBody;
  /** Whether it is text (a document, URLSearchParams or a string), so that a charset set by the author must be UTF-8. */
  readonly isText: boolean;
  /** The `Content-Type` if the author sets none. */
  readonly contentType: string | undefined;
}

/**
 * [Safely extracts](https://fetch.spec.whatwg.org/#bodyinit-safely-extract) a body; a document is serialized, converted and UTF-8
 * encoded.
 */
export function extractBody(
  body: Document | XMLHttpRequestBodyInit,
  serializeDocument: (document: Document) => string,
): ExtractedBody {
  if (isDocument(body)) {
    const essence = isHtmlDocument(body) ? 'text/html' : 'application/xml';
    const encoded = encodeBody(toUSVString(serializeDocument(body)));
    return { encoded, isText: true, contentType: `${essence};charset=UTF-8` };
  }
  if (isBufferSource(body))
    return { encoded: encodeBody(copyOf(body)), isText: false, contentType: undefined };
  const encoded = encodeBody(body);
  const isText =
    typeof body === 'string' || Object.prototype.toString.call(body) === '[object URLSearchParams]';
  return { encoded, isText, contentType: encoded.contentType };
}

function isBufferSource(body: XMLHttpRequestBodyInit): body is BufferSource {
  return ArrayBuffer.isView(body) || types.isArrayBuffer(body);
}

/** [Gets a copy of the bytes held by the buffer source](https://webidl.spec.whatwg.org/#dfn-get-buffer-source-copy): they may change after `send()`. */
function copyOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  const { byteLength } = source;
  // A transferred buffer has no bytes, and its methods throw.
  if (byteLength === 0) return new Uint8Array(0);
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source.slice(0));
  const { buffer, byteOffset } = source;
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
