import { Observable, type OperatorFunction, Subject, take } from 'rxjs';
import t from 'tap';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { eventsOf, type Exchange } from '../helpers/events.js';

/** An operator on trial: what it is given and what it must make of it. */
export interface OperatorCase {
  readonly name: string;
  readonly make: () => OperatorFunction<ReadyStateEvent, unknown>;
  /** A body from which the operator makes `values`. */
  readonly body: string | Uint8Array;
  readonly exchange?: Exchange;
  /** What the operator gives for the body in one piece. */
  readonly values: readonly unknown[];
  /** Makes a value comparable; where pieces of the body are the values, joins them. */
  readonly normalize?: (values: readonly unknown[]) => unknown;
}

type Outcome = readonly [values: readonly unknown[], end: string];

/** The contracts that hold for every operator over readyState events. */
export function operatorContracts(testCase: OperatorCase): void {
  const { name, make, exchange, values, normalize = (given: readonly unknown[]) => given } = testCase;
  const body = typeof testCase.body === 'string' ? new TextEncoder().encode(testCase.body) : testCase.body;
  const whole = eventsOf([body], exchange);

  t.test(`${name} keeps the contracts of an operator`, (t) => {
    t.test('does nothing before it is subscribed to, and as much again for each subscription', (t) => {
      let subscriptions = 0;
      const source = new Observable<ReadyStateEvent>((subscriber) => {
        subscriptions += 1;
        for (const event of whole) subscriber.next(event);
        subscriber.complete();
      });
      const result = source.pipe(make());
      t.equal(subscriptions, 0);
      t.same(normalize(outcome(result)[0]), normalize(values));
      t.same(normalize(outcome(result)[0]), normalize(values));
      t.equal(subscriptions, 2);
      t.end();
    });

    t.test('gives the same however the body is cut', (t) => {
      for (let cut = 0; cut <= body.length; cut += 1) {
        const events = eventsOf([body.subarray(0, cut), body.subarray(cut)], exchange);
        t.same(normalize(outcome(emit(events).pipe(make()))[0]), normalize(values), `cut at ${cut}`);
      }
      const single = [...body].map((byte) => Uint8Array.of(byte));
      t.same(
        normalize(outcome(emit(eventsOf(single, exchange)).pipe(make()))[0]),
        normalize(values),
        'byte by byte',
      );
      t.end();
    });

    t.test("passes the source's error on, at whatever event it comes", (t) => {
      const failure = new Error('cut');
      for (let count = 0; count < whole.length; count += 1) {
        const source = new Observable<ReadyStateEvent>((subscriber) => {
          for (const event of whole.slice(0, count)) subscriber.next(event);
          subscriber.error(failure);
        });
        t.equal(outcome(source.pipe(make()))[1], 'error: cut', `after ${count} events`);
      }
      t.end();
    });

    t.test('completes without an error where an operator in between ended the source', (t) => {
      for (let count = 0; count < whole.length; count += 1) {
        t.equal(outcome(emit(whole.slice(0, count)).pipe(make()))[1], 'complete', `after ${count} events`);
      }
      t.end();
    });

    t.test('stops a synchronous source as soon as the consumer has enough', (t) => {
      let produced = 0;
      let stopped = false;
      const source = new Observable<ReadyStateEvent>((subscriber) => {
        subscriber.add(() => (stopped = true));
        for (const event of endless(whole)) {
          if (subscriber.closed || produced > 100) break;
          produced += 1;
          subscriber.next(event);
        }
      });
      const [given, end] = outcome(source.pipe(make(), take(1)));
      t.equal(given.length, 1);
      t.equal(end, 'complete');
      t.ok(stopped, 'the source is torn down');
      t.ok(produced <= whole.length, `${produced} events were produced`);
      t.end();
    });

    t.test('emits nothing more once the consumer unsubscribed inside next', (t) => {
      const source = new Subject<ReadyStateEvent>();
      let count = 0;
      const subscription = source.pipe(make()).subscribe(() => {
        count += 1;
        subscription.unsubscribe();
      });
      for (const event of whole) source.next(event);
      t.equal(count, 1);
      t.notOk(source.observed);
      t.end();
    });

    t.test('keeps the order where the consumer feeds the source while it is handed a value', (t) => {
      const pieces = [...body].map((byte) => Uint8Array.of(byte));
      const [opened, received, ...rest] = eventsOf(pieces, exchange);
      const waiting = [...rest];
      const source = new Subject<ReadyStateEvent>();
      const given: unknown[] = [];
      let completed = false;
      const feed = (): void => {
        for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) source.next(event);
        source.complete();
      };
      source.pipe(make()).subscribe({
        next: (value) => {
          given.push(value);
          feed();
        },
        complete: () => (completed = true),
      });
      if (opened) source.next(opened);
      if (received) source.next(received);
      feed();
      t.same(normalize(given), normalize(values));
      t.ok(completed);
      t.end();
    });
    t.end();
  });
}

/** Emits the events one by one, as long as anyone listens. */
export function emit(events: readonly ReadyStateEvent[]): Observable<ReadyStateEvent> {
  return new Observable((subscriber) => {
    for (const event of events) {
      if (subscriber.closed) return;
      subscriber.next(event);
    }
    subscriber.complete();
  });
}

/** What a synchronous Observable gave and how it ended: `'complete'`, `'error: …'`, or `'open'`. */
export function outcome(result: Observable<unknown>): Outcome {
  const values: unknown[] = [];
  let end = 'open';
  result.subscribe({
    next: (value) => values.push(value),
    error: (error: unknown) => (end = `error: ${error instanceof Error ? error.message : String(error)}`),
    complete: () => (end = 'complete'),
  });
  return [values, end];
}

/** The events of an exchange whose body never ends, after that of the case. */
function* endless(events: readonly ReadyStateEvent[]): Generator<ReadyStateEvent> {
  yield* events;
  const loading = events.find((event) => event.readyState === 3);
  while (loading !== undefined) yield loading;
}
