import { type Socket } from 'node:net';
import {
  concat,
  defer,
  map,
  merge,
  type MonoTypeOperatorFunction,
  NEVER,
  type Observable,
  of,
  pipe,
  retry,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { HttpStatusError } from '../../source/errors/HttpStatusError.js';
import { NetworkError, type NetworkPhase } from '../../source/errors/NetworkError.js';
import { ParseError } from '../../source/errors/ParseError.js';
import { RequestTimeoutError } from '../../source/errors/RequestTimeoutError.js';
import { json } from '../../source/operators/json.js';
import { lines } from '../../source/operators/lines.js';
import {
  type FailedAttempt,
  retryTransient,
  type RetryTransientOptions,
} from '../../source/operators/retryTransient.js';
import { text } from '../../source/operators/text.js';
import { throwIfNotOk } from '../../source/operators/throwIfNotOk.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { type Flow, type OpenedEvent, type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { eventsOf, type Exchange } from '../helpers/events.js';
import { rawServer } from '../helpers/rawServer.js';
import { record } from '../helpers/record.js';
import { requestOf } from '../helpers/requestOf.js';

const request = requestFactory(() => nodeAdapter())();
const target = 'https://example.org/';
const cut = (phase: NetworkPhase = 'headers'): NetworkError =>
  new NetworkError(phase, { request: requestOf(target) });
const statusExchange = (status: number, headers: Record<string, string> = {}): Exchange => ({
  response: { status, ok: status < 300 },
  headers,
});

/** What an attempt comes to: its events up to a readyState, and an error, if any. */
type Outcome = (request: Parameters<Adapter>[0]) => Observable<ReadyStateEvent>;

const fails =
  (error: unknown, after = 1, exchange?: Exchange): Outcome =>
  (request) =>
    concat(
      of(...eventsOf(['a\n', 'b\n'], { ...exchange, request }, request.attempt).slice(0, after)),
      throwError(() => error),
    );
const answers =
  (exchange: Exchange = {}, pieces = ['fine']): Outcome =>
  (request) =>
    of(...eventsOf(pieces, { ...exchange, request }, request.attempt));

/** A request function whose attempts come to these, one after the other, and which counts them. */
function scripted(...outcomes: readonly Outcome[]): {
  get: (options?: object) => Observable<ReadyStateEvent>;
  sent: () => number;
} {
  let sent = 0;
  const adapter: Adapter = (request) =>
    defer(() => (outcomes[Math.min(sent++, outcomes.length - 1)] ?? answers())(request));
  const make = requestFactory(() => adapter)();
  return { get: (options = {}) => make(target, options), sent: () => sent };
}

/** What came when, in virtual milliseconds. */
function play<T>(source: Observable<T>): { values: T[]; times: number[]; error: unknown; end: string } {
  const result = { values: [] as T[], times: [] as number[], error: undefined as unknown, end: 'open' };
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    source.subscribe({
      next: (value) => {
        result.values.push(value);
        result.times.push(scheduler.now());
      },
      error: (error: unknown) => {
        Object.assign(result, { error, end: `error at ${scheduler.now()}` });
      },
      complete: () => (result.end = `complete at ${scheduler.now()}`),
    });
    flush();
  });
  return result;
}

const half = { random: () => 0.5 };
const states = (events: readonly ReadyStateEvent[]): string =>
  events.map(({ readyState }) => readyState).join('');

t.test(
  'a request that the network failed is sent again, after waits that double, each for a random part',
  (t) => {
    const delays: number[] = [];
    const { get, sent } = scripted(fails(cut()), fails(cut('connect')), fails(cut('body'), 2), answers());
    const { values, end } = play(
      get().pipe(retryTransient({ ...half, onRetry: ({ delay }) => delays.push(delay) }), text()),
    );
    t.same(values, ['fine']);
    t.same(delays, [500, 1_000, 2_000]);
    t.equal(end, 'complete at 3500');
    t.equal(sent(), 4);
    t.end();
  },
);

t.test('the waits grow to maxDelay, and no wait is longer than its bound', (t) => {
  const delays: number[] = [];
  const { get } = scripted(...Array.from({ length: 8 }, () => fails(cut())), answers());
  const options = { count: 8, delay: 100, maxDelay: 1_000, random: () => 0.999_999 };
  play(get().pipe(retryTransient({ ...options, onRetry: ({ delay }) => delays.push(delay) })));
  t.same(delays, [99, 199, 399, 799, 999, 999, 999, 999]);
  t.end();
});

t.test('statuses that may pass are worth another attempt, others are not', (t) => {
  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    const { get, sent } = scripted(answers(statusExchange(status)), answers());
    t.same(play(get().pipe(retryTransient(half), text())).values, ['fine'], `${status}`);
    t.equal(sent(), 2);
  }
  for (const status of [200, 204, 301, 304, 400, 401, 403, 404, 409, 410, 501, 505]) {
    const { get, sent } = scripted(answers(statusExchange(status)));
    play(get().pipe(retryTransient(half), text()));
    t.equal(sent(), 1, `${status}`);
  }
  const { get, sent } = scripted(answers(statusExchange(404)), answers(statusExchange(500)));
  t.match(play(get().pipe(throwIfNotOk(), retryTransient({ ...half, statuses: [404] }))).error, {
    response: { status: 500 },
  });
  t.equal(sent(), 2);
  t.end();
});

t.test('a response that is refused to the end passes: the last of them', (t) => {
  const last = { ...statusExchange(503, { 'x-try': 'last' }) };
  const outcomes = [answers(statusExchange(500)), answers(statusExchange(502)), answers(last, ['the last'])];
  const before = play(
    scripted(...outcomes)
      .get()
      .pipe(throwIfNotOk(), retryTransient({ ...half, count: 2 }), text()),
  );
  const behind = play(
    scripted(...outcomes)
      .get()
      .pipe(retryTransient({ ...half, count: 2 }), throwIfNotOk(), text()),
  );
  for (const { error, end } of [before, behind]) {
    t.ok(error instanceof HttpStatusError);
    t.match(error, { response: { status: 503 }, body: 'the last' });
    t.equal((error as HttpStatusError).response.headers.get('x-try'), 'last');
    t.equal(end, 'error at 1500');
  }
  const raw = play(
    scripted(...outcomes)
      .get()
      .pipe(retryTransient({ ...half, count: 2 })),
  );
  t.equal(states(raw.values), '111234', 'a head that is not the last is held back');
  t.end();
});

t.test('Retry-After says how long to wait, in seconds or as a date, up to maxRetryAfter', (t) => {
  const waits = (field: string, options: RetryTransientOptions = {}): number | undefined => {
    let delay: number | undefined;
    const { get } = scripted(answers(statusExchange(503, { 'retry-after': field })), answers());
    play(get().pipe(retryTransient({ ...half, ...options, onRetry: (notice) => ({ delay } = notice) })));
    return delay;
  };
  t.equal(waits('7'), 7_000);
  t.equal(waits('0'), 0);
  // Virtual time begins at the epoch.
  t.equal(waits('Thu, 01 Jan 1970 00:00:09 GMT'), 9_000);
  t.equal(waits('Thursday, 01-Jan-70 00:00:08 GMT'), 8_000);
  t.equal(waits('Thu Jan  1 00:00:11 1970'), 11_000);
  t.equal(waits('Wed, 31 Dec 1969 23:00:00 GMT'), 0);
  t.equal(waits('86400'), 60_000);
  t.equal(waits('86400', { maxRetryAfter: 90_000 }), 90_000);
  for (const malformed of ['soon', '-1', '1.5', '', '3 s', 'Jan 1 2030'])
    t.equal(waits(malformed), 500, malformed);
  t.end();
});

t.test('the budget in time ends it before a wait that would be too long', (t) => {
  const { get, sent } = scripted(fails(cut()));
  const { error, end } = play(get().pipe(retryTransient({ ...half, count: 100, maxElapsed: 4_000 })));
  t.ok(error instanceof NetworkError);
  // 500 + 1,000 + 2,000 ms; the next wait would be 4,000.
  t.equal(end, 'error at 3500');
  t.equal(sent(), 4);
  const busy = scripted(answers(statusExchange(503, { 'retry-after': '5' })));
  t.equal(play(busy.get().pipe(retryTransient({ maxElapsed: 4_000 }), throwIfNotOk())).end, 'error at 0');
  t.end();
});

t.test('a method that changes something twice is not sent again, unless you say so', (t) => {
  for (const [method, count] of [
    ['POST', 1],
    ['patch', 1],
    ['PUT', 2],
    ['DELETE', 2],
    ['OPTIONS', 2],
    ['HEAD', 2],
  ] as const) {
    const { get, sent } = scripted(
      (request) => fails(new NetworkError('headers', { request }))(request),
      answers(),
    );
    play(get({ method }).pipe(retryTransient(half)));
    t.equal(sent(), count, method);
    const raw = scripted(answers(statusExchange(503)), answers());
    play(raw.get({ method }).pipe(retryTransient(half)));
    t.equal(raw.sent(), count, `${method}, by its status`);
  }
  const { get, sent } = scripted(answers(statusExchange(503)), answers());
  play(get({ method: 'POST' }).pipe(retryTransient({ ...half, methods: ['POST'] })));
  t.equal(sent(), 2);
  t.end();
});

t.test('retryIf decides by itself', (t) => {
  const asked: FailedAttempt[] = [];
  const { get, sent } = scripted(
    answers(statusExchange(404)),
    fails(new TypeError('of the caller')),
    fails(cut()),
    answers(),
  );
  const options = {
    ...half,
    retryIf: (failed: FailedAttempt) => {
      asked.push(failed);
      return failed.response?.status === 404 || failed.error instanceof TypeError;
    },
  };
  t.ok(play(get().pipe(retryTransient(options), text())).error instanceof NetworkError);
  t.equal(sent(), 3);
  t.match(asked, [
    {
      attempt: 1,
      isTransient: false,
      error: undefined,
      request: { method: 'GET' },
      response: { status: 404 },
    },
    { attempt: 2, isTransient: false, error: TypeError },
    { attempt: 3, isTransient: true, error: NetworkError },
  ]);
  const thrown = play(
    scripted(fails(cut()))
      .get()
      .pipe(
        retryTransient({
          retryIf: () => {
            throw new Error('in retryIf');
          },
        }),
      ),
  );
  t.match(thrown.error, { message: 'in retryIf' });
  t.end();
});

t.test('nothing is sent again once a piece of the body or a value has been passed on', (t) => {
  const pieces = scripted(fails(cut('body'), 3), answers());
  const raw = play(pieces.get().pipe(retryTransient(half)));
  t.ok(raw.error instanceof NetworkError);
  t.equal(states(raw.values), '123');
  t.equal(pieces.sent(), 1);
  const records = scripted(fails(cut('body'), 3), answers());
  t.same(play(records.get().pipe(lines(), retryTransient(half))).values, ['a']);
  t.equal(records.sent(), 1);
  const whole = scripted(fails(cut('body'), 4), answers());
  t.same(
    play(whole.get().pipe(text(), retryTransient(half))).values,
    ['fine'],
    'text() has given nothing yet',
  );
  const head = scripted(fails(cut('body'), 2), answers());
  t.equal(
    states(play(head.get().pipe(retryTransient(half))).values),
    '121234',
    'a head alone is no reason not to',
  );
  t.end();
});

t.test('errors that will not pass are passed on at once', (t) => {
  for (const error of [
    new TypeError('no'),
    new ParseError('json', 'no JSON'),
    new Error('of another library'),
  ]) {
    const { get, sent } = scripted(fails(error), answers());
    t.equal(play(get().pipe(retryTransient())).error, error);
    t.equal(sent(), 1);
  }
  const timeout = scripted(
    fails(new RequestTimeoutError('headers', 5, { request: requestOf(target) })),
    answers(),
  );
  play(timeout.get().pipe(retryTransient(half)));
  t.equal(timeout.sent(), 2, 'a time limit may pass');
  t.end();
});

t.test('a body that can be read only once is not sent again, and the error says so', (t) => {
  const body = { [Symbol.asyncIterator]: () => new ReadableStream<Uint8Array>().values() };
  const options = { method: 'PUT', body };
  const { get, sent } = scripted((request) => fails(new NetworkError('send', { request }))(request));
  const { error } = play(get(options).pipe(retryTransient(half)));
  t.match(error, {
    message: /PUT https:.*; not sent again, because its body can be read only once/,
    code: 'ERR_NETWORK',
  });
  t.match((error as Error).stack, /not sent again/, 'as it is printed');
  t.equal(sent(), 1);
  const refused = scripted(answers(statusExchange(503)));
  t.match(play(refused.get(options).pipe(throwIfNotOk(), retryTransient(half))).error, {
    message: /503.*not sent again/,
    response: { status: 503 },
  });
  t.end();
});

t.test('OPENED tells which attempt it is, however the request comes to be sent again', (t) => {
  const attempts = (
    operator: (source: Observable<ReadyStateEvent>) => Observable<unknown>,
    ...outcomes: Outcome[]
  ): string => {
    const seen: number[] = [];
    const look = tap((event: ReadyStateEvent) => {
      if (event.readyState === 1) seen.push(event.attempt);
    });
    play(
      scripted(...outcomes, answers())
        .get()
        .pipe(look, operator),
    );
    return seen.join(' ');
  };
  const broken = fails(cut());
  const busy = answers(statusExchange(503));
  t.equal(attempts(retryTransient(half), busy, broken, busy), '1 2 3 4');
  t.equal(attempts(pipe(throwIfNotOk(), text(), retryTransient(half)), busy, broken, busy), '1 2 3 4');
  t.equal(attempts(retry(3), broken, broken), '1 2 3', "RxJS's own, after an error of the network");
  t.equal(
    attempts(pipe(throwIfNotOk(), text(), retry({ count: 3, delay: 10 })), busy, broken),
    '1 2 3',
    'or a status',
  );
  t.equal(
    attempts(pipe(retryTransient({ ...half, count: 1 }), retry(1)), broken, broken),
    '1 2 3',
    'one around the other',
  );
  t.equal(attempts(pipe(retry(1), text(), retryTransient({ ...half, count: 1 })), broken, broken), '1 2 3');
  t.end();
});

t.test(
  'a subscription after one that did not fail is a first attempt, and so is that of another request',
  (t) => {
    const { get } = scripted(answers(), fails(cut()), answers());
    const attemptOf = (source: Observable<ReadyStateEvent>): number | undefined => {
      let attempt: number | undefined;
      source.subscribe({
        next: (event) => {
          if (event.readyState === 1) ({ attempt } = event);
        },
        error: () => undefined,
      });
      return attempt;
    };
    const one = get();
    t.equal(attemptOf(one), 1);
    t.equal(attemptOf(one), 1, 'this one fails');
    t.equal(attemptOf(get()), 1, 'another request');
    t.equal(attemptOf(one), 2);
    t.equal(attemptOf(one), 1, 'it succeeded');
    t.end();
  },
);

t.test('requests that fail side by side keep their own count', (t) => {
  const late: Outcome = (request) => timer(5).pipe(switchMap(() => fails(cut())(request)));
  const { get } = scripted(late, late, late, answers());
  const one = get();
  const seen: string[] = [];
  const look = (name: string): MonoTypeOperatorFunction<ReadyStateEvent> =>
    tap((event: ReadyStateEvent) => {
      if (event.readyState === 1) seen.push(`${name}${event.attempt}`);
    });
  play(
    merge(
      one.pipe(look('a'), text(), retryTransient({ random: () => 0.1 })),
      one.pipe(look('b'), text(), retryTransient({ random: () => 0.9 })),
    ),
  );
  t.same(seen, ['a1', 'b1', 'a2', 'a3', 'b2']);
  t.end();
});

t.test('unsubscribing ends the attempt, or the wait for the next', (t) => {
  let aborted = 0;
  const hanging: Outcome = (request) =>
    concat(of(...eventsOf([], { request }).slice(0, 1)), NEVER).pipe(tap({ unsubscribe: () => aborted++ }));
  const { get, sent } = scripted(fails(cut()), hanging);
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    const waiting = get().pipe(retryTransient(half)).subscribe();
    waiting.unsubscribe();
    flush();
    t.equal(sent(), 1, 'nothing is sent after it');
    get().pipe(retryTransient(half)).subscribe().unsubscribe();
  });
  t.equal(aborted, 1);
  t.end();
});

t.test('a pause in force holds for the next attempt', (t) => {
  const calls: string[] = [];
  const flowOf = (name: string): Flow => ({
    pause: () => calls.push(`${name} pause`),
    resume: () => calls.push(`${name} resume`),
  });
  const opened =
    (name: string): Outcome =>
    (request) => {
      const [first] = eventsOf([], { request }) as [OpenedEvent];
      return concat(of({ ...first, flow: flowOf(name) }), name === 'a' ? throwError(() => cut()) : NEVER);
    };
  const flows: (Flow | undefined)[] = [];
  play(
    scripted(opened('a'), opened('b'))
      .get()
      .pipe(
        retryTransient(half),
        map((event) => {
          if (event.readyState !== 1) return;
          flows.push(event.flow);
          if (flows.length === 1) event.flow?.pause();
        }),
      ),
  );
  t.same(calls, ['a pause', 'b pause']);
  flows[0]?.resume();
  t.same(calls.slice(2), ['b resume'], 'the flow that was given first means the latest attempt');
  t.end();
});

t.test('options are checked', (t) => {
  t.throws(
    () => retryTransient({ cuont: 3 } as RetryTransientOptions),
    /Unknown option of retryTransient 'cuont'.*count/,
  );
  t.throws(() => retryTransient({ count: -1 }), RangeError);
  t.throws(() => retryTransient({ delay: '1' as unknown as number }), RangeError);
  t.end();
});

t.test('over a real network', async (t) => {
  await t.test('connections that break and servers that are busy are got over', async (t) => {
    const heads: string[] = [];
    const answer = [
      (socket: Socket) => socket.resetAndDestroy(),
      (socket: Socket) => socket.end('HTTP/1.1 503 Busy\r\nretry-after: 0\r\ncontent-length: 4\r\n\r\nbusy'),
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"n'),
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"n":1}'),
    ];
    const server = await serve(t, (socket, head) => {
      heads.push(head);
      answer[heads.length - 1]?.(socket);
    });
    const { values } = await outcome(
      request(server).pipe(throwIfNotOk(), json(), retryTransient({ delay: 1 })),
    );
    t.same(values, [{ n: 1 }]);
    t.equal(heads.length, 4);
  });

  await t.test('what was refused to the end comes with its body', async (t) => {
    let sent = 0;
    const server = await serve(t, (socket) => {
      socket.end(`HTTP/1.1 500 Oops\r\ncontent-length: 1\r\n\r\n${++sent}`);
    });
    const { error } = await outcome(
      request(server).pipe(throwIfNotOk(), text(), retryTransient({ delay: 1, count: 2 })),
    );
    t.match(error, { response: { status: 500 }, body: '3' });
    const recording = await record(request(server).pipe(retryTransient({ delay: 1, count: 1 })));
    t.equal(recording.states, '11234');
    t.equal(recording.text, '5');
  });
});

async function serve(t: Test, answer: (socket: Socket, head: string) => void): Promise<string> {
  const server = await rawServer(answer);
  t.teardown(() => server.close());
  return server.origin;
}

function outcome<T>(source: Observable<T>): Promise<{ values: T[]; error: unknown }> {
  return new Promise((resolve) => {
    const values: T[] = [];
    source.subscribe({
      next: (value) => values.push(value),
      error: (error: unknown) => {
        resolve({ values, error });
      },
      complete: () => {
        resolve({ values, error: undefined });
      },
    });
  });
}
