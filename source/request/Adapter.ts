import { type Observable } from 'rxjs';
import { type NormalizedRequest } from './NormalizedRequest.js';
import { type ReadyStateEvent } from './ReadyStateEvent.js';

/**
 * What carries a request: native `XMLHttpRequest`, `fetch`, Node, a test's script. Each subscription to what it returns
 * is one request, whose OPENED event is emitted synchronously, before anything is sent; unsubscribing aborts it.
 */
export type Adapter = (request: NormalizedRequest) => Observable<ReadyStateEvent>;
