import { type ReadystreamError } from '../../../errors/ReadystreamError.js';
import { type FetchResponse } from '../../fetching/FetchResponse.js';

/** What became of a synchronous request. */
export type SyncOutcome =
  | {
      readonly type: 'response';
      readonly response: FetchResponse;
      /** The body, content codings undone. */
      readonly chunks: readonly Uint8Array<ArrayBuffer>[];
    }
  | { readonly type: 'failed'; readonly error: ReadystreamError }
  | { readonly type: 'timeout' };
