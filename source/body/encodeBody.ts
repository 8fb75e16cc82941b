import { lengthError, openBody, openParts } from './BodyReader.js';
import { encodeMultipart } from './encodeMultipart.js';
import { bodyKindOf, type EncodedBody, isRepeatable, type RequestBody } from './RequestBody.js';

/** The kinds of body. */
type BodyKind = WholeKind | 'stream' | 'asyncIterable';
type WholeKind = 'text' | 'bytes' | 'blob' | 'formData' | 'urlSearchParams';

/** The facts about a body that are needed before it is sent. */
interface BodyDescription {
  readonly kind: BodyKind;
  /** Whether the body can be read again, for a redirect or another attempt. */
  readonly repeatable: boolean;
}

/** By the result of {@link bodyKindOf}; all other kinds are bytes or streams. */
const wholeKinds: Readonly<Record<string, BodyKind | undefined>> = {
  String: 'text',
  Blob: 'blob',
  File: 'blob',
  FormData: 'formData',
  URLSearchParams: 'urlSearchParams',
};

/**
 * Determines the kind of a body.
 *
 * @throws TypeError that names the body's kind if a request cannot send it.
 */
export function describeBody(body: RequestBody): BodyDescription {
  if (!isRepeatable(body)) {
    return {
      kind: typeof body === 'object' && 'getReader' in body ? 'stream' : 'asyncIterable',
      repeatable: false,
    };
  }
  return { kind: wholeKinds[bodyKindOf(body)] ?? 'bytes', repeatable: true };
}

/**
 * Turns a body into bytes, as Fetch [extracts a body](https://fetch.spec.whatwg.org/#concept-bodyinit-extract). Lone
 * surrogates become U+FFFD. Bytes are not copied, and streams are not buffered. From here on a stream or an iterable belongs
 * to the request: it cannot be encoded again, unless it starts again each time, and it has to be read or closed.
 *
 * @param announced - the caller's `Content-Length`: reading a body of another length is an error.
 * @throws TypeError if a request cannot send `body`.
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

/** Encodes a body that can be read repeatedly. */
function encodeWhole(body: RequestBody, kind: WholeKind): EncodedBody {
  // The kind was determined without classes, so that those of another realm or of a package work too.
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
  // Opened at once: a body that was already read is an error before anything is sent.
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

/** Returns the length that the caller's `Content-Length` announces; `undefined` if it is absent or not a number. */
export function announcedLength(headers: ReadonlyMap<string, string>): number | undefined {
  const field = headers.get('content-length');
  return field !== undefined && /^\d+$/.test(field) ? Number(field) : undefined;
}
