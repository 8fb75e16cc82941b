import { type MessagePort } from 'node:worker_threads';
import { type EncodedBody } from '../../../body/RequestBody.js';
import { type ReadystreamError } from '../../../errors/ReadystreamError.js';
import { type Limits } from '../../../options/limits.js';
import { type CookieJar } from '../../../http/CookieJar.js';
import { type FetchClient } from '../../fetching/FetchClient.js';
import { type FetchRequest, type FetchResponse } from '../../fetching/fetchContract.js';
import { type HttpCredential } from '../../fetching/HttpCredentials.js';
import { type PreflightCacheEntry } from '../../fetching/PreflightCache.js';
import { type XMLHttpRequestOptions } from '../XMLHttpRequestOptions.js';
import { type PlainError } from './plainErrors.js';

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

/** For whom synchronous requests are made. What cannot go to another thread is looked after in this one. */
export interface SyncEnvironment {
  readonly client: FetchClient;
  /** As the option has it. */
  readonly schemes: XMLHttpRequestOptions['schemes'] | undefined;
  readonly cookieJar: CookieJar | undefined;
  /** Whether asynchronous requests have a dispatcher of the caller's. */
  readonly hasDispatcher: boolean;
  readonly syncDispatcher: string | URL | undefined;
}

/** A body whose bytes have all been read, to be moved to another thread. */
export interface PostedBody extends Omit<EncodedBody, 'bytes' | 'parts'> {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

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

/** What the second number of a job's signal says. */
export const jobState = {
  posted: 0,
  /** The thread has begun: to begin it anew elsewhere might send the request twice. */
  accepted: 1,
  /** Nobody waits any longer, and the thread has not begun: it must not. */
  abandoned: 2,
} as const;

/** What the thread of synchronous requests is known by from inside, also before its module runs. */
export const threadMark = 'readystream: synchronous requests';
