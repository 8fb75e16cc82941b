import { type Subscriber } from 'rxjs';
import { isReadystreamError } from '../errors/guards.js';
import { LimitError } from '../errors/LimitError.js';
import { NetworkError } from '../errors/NetworkError.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import {
  type OpenedEvent,
  type Progress,
  type ReadyStateEvent,
  type ResponseHead,
} from '../request/ReadyStateEvent.js';
import { type RequestWatch, watchRequest } from './watchRequest.js';

/** What consumers may call while OPENED is handed to them. */
export type OpenedHooks = Pick<OpenedEvent, 'wantBytes'>;

/**
 * One request and its response: turns an adapter's reports into events for a subscriber. It enforces their grammar,
 * `opened upload* headersReceived loading* done` or an error, whatever the platform does, and runs the request's timers.
 */
export class Exchange {
  protected readonly request: NormalizedRequest;
  protected readonly subscriber: Subscriber<ReadyStateEvent>;
  protected watch: RequestWatch | undefined;
  readonly #startedAt = Date.now();
  readonly #start = performance.now();
  #response: ResponseHead | undefined;
  #loaded = 0;
  #transferred: number | undefined;
  #total: number | undefined;
  #headersAt = 0;
  #firstChunkAt: number | undefined;
  readonly #hooks: OpenedHooks;

  constructor(request: NormalizedRequest, subscriber: Subscriber<ReadyStateEvent>, hooks: OpenedHooks = {}) {
    this.request = request;
    this.subscriber = subscriber;
    this.#hooks = hooks;
  }

  /**
   * Emits OPENED, unless the signal is already aborted, and starts the timers. Returns `false` if the request must not be
   * sent.
   */
  open(): boolean {
    const { request, subscriber } = this;
    const { signal, timeout } = request;
    // Whoever subscribes calls this: the events that come later are those that may come from elsewhere.
    if (signal?.aborted !== true) subscriber.next(this.opened());
    if (!subscriber.closed && (signal !== undefined || timeout !== undefined)) {
      this.watch = watchRequest(request, request, (error) => {
        this.fail(error);
      });
    }
    return !subscriber.closed;
  }

  /** Reports how much of the request's body was sent; ignored after the response's head. */
  uploaded(loaded: number, total: number | undefined): void {
    if (this.#response) return;
    this.emit({ ...this.opened(), upload: { loaded, transferred: loaded, total } });
  }

  /**
   * The response's head has arrived.
   *
   * @param line - the response's URL, if known, and its status line.
   * @param raw - its fields, as alternating names and values.
   * @param total - the bytes of the body on the wire, if known other than from a field.
   */
  head(
    line: Pick<ResponseHead, 'url' | 'status' | 'statusText'>,
    raw: readonly string[],
    total?: number,
    redirects?: ResponseHead['redirects'],
    decode?: ResponseHead['decode'],
  ): void {
    const { url, status, statusText } = line;
    const { request } = this;
    this.#headersAt = this.#elapsed();
    this.#total = total;
    this.#response = {
      url: withoutFragment(url || request.url),
      status,
      statusText,
      ok: status >= 200 && status <= 299,
      headers: new HeaderMap(raw),
      redirects,
      mimeType: request.mimeType,
      decodedAs: undefined,
      ...(decode && { decode }),
    };
    this.watch?.headersReceived();
    this.emit({ readyState: 2, response: this.#response });
  }

  /** Reports network activity, and how many bytes of the body have arrived on the wire, if known. */
  arrived(transferred: number | undefined): void {
    this.#transferred = transferred;
    this.watch?.bytesArrived();
  }

  /** Marks the response as decoded by the platform, from now on. */
  decodedByPlatform(): void {
    if (this.#response) this.#response = { ...this.#response, decodedAs: 'utf-8' };
  }

  /** Reports progress of a body that comes in one piece at the end. */
  advanced(): void {
    const response = this.#response;
    if (response) this.emit({ readyState: 3, response, chunk: new Uint8Array(), progress: this.#progress() });
  }

  /** Reports more of the body. */
  loading(chunk: Uint8Array<ArrayBuffer>): void {
    const response = this.#response;
    if (!response || !chunk.length) return;
    this.#firstChunkAt ??= this.#elapsed();
    this.#loaded += chunk.length;
    this.emit({ readyState: 3, response, chunk, progress: this.#progress() });
  }

  /** The response is complete. */
  done(trailers?: HeaderMap): void {
    const response = this.#response;
    if (!response) return;
    this.watch?.stop();
    this.emitLast({
      readyState: 4,
      response,
      progress: this.#progress(),
      trailers,
      timings: {
        startedAt: this.#startedAt,
        headers: this.#headersAt,
        firstChunk: this.#firstChunkAt,
        done: this.#elapsed(),
      },
    });
  }

  /** Reports a failure of the network or the adapter, with its cause, and a message if the cause's own is not enough. */
  fail(cause: unknown, detail?: string): void {
    const { request } = this;
    this.emitError(
      isReadystreamError(cause)
        ? cause
        : new NetworkError(this.#response ? 'body' : 'headers', { request, cause, detail }),
    );
  }

  /** Stops the timers: the subscription has ended, from either side. */
  unsubscribe(): void {
    this.watch?.stop();
  }

  protected opened(): OpenedEvent {
    return { readyState: 1, request: this.request, attempt: this.request.attempt, ...this.#hooks };
  }

  protected emit(event: ReadyStateEvent): void {
    this.subscriber.next(event);
  }

  protected emitLast(event: ReadyStateEvent): void {
    this.subscriber.next(event);
    this.subscriber.complete();
  }

  protected emitError(error: ReadystreamError): void {
    this.subscriber.error(error);
  }

  #progress(): Progress {
    return { loaded: this.#loaded, transferred: this.#transferred, total: this.#total };
  }

  #elapsed(): number {
    return performance.now() - this.#start;
  }
}

/** An exchange over a browser's API: the platform reports the length only in a field, and does not know this library's limits. */
export class BrowserExchange extends Exchange {
  override head(line: Pick<ResponseHead, 'url' | 'status' | 'statusText'>, raw: readonly string[]): void {
    const { request } = this;
    const { headerBytes } = request.limits;
    // As many bytes as on the wire: ': ' after a name, CRLF after a value.
    if (raw.join('\r\n').length + 2 > headerBytes) {
      this.fail(new LimitError('headerBytes', headerBytes, { request }));
      return;
    }
    const length = new HeaderMap(raw).get('content-length') ?? '';
    super.head(line, raw, /^\d+$/.test(length) ? Number(length) : undefined);
  }
}

/** Begins an exchange over a browser's API. If the subscriber is closed afterwards, the request must not be sent. */
export function openExchange<Opened extends BrowserExchange>(
  exchange: Opened,
  subscriber: Subscriber<ReadyStateEvent>,
): Opened {
  subscriber.add(exchange);
  exchange.open();
  return exchange;
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}
