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

/**
 * One request and its response on the way to a subscriber: what an adapter reports becomes events. This keeps their grammar,
 * `opened upload* headersReceived loading* done` or an error, whatever the platform does, and the request's clocks.
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

  constructor(request: NormalizedRequest, subscriber: Subscriber<ReadyStateEvent>) {
    this.request = request;
    this.subscriber = subscriber;
  }

  /** Emits OPENED, unless the signal was aborted before, and starts the clocks. Gives `false` where nothing is to be sent. */
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

  /** So much of the request's body is on its way. What comes after the response's head is not told. */
  uploaded(loaded: number, total: number | undefined): void {
    if (this.#response) return;
    this.emit({ ...this.opened(), upload: { loaded, transferred: loaded, total } });
  }

  /**
   * The response's head is there.
   *
   * @param line - where it was answered from, as far as that is known, and its first line.
   * @param raw - its fields, names and values in turn.
   * @param total - the bytes of the body on the wire, where they are known otherwise than by a field.
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

  /** The network is alive. So many bytes of the body have come on the wire, if that is known. */
  arrived(transferred: number | undefined): void {
    this.#transferred = transferred;
    this.watch?.bytesArrived();
  }

  /** From now on the response says that the platform decoded the body by itself. */
  decodedByPlatform(): void {
    if (this.#response) this.#response = { ...this.#response, decodedAs: 'utf-8' };
  }

  /** More of the body is there. */
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

  /** The network failed, or what stands for it: what lies underneath, and words for it where its own do not do. */
  fail(cause: unknown, detail?: string): void {
    const { request } = this;
    this.emitError(
      isReadystreamError(cause)
        ? cause
        : new NetworkError(this.#response ? 'body' : 'headers', { request, cause, detail }),
    );
  }

  /** Nothing is told any more: the subscription has come to its end, by whichever side. */
  unsubscribe(): void {
    this.watch?.stop();
  }

  protected opened(): OpenedEvent {
    return { readyState: 1, request: this.request, attempt: this.request.attempt };
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

/** What an adapter over a browser's API reports: the platform tells the length by a field only, and knows no limit of ours. */
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

/** Begins an exchange over a browser's API. Where the subscriber is closed afterwards, nothing is to be sent. */
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
