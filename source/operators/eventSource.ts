import {
  asyncScheduler,
  Observable,
  type SchedulerLike,
  type Subscriber,
  type Subscription,
  tap,
} from 'rxjs';
import { isNetworkError, isReadystreamError, isRequestTimeoutError } from '../errors/guards.js';
import { HttpStatusError } from '../errors/HttpStatusError.js';
import { ParseError } from '../errors/ParseError.js';
import { extractMimeType } from '../http/extractMimeType.js';
import { checkNumbers } from '../options/checks.js';
import { type ServerSentEvent } from '../parsing/parseServerSentEvents.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type ReadyStateEvent, type RequestHead } from '../request/ReadyStateEvent.js';
import { type RequestFunction } from '../request/RequestFunction.js';
import { type RequestOptions } from '../request/RequestOptions.js';
import { longestDelay, withRemark } from '../request/RetryPolicy.js';
import { readEventStream } from './serverSentEvents.js';
import { throwIfNotOk } from './throwIfNotOk.js';

/** What `eventSource` takes besides its target: the options of a request, and these. */
export interface EventSourceOptions extends RequestOptions {
  /** The ID of the last event that was seen before: the first request has it as `Last-Event-ID`. @defaultValue none */
  readonly lastEventId?: string | undefined;
  /** Milliseconds before it reconnects, as long as the stream names no others by `retry`. @defaultValue 3,000 */
  readonly reconnectionTime?: number | undefined;
  /**
   * What the wait grows to at most, in milliseconds, while one connection after the other fails. It is never shorter than the
   * reconnection time. @defaultValue 30,000
   */
  readonly maxReconnectionTime?: number | undefined;
  /** Called before each wait, for logs and metrics. @defaultValue nothing is called */
  readonly onReconnect?: ((notice: ReconnectNotice) => void) | undefined;
  /** What sends the requests, as `createRequest()` makes one. @defaultValue `request` */
  readonly request?: RequestFunction | undefined;
  /** What the waits are counted by. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
  /** Gives a number from 0 to below 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/** What {@link EventSourceOptions.onReconnect} is told. */
export interface ReconnectNotice {
  /** What the connection failed with; `undefined` where the server ended the stream. */
  readonly error: unknown;
  /** What the next request will have as `Last-Event-ID`; empty for none. */
  readonly lastEventId: string;
  /** Milliseconds until the next request. */
  readonly delay: number;
}

/** See {@link readystream!eventSource | eventSource}. */
export type EventSourceFunction = (
  target: string | URL,
  options?: EventSourceOptions,
) => Observable<ServerSentEvent>;

/** Makes the function over a platform's `request`. */
export function eventSourceFactory(platformRequest: RequestFunction): EventSourceFunction {
  return (
    target,
    {
      lastEventId = '',
      reconnectionTime = 3_000,
      maxReconnectionTime = 30_000,
      onReconnect,
      request = platformRequest,
      scheduler = asyncScheduler,
      random = Math.random,
      ...options
    } = {},
  ) => {
    const times = { reconnectionTime, maxReconnectionTime };
    checkNumbers('eventSource', times, Object.keys(times), 0);
    return new Observable((subscriber) => {
      const source = new EventStream(subscriber, {
        connect: (headers) => request(target, { ...options, headers }),
        headers: HeaderMap.from(options.headers ?? []),
        lastEventId,
        ...times,
        onReconnect,
        scheduler,
        random,
      });
      source.connect();
      return source;
    });
  };
}

interface Settings extends Required<Pick<EventSourceOptions, 'lastEventId' | 'scheduler' | 'random'>> {
  readonly connect: (headers: HeaderMap) => Observable<ReadyStateEvent>;
  readonly headers: HeaderMap;
  readonly reconnectionTime: number;
  readonly maxReconnectionTime: number;
  readonly onReconnect: EventSourceOptions['onReconnect'];
  readonly lastEventId: string;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
}

/** One subscription: the variables and algorithms of the standard's `EventSource`. */
class EventStream {
  readonly #subscriber: Subscriber<ServerSentEvent>;
  readonly #settings: Settings;
  /** The last event ID string. */
  #lastEventId: string;
  #reconnectionTime: number;
  /** How many connections in a row have failed. */
  #failures = 0;
  /** Whether the server has asked that nobody reconnect. */
  #isOver = false;
  #request: RequestHead | undefined;
  #running: Subscription | undefined;

  constructor(subscriber: Subscriber<ServerSentEvent>, settings: Settings) {
    this.#subscriber = subscriber;
    this.#settings = settings;
    this.#lastEventId = settings.lastEventId;
    this.#reconnectionTime = settings.reconnectionTime;
  }

  /** [The `EventSource` constructor](https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource), from step 9 on. */
  connect(): void {
    // 9. Set request's header list: (`Accept`, `text/event-stream`).
    let { headers } = this.#settings;
    if (!headers.has('accept')) headers = headers.with('Accept', 'text/event-stream');
    // Reestablish the connection, 5.4. to 5.5.: if the last event ID string is not the empty string, set (`Last-Event-ID`,
    // lastEventIDValue), encoded as UTF-8.
    if (this.#lastEventId !== '') headers = headers.with('Last-Event-ID', utf8ByteString(this.#lastEventId));
    const events = this.#settings.connect(headers).pipe(
      tap((event) => {
        if (event.readyState === 1) this.#request = event.request;
        if (event.readyState === 2) this.#processResponse(event);
      }),
      throwIfNotOk(),
      readEventStream(() => ({
        lastEventId: this.#lastEventId,
        onLastEventId: (id) => {
          this.#lastEventId = id;
        },
        onRetry: (milliseconds) => {
          this.#reconnectionTime = milliseconds;
        },
      })),
    );
    new Observable<ServerSentEvent>((inner) => {
      // Before it is subscribed to, so that one that emits synchronously sees that it is to stop.
      this.#running = inner;
      events.subscribe(inner);
    }).subscribe({
      next: (event) => {
        this.#subscriber.next(event);
      },
      error: (error: unknown) => {
        this.#processError(error);
      },
      complete: () => {
        // processResponseEndOfBody: if response is not a network error, then reestablish the connection.
        if (this.#isOver) this.#subscriber.complete();
        else this.#reestablish(undefined);
      },
    });
  }

  unsubscribe(): void {
    this.#running?.unsubscribe();
  }

  /** processResponse, of the same algorithm: it fails the connection by throwing. */
  #processResponse({ response }: Extract<ReadyStateEvent, { readyState: 2 }>): void {
    const { status, url, headers, mimeType } = response;
    const request = this.#request;
    // Clients will reconnect if the connection is closed; a client can be told to stop reconnecting using HTTP 204 No Content.
    this.#isOver = status === 204;
    // 3. Otherwise, if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection.
    if (this.#isOver || !response.ok) return;
    if (status !== 200) throw new HttpStatusError(response, { request });
    const type = mimeType ?? headers.get('content-type');
    if (extractMimeType(type)?.essence !== 'text/event-stream') {
      const detail = `The response is not an event stream: its Content-Type is ${type === undefined ? 'missing' : `'${type}'`}`;
      throw new ParseError('serverSentEvents', detail, { request, url });
    }
    // 4. Otherwise, announce the connection.
    this.#failures = 0;
  }

  #processError(error: unknown): void {
    // 2. Otherwise, if res is a network error, then reestablish the connection.
    if (!isNetworkError(error) && !isRequestTimeoutError(error)) this.#subscriber.error(error);
    else if (isReadystreamError(error) && error.request?.repeatable === false) {
      this.#subscriber.error(withRemark(error, 'not reconnected, because its body can be read only once'));
    } else {
      this.#failures++;
      this.#reestablish(error);
    }
  }

  /** [Reestablish the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection). */
  #reestablish(error: unknown): void {
    const { maxReconnectionTime, onReconnect, scheduler, random } = this.#settings;
    // 2. Wait a delay equal to the reconnection time of the event source.
    const least = this.#reconnectionTime;
    // 3. Optionally, wait some more. In particular, if the previous attempt failed, then user agents might introduce an
    //    exponential backoff delay to avoid overloading a potentially already overloaded server.
    const more = random() * least * (2 ** this.#failures - 1);
    const delay = Math.min(
      longestDelay,
      Math.max(least, Math.min(maxReconnectionTime, Math.floor(least + more))),
    );
    try {
      onReconnect?.({ error, lastEventId: this.#lastEventId, delay });
    } catch (thrown) {
      this.#subscriber.error(thrown);
    }
    if (this.#subscriber.closed) return;
    this.#running = scheduler.schedule(() => {
      this.connect();
    }, delay);
  }
}

/** The UTF-8 of a text as a [byte string](https://infra.spec.whatwg.org/#isomorphic-decode), one character for each byte: what a header field can hold. */
function utf8ByteString(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
