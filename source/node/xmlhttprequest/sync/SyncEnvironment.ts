import { type CookieJar } from '../../fetching/CookieJar.js';
import { type FetchClient } from '../../fetching/FetchClient.js';
import { type XMLHttpRequestOptions } from '../XMLHttpRequestOptions.js';

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
