import { type Observable } from 'rxjs';
import {
  type DoneEvent,
  type OpenedEvent,
  type ReadyStateEvent,
  type ResponseHead,
} from '../../source/request/ReadyStateEvent.js';

/** What came of a request. */
export interface Recording {
  readonly events: readonly ReadyStateEvent[];
  /** The readyStates in their order, repetitions of 3 told once: `'1234'`. */
  readonly states: string;
  readonly response: ResponseHead | undefined;
  readonly uploads: readonly NonNullable<OpenedEvent['upload']>[];
  readonly body: Buffer;
  readonly text: string;
  readonly done: DoneEvent | undefined;
  readonly error: unknown;
}

/** Subscribes, waits for the end and tells all. */
export function record(events$: Observable<ReadyStateEvent>): Promise<Recording> {
  return new Promise((resolve) => {
    const events: ReadyStateEvent[] = [];
    const end = (error?: unknown): void => {
      const body = Buffer.concat(events.flatMap((event) => (event.readyState === 3 ? [event.chunk] : [])));
      resolve({
        events,
        states: events
          .map(({ readyState }) => readyState)
          .join('')
          .replace(/3+/g, '3'),
        response: events.flatMap((event) => (event.readyState === 2 ? [event.response] : []))[0],
        uploads: events.flatMap((event) => (event.readyState === 1 && event.upload ? [event.upload] : [])),
        body,
        text: body.toString(),
        done: events.find((event) => event.readyState === 4),
        error,
      });
    };
    events$.subscribe({ next: (event) => events.push(event), error: end, complete: end });
  });
}
