import { type FetchRequest } from '../../fetching/FetchRequest.js';
import { networkError } from '../../fetching/networkError.js';
import { type PostedBody } from './PostedBody.js';
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
    if (part instanceof Uint8Array) return new Uint8Array(part);
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
