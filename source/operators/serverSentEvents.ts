import { type OperatorFunction } from 'rxjs';
import { decodeText } from '../parsing/decodeText.js';
import { parseServerSentEvents, type ServerSentEvent } from '../parsing/parseServerSentEvents.js';
import { pipeParsers } from '../parsing/pipeParsers.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith } from './internal/parseWith.js';

/**
 * Emits each server-sent event of the body as soon as it is complete, whatever the request's method and the response's media
 * type. The text is UTF-8, as the standard requires; an event that the body's end cuts off is not emitted. Errors with a
 * `LimitError` if an event exceeds `limits.lineCharacters` (16 Mi). To reconnect, use `repeat()` with the last event's `id`
 * in a `Last-Event-ID` header.
 *
 * @example
 * ```ts
 * import { request, serverSentEvents } from 'readystream';
 *
 * request('data:,event: tick%0Adata: 1%0A%0A').pipe(serverSentEvents()).subscribe(({ type, data }) => {
 *   console.log(type, data); // tick 1
 * });
 * ```
 *
 * @see [HTML: interpreting an event stream](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)
 */
export function serverSentEvents(): OperatorFunction<ReadyStateEvent, ServerSentEvent> {
  return parseWith((context) => {
    const options = bodyOptions(context);
    return pipeParsers(decodeText({ ...options, encoding: 'utf-8' }), parseServerSentEvents(options));
  });
}
