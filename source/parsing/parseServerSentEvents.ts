import { LimitError } from '../errors/LimitError.js';
import { defaultLimits } from '../options/limits.js';
import { type IncrementalParser, type ParserOptions } from './IncrementalParser.js';
import { pipeParsers } from './pipeParsers.js';
import { splitLines } from './splitLines.js';
import { TextPieces } from './TextPieces.js';

/** A server-sent event. */
export interface ServerSentEvent {
  /** Its `event` field; `'message'` if it has none. */
  readonly type: string;
  /** Its `data` fields, joined by LF. */
  readonly data: string;
  /** The last event ID: that of this event, else that of the latest earlier event with one, else `''`. */
  readonly id: string;
  /** The latest reconnection time that the stream has set so far, in milliseconds; `undefined` if it has set none. */
  readonly retry: number | undefined;
}

/** What an event stream is read with. */
export interface EventStreamOptions extends ParserOptions {
  /** The last event ID of the stream that this one continues. @defaultValue `''` */
  readonly lastEventId?: string | undefined;
  /** Told when the stream sets the last event ID, with the blank line that makes it hold. */
  readonly onLastEventId?: ((id: string) => void) | undefined;
  /** Told when the stream sets the reconnection time, in milliseconds, also where no event follows. */
  readonly onRetry?: ((milliseconds: number) => void) | undefined;
}

/**
 * Parses the events of a text in the
 * [event stream format](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation), after
 * decoding has removed the byte order mark. An event without a final blank line is dropped, as the standard says; comments
 * and unknown fields are ignored. An event of more than `limits.lineCharacters` in total throws a `LimitError`.
 */
export function parseServerSentEvents(
  options: EventStreamOptions = {},
): IncrementalParser<string, ServerSentEvent> {
  return pipeParsers(splitLines(options), new EventInterpreter(options));
}

class EventInterpreter implements IncrementalParser<string, ServerSentEvent> {
  readonly #options: EventStreamOptions;
  readonly #limit: number;
  /** Each line with its LF. */
  readonly #data = new TextPieces();
  #hasData = false;
  #type = '';
  /** Begins with what the stream before it left: an event without an ID does not take it back. */
  #lastEventId: string;
  #retry: number | undefined;
  /** Characters of the data and of the type. */
  #held = 0;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#lastEventId = options.lastEventId ?? '';
    this.#limit = (options.limits ?? defaultLimits).lineCharacters;
  }

  write(line: string, output: ServerSentEvent[]): void {
    // If the line is empty (a blank line): dispatch the event.
    if (line === '') {
      this.#dispatch(output);
      return;
    }
    const colon = line.indexOf(':');
    // If the line starts with a U+003A COLON character (:): ignore the line.
    if (colon === 0) return;
    // If the line contains a colon: the field is what stands before the first one, the value what stands after it, without
    // one leading space. Otherwise the field is the whole line, the value the empty string.
    const field = colon < 0 ? line : line.slice(0, colon);
    const skip = line.charCodeAt(colon + 1) === 0x20 ? 2 : 1;
    this.#process(field, colon < 0 ? '' : line.slice(colon + skip));
  }

  end(): void {
    // Once the end of the file is reached, any pending data must be discarded.
  }

  /** [Process the field](https://html.spec.whatwg.org/multipage/server-sent-events.html#processField). */
  #process(field: string, value: string): void {
    switch (field) {
      // "event": set the event type buffer to the field value.
      case 'event':
        this.#hold(value.length - this.#type.length);
        this.#type = value;
        break;
      // "data": append the field value to the data buffer, then append a single U+000A LINE FEED (LF).
      case 'data':
        this.#hold(value.length + 1);
        this.#data.add(`${value}\n`);
        this.#hasData = true;
        break;
      // "id": if the field value does not contain U+0000 NULL, set the last event ID buffer to the field value.
      case 'id':
        if (!value.includes('\0')) this.#lastEventId = value;
        break;
      // "retry": if the field value consists of only ASCII digits, set the event stream's reconnection time to it.
      case 'retry':
        if (/^\d+$/.test(value)) {
          this.#retry = Number(value);
          this.#options.onRetry?.(this.#retry);
        }
        break;
      // Otherwise: the field is ignored.
    }
  }

  /** [Dispatch the event](https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage). */
  #dispatch(output: ServerSentEvent[]): void {
    // 1. Set the last event ID string of the event source to the last event ID buffer.
    this.#options.onLastEventId?.(this.#lastEventId);
    // 2. If the data buffer is an empty string, set the event type buffer to the empty string and return.
    // 3. If the data buffer's last character is a U+000A LINE FEED (LF), remove it.
    // 4. to 7. Create the event: its type is "message", or the event type buffer where that is not empty.
    if (this.#hasData) {
      const data = this.#data.take().slice(0, -1);
      output.push({ type: this.#type || 'message', data, id: this.#lastEventId, retry: this.#retry });
      this.#hasData = false;
    }
    // 8. Set the data buffer and the event type buffer to the empty string. (9. queues a task, which is the caller's.)
    this.#type = '';
    this.#held = 0;
  }

  #hold(characters: number): void {
    this.#held += characters;
    if (this.#held > this.#limit) {
      throw new LimitError('lineCharacters', this.#limit, { request: this.#options.request });
    }
  }
}
