import { resolveObjectURL } from 'node:buffer';
import { type FetchRequest } from '../../fetching/FetchRequest.js';
import { networkError } from '../../fetching/networkError.js';
import { withoutFragment } from '../../fetching/withoutFragment.js';
import { readBlob } from './readBlob.js';
import { type PostedBlob } from './SyncJob.js';

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
