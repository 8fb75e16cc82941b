import { connect, filter, mergeMap, type OperatorFunction, startWith, take, tap } from 'rxjs';
import {
  type HeadersReceivedEvent,
  type OpenedEvent,
  type ReadyStateEvent,
  type ResponseHead,
} from '../request/ReadyStateEvent.js';

/** Reads the body by the operator that is chosen once the response's head is there. */
export function readPlanned<Value>(
  choose: (method: string, response: ResponseHead) => OperatorFunction<ReadyStateEvent, Value>,
): OperatorFunction<ReadyStateEvent, Value> {
  return connect((events) => {
    let opened: OpenedEvent | undefined;
    return events.pipe(
      tap((event) => {
        if (event.readyState === 1) opened ??= event;
      }),
      filter((event): event is HeadersReceivedEvent => event.readyState === 2),
      take(1),
      mergeMap((head) => {
        const before = opened === undefined ? [head] : [opened, head];
        return choose(opened?.request.method ?? 'GET', head.response)(events.pipe(startWith(...before)));
      }),
    );
  });
}
