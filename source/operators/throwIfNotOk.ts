import { extractMimeType } from '../http/extractMimeType.js';
import {
  asyncScheduler,
  type MonoTypeOperatorFunction,
  type Observer,
  type SchedulerLike,
  type Subscriber,
} from 'rxjs';
import { checkNumbers, checkOneOf } from '../options/checks.js';
import { longestDelay } from '../request/RetryPolicy.js';
import { HttpStatusError } from '../errors/HttpStatusError.js';
import { isJsonMimeType } from '../http/mimeType.js';
import { defaultLimits } from '../options/limits.js';
import { BytePieces } from '../parsing/BytePieces.js';
import { decodeText } from '../parsing/decodeText.js';
import { type ReadyStateEvent, type RequestHead, type ResponseHead } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { isNotModified } from './internal/isNotModified.js';
import { observeWith } from './internal/parseWith.js';

/** What {@link throwIfNotOk} takes. */
export interface ThrowIfNotOkOptions {
  /**
   * Milliseconds from a refused head until the error comes with what there is of the body; `Infinity` waits for all of it.
   * @defaultValue 5,000
   */
  readonly bodyTimeout?: number | undefined;
  /** What that is counted by. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Passes the events on if the status is in 200 to 299; any other becomes an `HttpStatusError` with the response's head and
 * its body: as text up to `limits.statusErrorBodyBytes` (1 MiB, the rest is not downloaded), and as `data` if it is JSON. It waits
 * at most 5 s for that body; `truncatedBy` says why it is incomplete. 304 passes if the request had a condition (`If-None-Match`,
 * `If-Modified-Since`).
 *
 * @example
 * ```ts
 * import { isHttpStatusError, request, text, throwIfNotOk } from 'readystream';
 *
 * request('data:,Hello').pipe(throwIfNotOk(), text()).subscribe({
 *   next: console.log, // Hello
 *   error: (error) => console.error(isHttpStatusError(error) ? error.body : error),
 * });
 * ```
 *
 * @see [RFC 9110: status codes](https://www.rfc-editor.org/rfc/rfc9110#name-status-codes)
 */
export function throwIfNotOk(options: ThrowIfNotOkOptions = {}): MonoTypeOperatorFunction<ReadyStateEvent> {
  const { scheduler = asyncScheduler, bodyTimeout = 5_000 } = options;
  for (const name in options) checkOneOf('option of throwIfNotOk', name, ['bodyTimeout', 'scheduler']);
  checkNumbers('throwIfNotOk', { bodyTimeout }, ['bodyTimeout'], 0);
  return (source) => observeWith(source, (subscriber) => new StatusCheck(subscriber, scheduler, bodyTimeout));
}

class StatusCheck implements Observer<ReadyStateEvent> {
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  readonly #scheduler: SchedulerLike;
  readonly #bodyTimeout: number;
  #request: RequestHead | undefined;
  /** The refused head; once it is set, no events are passed on. */
  #refused: ResponseHead | undefined;
  readonly #body = new BytePieces();
  #room = 0;

  constructor(subscriber: Subscriber<ReadyStateEvent>, scheduler: SchedulerLike, bodyTimeout: number) {
    this.#subscriber = subscriber;
    this.#scheduler = scheduler;
    this.#bodyTimeout = bodyTimeout;
  }

  next(event: ReadyStateEvent): void {
    if (event.readyState === 1) this.#request = event.request;
    if (event.readyState === 2 && !event.response.ok && !isNotModified(this.#request, event.response)) {
      this.#refused = event.response;
      this.#room = (this.#request?.limits ?? defaultLimits).statusErrorBodyBytes;
      this.#limitTime(event.response);
    }
    if (this.#refused === undefined) {
      this.#subscriber.next(event);
    } else if (event.readyState === 3) {
      this.#refused = event.response;
      this.#body.add(event.chunk.subarray(0, this.#room));
      this.#room -= event.chunk.length;
      if (this.#room <= 0) this.#refuse(this.#refused, this.#room < 0 ? 'size' : undefined);
    } else if (event.readyState === 4) {
      this.#refuse(this.#refused);
    }
  }

  error(error: unknown): void {
    // The caller needs to know the status; the failure to receive its body is the cause.
    if (this.#refused === undefined) this.#subscriber.error(error);
    else this.#refuse(this.#refused, 'network', error);
  }

  complete(): void {
    this.#subscriber.complete();
  }

  #limitTime(response: ResponseHead): void {
    if (this.#bodyTimeout > longestDelay) return;
    const refuse = (): void => {
      this.#refuse(this.#refused ?? response, 'time');
    };
    // What arrived while the thread was busy is read before the time is up.
    const passed = (): void => {
      this.#subscriber.add(this.#scheduler.schedule(refuse));
    };
    this.#subscriber.add(this.#scheduler.schedule(passed, this.#bodyTimeout));
  }

  #refuse(response: ResponseHead, truncatedBy?: HttpStatusError['truncatedBy'], cause?: unknown): void {
    const body = decode(this.#body, { request: this.#request, response });
    const data = readJson(response, body);
    this.#subscriber.error(
      new HttpStatusError(response, { request: this.#request, body, data, truncatedBy, cause }),
    );
  }
}

function decode(body: BytePieces, context: Parameters<typeof bodyOptions>[0]): string {
  const pieces: string[] = [];
  const decoder = decodeText(bodyOptions(context));
  for (const piece of body.from()) decoder.write(piece, pieces);
  decoder.end(pieces);
  return pieces.join('');
}

function readJson(response: ResponseHead, body: string): unknown {
  const type = extractMimeType(response.mimeType ?? response.headers.get('content-type'));
  if (type === undefined || !isJsonMimeType(type)) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Parsing an error's body is a courtesy: if it is not JSON after all, its text is still available.
    return undefined;
  }
}
