import { lengthError, openBody, openParts } from './BodyReader.js';
import { encodeMultipart } from './encodeMultipart.js';
import { type EncodedBody, isRepeatable, kindOf, type RequestBody } from './RequestBody.js';

/** Which of the things that can be sent a body is. */
type BodyKind = WholeKind | 'stream' | 'asyncIterable';
type WholeKind = 'text' | 'bytes' | 'blob' | 'formData' | 'urlSearchParams';

/** What has to be known of a body before it is sent. */
interface BodyDescription {
  readonly kind: BodyKind;
  /** Whether the body can be read again, for a redirect or another attempt. */
  readonly repeatable: boolean;
}

/** By tag, as {@link kindOf} has it; all others are bytes, or streams. */
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
  return { kind: kindsByTag[kindOf(body)] ?? 'bytes', repeatable: true };
}

/**
 * Turns a body into bytes, as Fetch [extracts a body](https://fetch.spec.whatwg.org/#concept-bodyinit-extract). Lone
 * surrogates become U+FFFD. Bytes are not copied, and what is streamed is not buffered. A stream or an iterable is the request's
 * from here on: it cannot be encoded again, unless it begins anew, and somebody has to read or to close it.
 *
 * @param announced - the `Content-Length` that the caller gave: a body of another length is an error when it is read.
 * @throws TypeError where `body` is nothing that a request can send.
 */
export function encodeBody(body: RequestBody, announced?: number): EncodedBody {
  const { kind } = describeBody(body);
  if (kind === 'stream' || kind === 'asyncIterable') {
    return encodeStream(body as Parameters<typeof openBody>[0], announced);
  }
  const encoded = encodeWhole(body, kind);
  const { length } = encoded;
  if (announced === undefined || announced === length) return encoded;
  const refuse = (): never => {
    throw lengthError(String(length), announced);
  };
  return { ...encoded, bytes: refuse };
}

/** A body that can be read again and again. */
function encodeWhole(body: RequestBody, kind: WholeKind): EncodedBody {
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
    case 'formData':
      return encodeMultipart(body as FormData);
    case 'blob': {
      const blob = body as Blob;
      const contentType = blob.type === '' ? undefined : blob.type;
      const parts = [blob];
      return {
        bytes: () => openParts(parts, blob.size),
        parts,
        length: blob.size,
        contentType,
        repeatable: true,
      };
    }
    case 'bytes':
      return whole(toBytes(body as ArrayBuffer | ArrayBufferView), undefined);
  }
}

function encodeStream(body: Parameters<typeof openBody>[0], announced: number | undefined): EncodedBody {
  // Opened at once: what can be read only once is found out before anything is sent.
  let last = openBody(body, announced);
  let isUnread = true;
  return {
    bytes: () => {
      if (!isUnread) last = openBody(body, announced);
      isUnread = false;
      return last;
    },
    length: announced,
    contentType: undefined,
    repeatable: false,
    close: () => void last.return(),
  };
}

function whole(bytes: Uint8Array, contentType: string | undefined): EncodedBody {
  return { bytes, length: bytes.byteLength, contentType, repeatable: true };
}

function toBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

/** The length that a caller's `Content-Length` announces; `undefined` where there is none that is a number. */
export function announcedLength(headers: ReadonlyMap<string, string>): number | undefined {
  const field = headers.get('content-length');
  return field !== undefined && /^\d+$/.test(field) ? Number(field) : undefined;
}
