import { type MessagePort } from 'node:worker_threads';
import { type Limits } from '../../../options/Limits.js';
import { type FetchRequest } from '../../fetching/FetchRequest.js';
import { type HttpCredential } from '../../fetching/HttpCredentials.js';
import { type PreflightCacheEntry } from '../../fetching/PreflightCache.js';
import { type PostedBody } from './PostedBody.js';

/** Bytes and their MIME type, in place of a Blob. */
export interface PostedBlob {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly type: string;
}

/** A request on its way to the thread. Plain data, and the port that it is answered on. */
export interface SyncJob {
  readonly port: MessagePort;
  readonly signal: SyncSignal;
  readonly request: Omit<FetchRequest, 'body'>;
  readonly body: PostedBody | undefined;
  /** What a `blob:` URL stands for; `undefined` for one that stands for nothing. */
  readonly blob: PostedBlob | undefined;
  readonly origin: string | undefined;
  readonly referrer: string | undefined;
  readonly limits: Limits;
  /** The schemes beside those that are always there, by name. */
  readonly schemes: readonly ('file' | 'ftp' | 'ftps')[];
  /** The URL of a module; `undefined` for the thread's own pool. */
  readonly dispatcher: string | undefined;
  /** Whether there is a jar to ask for cookies. */
  readonly hasCookies: boolean;
  readonly credentials: readonly HttpCredential[];
  readonly preflights: readonly PreflightCacheEntry[];
}

/** Memory that both threads see: how many messages were sent to the one that waits, and the job's state. */
export type SyncSignal = Int32Array<SharedArrayBuffer>;
