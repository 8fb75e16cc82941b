import { type FetchClient } from './FetchClient.js';
import { type FetchRequest, type FetchSink } from './fetchContract.js';
import { Fetching } from './Fetching.js';

/**
 * [Fetch](https://fetch.spec.whatwg.org/#concept-fetch). Returns a function that terminates it: the connection is freed at once,
 * and nothing is reported afterwards.
 */
export function fetch(request: FetchRequest, client: FetchClient, sink: FetchSink): () => void {
  const fetching = new Fetching(request, client, sink);
  fetching.start();
  return () => {
    fetching.terminate();
  };
}
