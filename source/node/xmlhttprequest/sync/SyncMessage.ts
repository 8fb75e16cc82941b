import { type FetchResponse } from '../../fetching/FetchResponse.js';
import { type HttpCredential } from '../../fetching/HttpCredentials.js';
import { type PreflightCacheEntry } from '../../fetching/PreflightCache.js';
import { type PlainError } from './PlainError.js';

/** What the client knows after a request. */
export interface ClientKnowledge {
  readonly credentials: readonly HttpCredential[];
  readonly preflights: readonly PreflightCacheEntry[];
}

/** What the thread says of a job, in this order: `(getCookies | setCookie | response chunk*)* (end | failed)`. */
export type SyncMessage =
  | { readonly type: 'getCookies'; readonly id: number; readonly url: string }
  | { readonly type: 'setCookie'; readonly field: string; readonly url: string }
  | { readonly type: 'response'; readonly response: FetchResponse }
  | { readonly type: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end'; readonly knowledge: ClientKnowledge | undefined }
  | { readonly type: 'failed'; readonly error: PlainError; readonly knowledge: ClientKnowledge | undefined };

/** What the thread is told while a job runs. */
export type SyncReply =
  | { readonly type: 'cookies'; readonly id: number; readonly value: string }
  /** Nobody waits any longer. */
  | { readonly type: 'abort' };
