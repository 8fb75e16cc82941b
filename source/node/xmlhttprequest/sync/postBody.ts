import { resolveObjectURL } from 'node:buffer';
import { type EncodedBody } from '../../../body/RequestBody.js';
import { withoutFragment } from '../../../http/serializedUrl.js';
import { type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { type PostedBlob, type PostedBody } from './protocol.js';
import { readBlob } from './readBlob.js';

/** Reads a request's body into its own memory, which can be transferred to another thread. */
export function postBody(request: FetchRequest): PostedBody | undefined {
  const { body } = request;
  if (body === undefined) return undefined;
  const { bytes, parts, ...rest } = body;
  const unread = typeof bytes === 'function' ? parts : [bytes];
  if (unread === undefined) {
    throw networkError(request, 'send', 'a synchronous request cannot send a stream: pass its bytes');
  }
  const pieces = unread.flatMap((part) => {
    // A copy: transferred memory is lost here, and other views may share it.
    if (ArrayBuffer.isView(part)) return new Uint8Array(part);
    const read = readBlob(part);
    if (read === undefined) {
      throw networkError(
        request,
        'send',
        'a synchronous request cannot send a Blob that is backed by a file or not made by Node: read it first, as in new Blob([await blob.arrayBuffer()])',
      );
    }
    return read;
  });
  return { ...rest, pieces };
}

/** Reads the Blob behind a `blob:` URL of this thread for the other, which does not know its URLs. */
export function postBlob(request: FetchRequest): PostedBlob | undefined {
  const url = withoutFragment(request.url);
  // Node would ignore a query, which makes it another URL.
  if (!url.startsWith('blob:') || url.includes('?')) return undefined;
  const blob = resolveObjectURL(url) as Blob | undefined;
  if (blob === undefined) return undefined;
  const pieces = readBlob(blob);
  if (pieces === undefined) {
    throw networkError(
      request,
      'connect',
      'the Blob is backed by a file, which a synchronous request cannot read: read it first, as in new Blob([await blob.arrayBuffer()])',
    );
  }
  return { pieces, type: blob.type };
}

/** Restores the body of a request from another thread. */
export function receivedBody({ pieces, ...rest }: PostedBody): EncodedBody {
  const [first, ...others] = pieces;
  if (others.length === 0) return { ...rest, bytes: first ?? new Uint8Array() };
  return { ...rest, bytes: () => iterate(pieces) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- it is read as a stream is
async function* iterate(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}
