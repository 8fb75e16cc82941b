import { encodeMultipart } from './encodeMultipart.js';
import { blobBytes, readStream } from './readStream.js';
import { type EncodedBody, isRepeatable, type RequestBody, takeIterable } from './RequestBody.js';

/** Which of the things that can be sent a body is. */
type BodyKind = 'text' | 'bytes' | 'blob' | 'formData' | 'urlSearchParams' | 'stream' | 'asyncIterable';

/** What has to be known of a body before it is sent. */
interface BodyDescription {
  readonly kind: BodyKind;
  /** Whether the body can be read again, for a redirect or another attempt. */
  readonly repeatable: boolean;
}

/** By tag, not by class, as {@link isRepeatable} has it; all others are bytes, or streams. */
const kindsByTag: Readonly<Record<string, BodyKind | undefined>> = {
  String: 'text',
  Blob: 'blob',
  File: 'blob',
  FormData: 'formData',
  URLSearchParams: 'urlSearchParams',
};

/**
 * Tells what kind of body it is.
 *
 * @throws TypeError that names what was given where it is nothing that a request can send.
 */
export function describeBody(body: RequestBody): BodyDescription {
  if (!isRepeatable(body)) {
    return {
      kind: typeof body === 'object' && 'getReader' in body ? 'stream' : 'asyncIterable',
      repeatable: false,
    };
  }
  const tag = Object.prototype.toString.call(body).slice(8, -1);
  return { kind: kindsByTag[tag] ?? 'bytes', repeatable: true };
}

/**
 * Turns a body into bytes, as Fetch [extracts a body](https://fetch.spec.whatwg.org/#concept-bodyinit-extract). Lone
 * surrogates become U+FFFD. Bytes are not copied, and what is streamed is not buffered.
 *
 * @throws TypeError where `body` is nothing that a request can send.
 */
export function encodeBody(body: RequestBody): EncodedBody {
  const { kind, repeatable } = describeBody(body);
  // The kind was told by looks, so that the classes of another realm, or of a package, are known too.
  switch (kind) {
    case 'text': {
      const text = body as string;
      const encoded = whole(new TextEncoder().encode(text), 'text/plain;charset=UTF-8');
      return /\p{Surrogate}/u.test(text) ? encoded : { ...encoded, text };
    }
    case 'urlSearchParams':
      return whole(
        new TextEncoder().encode((body as URLSearchParams).toString()),
        'application/x-www-form-urlencoded;charset=UTF-8',
      );
    case 'bytes':
      return whole(toBytes(body as ArrayBuffer | ArrayBufferView), undefined);
    case 'formData':
      return encodeMultipart(body as FormData);
    case 'blob': {
      const blob = body as Blob;
      const contentType = blob.type === '' ? undefined : blob.type;
      const bytes = (): AsyncIterable<Uint8Array> => blobBytes(blob);
      return { bytes, parts: [blob], length: blob.size, contentType, repeatable };
    }
    case 'stream': {
      const stream = body as ReadableStream<Uint8Array>;
      return { bytes: () => readStream(stream), length: undefined, contentType: undefined, repeatable };
    }
    case 'asyncIterable': {
      const iterable = body as AsyncIterable<Uint8Array>;
      takeIterable(iterable);
      return { bytes: () => iterable, length: undefined, contentType: undefined, repeatable };
    }
  }
}

function whole(bytes: Uint8Array, contentType: string | undefined): EncodedBody {
  return { bytes, length: bytes.byteLength, contentType, repeatable: true };
}

function toBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
