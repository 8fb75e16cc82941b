import { type FetchClient } from '../fetching/FetchClient.js';
import { type SyncEnvironment } from './sync/SyncEnvironment.js';
import { type XMLHttpRequestOptions } from './XMLHttpRequestOptions.js';

/** What all requests of one class share: its settings, and for whom it makes requests. */
export interface Environment {
  readonly scope: 'window' | 'worker' | undefined;
  /** What a relative URL is resolved against now. */
  readonly baseURL: () => string | URL | undefined;
  /** The encoding for the query of a URL now. */
  readonly encoding: () => string;
  readonly client: FetchClient;
  readonly sync: SyncEnvironment;
  readonly parseDocument: XMLHttpRequestOptions['parseDocument'];
  readonly serializeDocument: (document: Document) => string;
  readonly reportError: ((error: unknown) => void) | undefined;
}
