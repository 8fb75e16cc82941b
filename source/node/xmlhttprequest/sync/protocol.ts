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

/** Bytes and their MIME type, instead of a Blob. */
export interface PostedBlob {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly type: string;
}

/** A request for the thread: plain data, and the port for its replies. */
export interface SyncJob {
  readonly port: MessagePort;
  readonly signal: SyncSignal;
  readonly request: Omit<FetchRequest, 'body'>;
  readonly body: PostedBody | undefined;
  /** The Blob behind a `blob:` URL; `undefined` if there is none. */
  readonly blob: PostedBlob | undefined;
  readonly origin: string | undefined;
  readonly referrer: string | undefined;
  readonly limits: Limits;
  /** The names of the schemes besides the built-in ones. */
  readonly schemes: readonly ('file' | 'ftp' | 'ftps')[];
  /** The URL of a module; `undefined` for the thread's own pool. */
  readonly dispatcher: string | undefined;
  /** Whether there is a cookie jar. */
  readonly hasCookies: boolean;
  readonly credentials: readonly HttpCredential[];
  readonly preflights: readonly PreflightCacheEntry[];
}

/** Memory shared by both threads: the number of messages sent to the waiting one, and the job's state. */
export type SyncSignal = Int32Array<SharedArrayBuffer>;

/** The settings for synchronous requests. This thread keeps whatever cannot be passed to the other. */
export interface SyncEnvironment {
  readonly client: FetchClient;
  /** As in the option. */
  readonly schemes: XMLHttpRequestOptions['schemes'] | undefined;
  readonly cookieJar: CookieJar | undefined;
  /** Whether asynchronous requests use a dispatcher of the caller's. */
  readonly hasDispatcher: boolean;
  readonly syncDispatcher: string | URL | undefined;
}

/** A body whose bytes have all been read, for transfer to another thread. */
export interface PostedBody extends Omit<EncodedBody, 'bytes' | 'parts'> {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

/** What the client has learned after a request. */
export interface ClientKnowledge {
  readonly credentials: readonly HttpCredential[];
  readonly preflights: readonly PreflightCacheEntry[];
}

/** The thread's messages about a job, in this order: `(getCookies | setCookie | response chunk*)* (end | failed)`. */
export type SyncMessage =
  | { readonly type: 'getCookies'; readonly id: number; readonly url: string }
  | { readonly type: 'setCookie'; readonly field: string; readonly url: string }
  | { readonly type: 'response'; readonly response: FetchResponse }
  | { readonly type: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end'; readonly knowledge: ClientKnowledge | undefined }
  | { readonly type: 'failed'; readonly error: PlainError; readonly knowledge: ClientKnowledge | undefined };

/** The messages to the thread while a job runs. */
export type SyncReply =
  | { readonly type: 'cookies'; readonly id: number; readonly value: string }
  /** No thread is waiting any more. */
  | { readonly type: 'abort' };

/** The outcome of a synchronous request. */
export type SyncOutcome =
  | {
      readonly type: 'response';
      readonly response: FetchResponse;
      /** The decoded body. */
      readonly chunks: readonly Uint8Array<ArrayBuffer>[];
    }
  | { readonly type: 'failed'; readonly error: ReadystreamError }
  | { readonly type: 'timeout' };

/** The states of a job, in the second number of its signal. */
export const jobState = {
  posted: 0,
  /** The thread has started it: starting it again elsewhere might send the request twice. */
  accepted: 1,
  /** No thread is waiting any more, and the job must not start. */
  abandoned: 2,
} as const;

/** Identifies the thread of synchronous requests from inside, even before its module runs. */
export const threadMark = 'readystream: synchronous requests';
