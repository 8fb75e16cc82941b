import { type OperatorFunction } from 'rxjs';
import { checkOneOf } from '../options/checks.js';
import { decodeText } from '../parsing/decodeText.js';
import {
  type EventStreamOptions,
  parseServerSentEvents,
  type ServerSentEvent,
} from '../parsing/parseServerSentEvents.js';
import { pipeParsers } from '../parsing/pipeParsers.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { bodyOptions } from './internal/bodyOptions.js';
import { parseWith } from './internal/parseWith.js';

/** What {@link serverSentEvents} takes. */
export interface ServerSentEventsOptions {
  /** The last event ID of the stream that this one continues: that of events that name none. @defaultValue `''` */
  readonly lastEventId?: string | undefined;
}

/**
 * Emits each server-sent event of the body as soon as it is complete, whatever the request's method and the response's media
 * type. The text is UTF-8, as the standard requires; an event that the body's end cuts off is not emitted. Errors with a
 * `LimitError` if an event exceeds `limits.lineCharacters` (16 Mi). It does not reconnect: `eventSource()` does.
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
export function serverSentEvents(
  options: ServerSentEventsOptions = {},
): OperatorFunction<ReadyStateEvent, ServerSentEvent> {
  for (const name in options) checkOneOf('option of serverSentEvents', name, ['lastEventId']);
  return readEventStream(() => options);
}

/** The same, with what is to be known of each stream and told of it. */
export function readEventStream(
  stream: () => Pick<EventStreamOptions, 'lastEventId' | 'onLastEventId' | 'onRetry'>,
): OperatorFunction<ReadyStateEvent, ServerSentEvent> {
  return parseWith((context) => {
    const options = bodyOptions(context);
    return pipeParsers(
      decodeText({ ...options, encoding: 'utf-8' }),
      parseServerSentEvents({ ...options, ...stream() }),
    );
  });
}
