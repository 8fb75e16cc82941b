import { Readable } from 'node:stream';
import { concat, from, Observable, of, Subject, throwError } from 'rxjs';
import t from 'tap';
import { consume } from '../../source/operators/consume.js';
import { iterate } from '../../source/operators/iterate.js';
import { lines } from '../../source/operators/lines.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { emit, operatorContracts, outcome } from '../conformance/operators.js';
import { eventsOf } from '../helpers/events.js';

operatorContracts({
  name: 'consume(lines())',
  make: () => consume(lines(), (line, index) => of(`${index} ${line}`)),
  body: 'a\nb\nc',
  values: ['0 a', '1 b', '2 c'],
});

/** Events whose flow is written down, in the pieces given. */
function flowing(pieces: readonly string[], calls: string[]): Observable<ReadyStateEvent> {
  return from(
    eventsOf(pieces).map((event) =>
      event.readyState === 1
        ? { ...event, flow: { pause: () => calls.push('pause'), resume: () => calls.push('resume') } }
        : event,
    ),
  );
}

t.test('consume() pauses the transport while more than highWaterMark values wait', (t) => {
  const calls: string[] = [];
  const gates = Array.from({ length: 6 }, () => new Subject<number>());
  const values: number[] = [];
  let started = 0;
  let completed = false;
  flowing(['1\n2\n3\n4\n', '5\n6'], calls)
    .pipe(consume(lines(), () => gates[started++] ?? of(0), { highWaterMark: 2 }))
    .subscribe({ next: (value) => values.push(value), complete: () => (completed = true) });
  t.equal(started, 1, 'one at a time');
  t.same(calls, ['pause']);
  for (const [index, gate] of gates.entries()) {
    gate.next(index);
    gate.complete();
    // After the third one, two are left to wait.
    t.same(calls, index < 2 ? ['pause'] : ['pause', 'resume'], `after ${index + 1}`);
  }
  t.same(values, [0, 1, 2, 3, 4, 5]);
  t.ok(completed);
  t.end();
});

t.test('consume() works on as many values as concurrency says', (t) => {
  const gates = Array.from({ length: 4 }, () => new Subject<string>());
  const values: string[] = [];
  let started = 0;
  emit(eventsOf(['1\n2\n3\n4']))
    .pipe(consume(lines(), () => gates[started++] ?? of(''), { concurrency: 2 }))
    .subscribe((value) => values.push(value));
  t.equal(started, 2);
  gates[1]?.next('second');
  gates[1]?.complete();
  t.equal(started, 3);
  t.same(values, ['second'], 'as they are ready');
  t.throws(() => consume(lines(), () => of(1), { concurrency: 0 }), RangeError);
  t.throws(() => consume(lines(), () => of(1), { highwaterMark: 1 } as object), TypeError);
  t.end();
});

t.test('consume() gives the results of what came before an error, and aborts where project fails', (t) => {
  const broken = concat(
    from(eventsOf(['a\nb\n']).slice(0, 3)),
    throwError(() => new Error('cut')),
  );
  t.same(outcome(broken.pipe(consume(lines(), (line) => of(line)))), [['a', 'b'], 'error: cut']);
  let torn = false;
  const source = new Observable<ReadyStateEvent>((subscriber) => {
    for (const event of eventsOf(['a\nb\n']).slice(0, 3)) subscriber.next(event);
    return () => (torn = true);
  });
  const failing = (line: string): Observable<string> => {
    if (line === 'b') throw new Error('no b');
    return of(line);
  };
  t.same(outcome(source.pipe(consume(lines(), failing))), [['a'], 'error: no b']);
  t.ok(torn);
  t.end();
});

t.test('iterate() is a request for each loop, and none before its first step', async (t) => {
  let requests = 0;
  let open = 0;
  const source = new Observable<ReadyStateEvent>((subscriber) => {
    requests++;
    open++;
    emit(eventsOf(['a\nb\n', 'c'])).subscribe(subscriber);
    return () => open--;
  });
  const all = iterate(source, lines());
  t.equal(requests, 0);
  for (let loop = 1; loop <= 2; loop++) {
    const values: string[] = [];
    for await (const line of all) values.push(line);
    t.same(values, ['a', 'b', 'c']);
    t.equal(requests, loop);
  }
  t.equal(open, 0);
});

t.test('leaving the loop aborts the request: break, throw, return() and throw()', async (t) => {
  let open = 0;
  const source = new Observable<ReadyStateEvent>((subscriber) => {
    open++;
    for (const event of eventsOf(['a\nb\n']).slice(0, 3)) subscriber.next(event);
    return () => open--;
  });
  for await (const line of iterate(source, lines())) {
    t.equal(open, 1);
    t.equal(line, 'a');
    break;
  }
  t.equal(open, 0, 'break');
  await t.rejects(async () => {
    for await (const line of iterate(source, lines())) throw new Error(line);
  }, /^a$/);
  t.equal(open, 0, 'throw');
  const iterator = iterate(source, lines())[Symbol.asyncIterator]();
  t.same(await iterator.next(), { done: false, value: 'a' });
  t.same(await iterator.return?.(), { done: true, value: undefined });
  t.same(await iterator.next(), { done: true, value: undefined }, 'and b is gone');
  const waiting = iterate(source, lines())[Symbol.asyncIterator]();
  const steps = [waiting.next(), waiting.next(), waiting.next()];
  await waiting.return?.();
  t.same(
    (await Promise.all(steps)).map(({ value }) => value as unknown),
    ['a', 'b', undefined],
    'steps that wait are answered',
  );
  await t.rejects(async () => {
    await iterate(source, lines())[Symbol.asyncIterator]().throw?.(new Error('thrown in'));
  }, /thrown in/);
  t.equal(open, 0);
});

t.test('an error of the request is thrown once, after the values before it', async (t) => {
  const broken = concat(
    from(eventsOf(['a\nb\n']).slice(0, 3)),
    throwError(() => new Error('cut')),
  );
  const values: string[] = [];
  await t.rejects(async () => {
    for await (const line of iterate(broken, lines())) values.push(line);
  }, /cut/);
  t.same(values, ['a', 'b']);
  const iterator = iterate(broken, lines())[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.next();
  await t.rejects(iterator.next(), /cut/);
  t.same(await iterator.next(), { done: true, value: undefined });
});

t.test('iterate() pauses the transport while more than highWaterMark values wait', async (t) => {
  const calls: string[] = [];
  const iterator = iterate(flowing(['1\n2\n3\n4\n5\n6'], calls), lines(), { highWaterMark: 3 })[
    Symbol.asyncIterator
  ]();
  for (let step = 1; step <= 6; step++) {
    t.match(await iterator.next(), { value: String(step) });
    t.same(calls, step < 3 ? ['pause'] : ['pause', 'resume'], `after ${step}`);
  }
});

t.test('iterate() leads to streams of Node, of the platform, and to Observables', async (t) => {
  const source = emit(eventsOf(['a\nb\n', 'c']));
  t.same(await Readable.from(iterate(source, lines())).toArray(), ['a', 'b', 'c']);
  const read: string[] = [];
  // Node 20.6 and browsers have it; its types are still to come.
  const { from: streamFrom } = ReadableStream as unknown as {
    from: (source: unknown) => AsyncIterable<string>;
  };
  for await (const line of streamFrom(iterate(source, lines()))) read.push(line);
  t.same(read, ['a', 'b', 'c']);
  // As RxJS's, the platform's Observable.from() takes an async iterable.
  const values: string[] = [];
  await from(iterate(source, lines())).forEach((line) => values.push(line));
  t.same(values, ['a', 'b', 'c']);
});

t.test('destroying a Readable over iterate() aborts the request', async (t) => {
  let torn: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => (torn = resolve));
  const source = new Observable<ReadyStateEvent>((subscriber) => {
    for (const event of eventsOf(['a\nb\n']).slice(0, 3)) subscriber.next(event);
    return torn;
  });
  const readable = Readable.from(iterate(source, lines()));
  readable.once('data', () => readable.destroy());
  await aborted;
  t.pass('the source was torn down');
});
