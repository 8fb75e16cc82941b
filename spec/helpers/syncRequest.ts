import { Worker, type WorkerOptions } from 'node:worker_threads';
import { encodeBody } from '../../source/body/encodeBody.js';
import { type RequestBody } from '../../source/body/RequestBody.js';
import { type FetchRequest } from '../../source/node/fetching/fetchContract.js';
import { type FetchClientOptions, makeFetchClient } from '../../source/node/fetching/makeFetchClient.js';
import { type SyncEnvironment, type SyncOutcome } from '../../source/node/xmlhttprequest/sync/protocol.js';
import { syncFetch } from '../../source/node/xmlhttprequest/sync/syncFetch.js';
import { bindWorker } from '../../source/node/xmlhttprequest/sync/SyncThread.js';
import { sourceUrl } from './project.js';

/** The module of the thread. */
export const syncWorkerUrl = new URL(sourceUrl('xmlhttprequest.worker.js'));

/** Starts the thread, without what loads the specs. */
export function startSyncWorker(options: WorkerOptions): Worker {
  return new Worker(syncWorkerUrl, { ...options, execArgv: [] });
}

bindWorker(startSyncWorker);

/** What a test says of a synchronous request; the rest is left open. */
export interface SyncRequestOptions extends Partial<Omit<FetchRequest, 'url' | 'body'>> {
  readonly body?: RequestBody;
  readonly timeout?: number;
  readonly environment?: SyncEnvironment;
}

/** A synchronous request, and what became of it. */
export function syncRequest(url: string, options: SyncRequestOptions = {}): SyncOutcome {
  const { body, timeout = 0, environment = syncEnvironment(), ...given } = options;
  return syncFetch(
    {
      method: body === undefined ? 'GET' : 'POST',
      headers: [],
      useCorsPreflight: false,
      includeCredentials: false,
      ...given,
      url,
      body: body === undefined ? undefined : encodeBody(body),
    },
    environment,
    timeout,
  );
}

/** For whom a test makes requests. */
export function syncEnvironment(
  { schemes, dispatcher, ...client }: FetchClientOptions = {},
  others: Partial<SyncEnvironment> = {},
): SyncEnvironment {
  return {
    client: makeFetchClient({ ...client, schemes, dispatcher }),
    schemes,
    cookieJar: undefined,
    hasDispatcher: dispatcher !== undefined,
    syncDispatcher: undefined,
    ...others,
  };
}

/** The body of a response as text; what else became of the request where there is none. */
export function textOf(outcome: SyncOutcome): string {
  if (outcome.type !== 'response') return outcome.type === 'failed' ? outcome.error.message : outcome.type;
  return Buffer.concat(outcome.chunks).toString();
}
