import { extractMimeType } from '../http/extractMimeType.js';
import { type MonoTypeOperatorFunction, type Observer, type Subscriber } from 'rxjs';
import { HttpStatusError } from '../errors/HttpStatusError.js';
import { isJsonMimeType } from '../http/mimeType.js';
import { defaultLimits } from '../options/limits.js';
import { decodeText } from '../parsing/decodeText.js';
import { type ReadyStateEvent, type RequestHead, type ResponseHead } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { isNotModified } from './internal/isNotModified.js';
import { observeWith } from './internal/parseWith.js';

/**
 * Passes the events on where the status is in 200 to 299; any other becomes an `HttpStatusError` with the response's head
 * and its body: as text up to `limits.statusErrorBodyBytes` (1 MiB, the rest is not downloaded), and as `data` where it
 * is JSON. 304 passes where the caller sent a condition (`If-None-Match`, `If-Modified-Since`).
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
export function throwIfNotOk(): MonoTypeOperatorFunction<ReadyStateEvent> {
  return (source) => observeWith(source, (subscriber) => new StatusCheck(subscriber));
}

class StatusCheck implements Observer<ReadyStateEvent> {
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  #request: RequestHead | undefined;
  /** Set from a refused head on: from then on nothing is passed on. */
  #refused: ResponseHead | undefined;
  readonly #body: Uint8Array<ArrayBuffer>[] = [];
  #room = 0;

  constructor(subscriber: Subscriber<ReadyStateEvent>) {
    this.#subscriber = subscriber;
  }

  next(event: ReadyStateEvent): void {
    if (event.readyState === 1) this.#request = event.request;
    if (event.readyState === 2 && !event.response.ok && !isNotModified(this.#request, event.response)) {
      this.#refused = event.response;
      this.#room = (this.#request?.limits ?? defaultLimits).statusErrorBodyBytes;
    }
    if (this.#refused === undefined) {
      this.#subscriber.next(event);
    } else if (event.readyState === 3) {
      this.#refused = event.response;
      this.#body.push(event.chunk.subarray(0, this.#room));
      this.#room -= event.chunk.length;
      if (this.#room <= 0) this.#refuse(this.#refused);
    } else if (event.readyState === 4) {
      this.#refuse(this.#refused);
    }
  }

  error(error: unknown): void {
    // The status is what the caller has to know; that its body did not arrive whole is the cause.
    if (this.#refused === undefined) this.#subscriber.error(error);
    else this.#refuse(this.#refused, error);
  }

  complete(): void {
    this.#subscriber.complete();
  }

  #refuse(response: ResponseHead, cause?: unknown): void {
    const body = decode(this.#body, { request: this.#request, response });
    const data = readJson(response, body);
    this.#subscriber.error(new HttpStatusError(response, { request: this.#request, body, data, cause }));
  }
}

function decode(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  context: Parameters<typeof bodyOptions>[0],
): string {
  const pieces: string[] = [];
  const decoder = decodeText(bodyOptions(context));
  for (const chunk of chunks) decoder.write(chunk, pieces);
  decoder.end(pieces);
  return pieces.join('');
}

function readJson(response: ResponseHead, body: string): unknown {
  const type = extractMimeType(response.mimeType ?? response.headers.get('content-type'));
  if (type === undefined || !isJsonMimeType(type)) return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // An error's body is read as a courtesy: where it is no JSON after all, the text is there.
    return undefined;
  }
}
