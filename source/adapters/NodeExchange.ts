import { AsyncResource } from 'node:async_hooks';
import { type Subscriber } from 'rxjs';
import { type EncodedBody } from '../body/RequestBody.js';
import { isReadystreamError } from '../errors/guards.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type FetchClient } from '../node/fetching/FetchClient.js';
import { type FetchRequest, type FetchResponse, type FetchSink } from '../node/fetching/fetchContract.js';
import { Fetching } from '../node/fetching/Fetching.js';
import { getHeader } from '../http/headerList.js';
import { bodyDecoding } from '../node/schemes/bodyDecoding.js';
import { type BodyDecoderTarget } from '../request/BodyDecoder.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type OpenedEvent, type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { Exchange } from './Exchange.js';
import { Gate, type GateTransport } from './Gate.js';

const noTrailers = /*#__PURE__*/ new HeaderMap();

/**
 * Turns the reports of a fetch into events. They are emitted in the asynchronous context of the subscription, because
 * undici's callbacks run in that of the first use of the connection.
 */
export class NodeExchange extends Exchange implements FetchSink, GateTransport {
  readonly #scope = new AsyncResource('ReadystreamRequest');
  readonly #body: EncodedBody | undefined;
  #fetching: Fetching | undefined;
  readonly #gate = new Gate(this);
  #transferredBytes = 0;

  constructor(
    request: NormalizedRequest,
    body: EncodedBody | undefined,
    subscriber: Subscriber<ReadyStateEvent>,
  ) {
    super(request, subscriber);
    this.#body = body;
  }

  /** Emits OPENED and fetches, unless the consumer has unsubscribed or the signal is already aborted. */
  start(request: FetchRequest, client: FetchClient): void {
    if (!this.open()) return;
    this.#fetching = new Fetching(request, client, this);
    if (this.#gate.isPaused) this.#fetching.pause();
    this.#fetching.start();
  }

  /** Stops the timers and frees the connection; has no effect on a finished request. */
  override unsubscribe(): void {
    super.unsubscribe();
    this.#gate.close();
    this.#fetching?.terminate();
    // One that nobody has read, as that of a request which was never sent.
    this.#body?.close?.();
  }

  connecting(): void {
    this.watch?.connecting();
  }

  queued(): void {
    this.watch?.connected();
  }

  sending(): void {
    this.watch?.sending();
  }

  connected(): void {
    this.watch?.connected();
  }

  requestBodySent(loaded: number): void {
    this.watch?.sent();
    this.uploaded(loaded, this.#body?.length);
  }

  response(response: FetchResponse): void {
    this.arrived(0);
    const codings =
      this.request.encoded === true ? getHeader(response.headers, 'content-encoding') : undefined;
    const { request } = this;
    const decode =
      codings === undefined
        ? undefined
        : (target: BodyDecoderTarget) =>
            bodyDecoding(codings, { ...request, headers: [], body: undefined }, target);
    this.head(response, response.headers, response.total, response.redirects, decode);
  }

  bodyReceived(byteLength: number): void {
    this.#transferredBytes += byteLength;
    this.arrived(this.#transferredBytes);
  }

  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void {
    this.loading(bytes);
  }

  endOfBody(trailers: readonly string[]): void {
    this.done(trailers.length === 0 ? noTrailers : new HeaderMap(trailers));
  }

  failed(error: ReadystreamError): void {
    this.fail(error);
  }

  pauseTransport(): void {
    this.watch?.paused();
    this.#fetching?.pause();
  }

  resumeTransport(): void {
    this.watch?.resumed();
    this.#fetching?.resume();
  }

  deliver(held: ReadyStateEvent | ReadystreamError): void {
    if (isReadystreamError(held)) this.#scope.runInAsyncScope(fail, undefined, this.subscriber, held);
    else this.#scope.runInAsyncScope(held.readyState === 4 ? last : next, undefined, this.subscriber, held);
  }

  protected override opened(): OpenedEvent {
    return { ...super.opened(), flow: this.#gate.flow };
  }

  protected override emit(event: ReadyStateEvent): void {
    if (this.#gate.holds(event)) return;
    this.#scope.runInAsyncScope(next, undefined, this.subscriber, event);
  }

  protected override emitLast(event: ReadyStateEvent): void {
    if (this.#gate.holds(event)) return;
    this.#scope.runInAsyncScope(last, undefined, this.subscriber, event);
  }

  protected override emitError(error: ReadystreamError): void {
    this.#fetching?.terminate();
    if (this.#gate.holds(error)) return;
    this.#scope.runInAsyncScope(fail, undefined, this.subscriber, error);
  }
}

// Functions of their own, so that no event makes a closure.
function next(subscriber: Subscriber<ReadyStateEvent>, event: ReadyStateEvent): void {
  subscriber.next(event);
}

function last(subscriber: Subscriber<ReadyStateEvent>, event: ReadyStateEvent): void {
  subscriber.next(event);
  subscriber.complete();
}

function fail(subscriber: Subscriber<ReadyStateEvent>, error: ReadystreamError): void {
  subscriber.error(error);
}
