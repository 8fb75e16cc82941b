import { Blob } from 'node:buffer';
import { fetch } from '../../fetching/fetch.js';
import { type FetchClient } from '../../fetching/FetchClient.js';
import { type FetchRequest, type FetchResponse, type FetchSink } from '../../fetching/fetchContract.js';
import { makeFetchClient } from '../../fetching/makeFetchClient.js';
import { fetchBlob } from '../../schemes/blob.js';
import { PostedCookies } from './cookies.js';
import { importDispatcher } from './importDispatcher.js';
import { toPlainError } from './plainErrors.js';
import { receivedBody } from './postBody.js';
import {
  type ClientKnowledge,
  jobState,
  type SyncJob,
  type SyncMessage,
  type SyncReply,
} from './protocol.js';

/** One request in the thread of synchronous requests: it fetches, and posts the results to the waiting thread. */
export class SyncJobRun implements FetchSink {
  readonly #job: SyncJob;
  readonly #request: FetchRequest;
  readonly #over: () => void;
  readonly #cookies = new PostedCookies((message) => {
    this.#post(message);
  });
  #client: FetchClient | undefined;
  #terminate: (() => void) | undefined;
  #isOver = false;

  /** @param over - called when the job has ended. */
  constructor(job: SyncJob, over: () => void) {
    this.#job = job;
    this.#request = { ...job.request, body: job.body && receivedBody(job.body) };
    this.#over = over;
  }

  start(): void {
    const { port, signal } = this.#job;
    if (Atomics.compareExchange(signal, 1, jobState.posted, jobState.accepted) !== jobState.posted) {
      this.#close();
      return;
    }
    port.on('message', (reply: SyncReply) => {
      if (reply.type === 'abort') this.#abort();
      else this.#cookies.answered(reply.id, reply.value);
    });
    this.#fetch().catch((error: unknown) => {
      this.failed(error);
    });
  }

  requestBodySent(): void {
    // Only asynchronous requests have upload events.
  }

  requestEndOfBody(): void {
    // As above.
  }

  response(response: FetchResponse): void {
    this.#post({ type: 'response', response });
  }

  bodyChunk(chunk: Uint8Array<ArrayBuffer>): void {
    // A copy can be transferred: the original memory may be shared with other chunks or belong to a dispatcher.
    const bytes = new Uint8Array(chunk);
    this.#post({ type: 'chunk', bytes }, [bytes.buffer]);
  }

  endOfBody(): void {
    this.#end({ type: 'end', knowledge: this.#knowledge() });
  }

  failed(error: unknown): void {
    this.#end({ type: 'failed', error: toPlainError(error), knowledge: this.#knowledge() });
  }

  async #fetch(): Promise<void> {
    const { blob, schemes, hasCookies, dispatcher, credentials, preflights } = this.#job;
    const { origin, referrer, limits } = this.#job;
    const client = makeFetchClient({
      origin,
      referrer,
      limits,
      schemes: [
        ...schemes,
        [
          'blob',
          (...parameters) =>
            fetchBlob(blob && new Blob([...blob.pieces], { type: blob.type }), ...parameters),
        ],
      ],
      dispatcher: dispatcher === undefined ? undefined : await importDispatcher(dispatcher, this.#request),
      cookies: hasCookies ? this.#cookies : undefined,
    });
    if (this.#isOver) return;
    client.credentials.replace(credentials);
    client.preflights.replace(preflights);
    this.#client = client;
    this.#terminate = fetch(this.#request, client, this);
  }

  #abort(): void {
    if (this.#isOver) return;
    this.#terminate?.();
    this.#close();
  }

  #end(message: SyncMessage): void {
    if (this.#isOver) return;
    this.#post(message);
    this.#close();
  }

  #close(): void {
    this.#isOver = true;
    this.#job.port.close();
    this.#over();
  }

  #knowledge(): ClientKnowledge | undefined {
    const client = this.#client;
    return client && { credentials: client.credentials.entries(), preflights: client.preflights.entries() };
  }

  #post(message: SyncMessage, transferred: readonly ArrayBuffer[] = []): void {
    if (this.#isOver) return;
    const { port, signal } = this.#job;
    port.postMessage(message, transferred);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  }
}
