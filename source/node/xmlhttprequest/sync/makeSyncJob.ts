import { type MessagePort } from 'node:worker_threads';
import { isHttpUrl, parseUrl, schemeOf, shownUrl } from '../../../http/serializedUrl.js';
import { type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { postBlob, postBody } from './postBody.js';
import { type SyncEnvironment, type SyncJob, type SyncSignal } from './protocol.js';

/**
 * Converts a request into a job that can be posted to the thread.
 *
 * @throws NetworkError if a part cannot be posted: a dispatcher, a handler of the caller's, a stream.
 */
export function makeSyncJob(
  request: FetchRequest,
  environment: SyncEnvironment,
  port: MessagePort,
  signal: SyncSignal,
): { readonly job: SyncJob; readonly transferred: readonly (MessagePort | ArrayBuffer)[] } {
  const { client, schemes = [], cookieJar } = environment;
  const { method, url, headers, useCorsPreflight, includeCredentials } = request;
  const scheme = schemeOf(url);
  if (schemes.some((entry) => typeof entry !== 'string' && entry[0].toLowerCase() === scheme)) {
    const reason = `the handler of the scheme ${scheme} cannot be passed to the thread of synchronous requests: make the request asynchronous`;
    throw networkError(request, 'connect', reason);
  }
  const posted = postBody(request);
  const blob = postBlob(request);
  const job: SyncJob = {
    port,
    signal,
    request: { method, url, headers, useCorsPreflight, includeCredentials },
    body: posted,
    blob,
    origin: client.origin,
    referrer: client.referrer,
    limits: client.limits,
    schemes: schemes.filter((entry) => typeof entry === 'string'),
    dispatcher: isHttpUrl(url) ? dispatcherUrl(request, environment) : undefined,
    hasCookies: cookieJar !== undefined,
    credentials: client.credentials.entries(),
    preflights: client.preflights.entries(),
  };
  const pieces = [...(posted?.pieces ?? []), ...(blob?.pieces ?? [])];
  return { job, transferred: [port, ...pieces.map(({ buffer }) => buffer)] };
}

function dispatcherUrl(
  request: FetchRequest,
  { hasDispatcher, syncDispatcher }: SyncEnvironment,
): string | undefined {
  if (syncDispatcher === undefined) {
    if (!hasDispatcher) return undefined;
    throw networkError(
      request,
      'connect',
      'the option dispatcher cannot be passed to the thread of synchronous requests: set syncDispatcher to the URL of a module whose default export is a dispatcher',
    );
  }
  if (parseUrl(syncDispatcher) === undefined) {
    throw networkError(
      request,
      'connect',
      `the option syncDispatcher (${shownUrl(String(syncDispatcher))}) is not an absolute URL: use one such as new URL('./dispatcher.js', import.meta.url)`,
    );
  }
  return String(syncDispatcher);
}
