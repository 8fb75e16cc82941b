import { resolveObjectURL } from 'node:buffer';
import { type EncodedBody } from '../../../body/RequestBody.js';
import { withoutFragment } from '../../../http/serializedUrl.js';
import { type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { type PostedBlob, type PostedBody } from './protocol.js';
import { readBlob } from './readBlob.js';

/** A request's body, read, in memory of its own that can be moved to another thread. */
export function postBody(request: FetchRequest): PostedBody | undefined {
  const { body } = request;
  if (body === undefined) return undefined;
  const { bytes, parts, ...rest } = body;
  const unread = typeof bytes === 'function' ? parts : [bytes];
  if (unread === undefined) {
    throw networkError(request, 'send', 'a stream cannot be sent by a synchronous request: give its bytes');
  }
  const pieces = unread.flatMap((part) => {
    // A copy: what is moved is lost here, and a view may be one of many on its memory.
    if (ArrayBuffer.isView(part)) return new Uint8Array(part);
    const read = readBlob(part);
    if (read === undefined) {
      throw networkError(
        request,
        'send',
        "a Blob that is in a file, or is not one of Node's, cannot be sent by a synchronous request: read it before, as in new Blob([await blob.arrayBuffer()])",
      );
    }
    return read;
  });
  return { ...rest, pieces };
}

/** What a `blob:` URL stands for in this thread, for the other, which knows none of its URLs. */
export function postBlob(request: FetchRequest): PostedBlob | undefined {
  const url = withoutFragment(request.url);
  // Node would pass over a query, which makes it another URL.
  if (!url.startsWith('blob:') || url.includes('?')) return undefined;
  const blob = resolveObjectURL(url) as Blob | undefined;
  if (blob === undefined) return undefined;
  const pieces = readBlob(blob);
  if (pieces === undefined) {
    throw networkError(
      request,
      'connect',
      'the Blob is in a file, which a synchronous request cannot read: read it before, as in new Blob([await blob.arrayBuffer()])',
    );
  }
  return { pieces, type: blob.type };
}

/** The body of a request that came from another thread. */
export function receivedBody({ pieces, ...rest }: PostedBody): EncodedBody {
  const [first, ...others] = pieces;
  if (others.length === 0) return { ...rest, bytes: first ?? new Uint8Array() };
  return { ...rest, bytes: () => iterate(pieces) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- it is read as a stream is
async function* iterate(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}
