import { type FetchClient } from './FetchClient.js';
import { type FetchRequest } from './FetchRequest.js';
import { type FetchSink } from './FetchSink.js';

/** [Fetch](https://fetch.spec.whatwg.org/#concept-fetch). What is returned terminates it. */
export type Fetch = (request: FetchRequest, client: FetchClient, sink: FetchSink) => () => void;
