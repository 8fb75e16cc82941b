import { type Socket } from 'node:net';
import { concat, defer, NEVER, type Observable, of, take, tap, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import t from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { LimitError } from '../../source/errors/LimitError.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { RequestTimeoutError } from '../../source/errors/RequestTimeoutError.js';
import { eventSourceFactory, type EventSourceOptions } from '../../source/operators/eventSource.js';
import { serverSentEvents } from '../../source/operators/serverSentEvents.js';
import { type ServerSentEvent } from '../../source/parsing/parseServerSentEvents.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { emit, outcome } from '../conformance/operators.js';
import { eventsOf } from '../helpers/events.js';
import { rawServer } from '../helpers/rawServer.js';
import { requestOf } from '../helpers/requestOf.js';

type Outcome = (request: NormalizedRequest) => Observable<ReadyStateEvent>;

const typed = { 'content-type': 'text/event-stream' };
const stream =
  (text: string, after: Observable<never> | 'end' = 'end'): Outcome =>
  (request) => {
    const events = eventsOf(text === '' ? [] : [text], { request, headers: typed });
    return after === 'end' ? of(...events) : concat(of(...events.slice(0, -1)), after);
  };
const cut = throwError(() => new NetworkError('body', { request: requestOf('https://example.org/') }));
const status =
  (code: number, headers: Record<string, string> = typed): Outcome =>
  (request) =>
    of(...eventsOf([], { request, headers, response: { status: code, ok: code >= 200 && code < 300 } }));
const refused: Outcome = () => cut;

interface Play {
  readonly events: ServerSentEvent[];
  readonly requests: NormalizedRequest[];
  readonly times: number[];
  readonly end: string;
  readonly error: unknown;
}

/** What an event source makes of these connections, the last of which never ends, in virtual time. */
function play(outcomes: readonly Outcome[], options: EventSourceOptions = {}, until = 1_000_000): Play {
  const result = {
    events: [] as ServerSentEvent[],
    requests: [] as NormalizedRequest[],
    times: [] as number[],
    end: 'open',
    error: undefined as unknown,
  };
  const scheduler = new TestScheduler(() => undefined);
  scheduler.maxFrames = until;
  const adapter: Adapter = (request) =>
    defer(() => {
      result.times.push(scheduler.now());
      result.requests.push(request);
      return outcomes[result.requests.length - 1]?.(request) ?? NEVER;
    });
  scheduler.run(({ flush }) => {
    const eventSource = eventSourceFactory(requestFactory(() => adapter)());
    eventSource('https://example.org/', { random: () => 0.5, ...options }).subscribe({
      next: (event) => result.events.push(event),
      error: (error: unknown) => Object.assign(result, { error, end: 'error' }),
      complete: () => (result.end = 'complete'),
    });
    flush();
  });
  return result;
}

const idOf = (request: NormalizedRequest | undefined): string | undefined => {
  const value = request?.headers.get('last-event-id');
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString();
};

t.test('a stream that ends is connected to again, after the reconnection time, with the last ID', (t) => {
  const { events, requests, times, end } = play([
    stream('id: 1\ndata: a\n\ndata: b\n\n'),
    stream('data: c\n\nid: 茶-9\ndata: d\n\nid: 3\ndata: cut off'),
    stream('id\ndata: e\n\n'),
    stream(''),
  ]);
  t.same(
    events.map(({ id, data }) => [id, data]),
    [
      ['1', 'a'],
      ['1', 'b'],
      ['1', 'c'],
      ['茶-9', 'd'],
      ['', 'e'],
    ],
  );
  t.same(requests.map(idOf), [undefined, '1', '茶-9', undefined, undefined]);
  t.same(times, [0, 3_000, 6_000, 9_000, 12_000]);
  t.equal(requests[0]?.headers.get('accept'), 'text/event-stream');
  t.equal(end, 'open');
  t.end();
});

t.test('an ID holds once its event has ended, with data or without', (t) => {
  t.same(play([stream('id: 7\n\n')]).requests.map(idOf), [undefined, '7']);
  t.same(play([stream('id: 7\n')]).requests.map(idOf), [undefined, undefined]);
  t.same(
    play([stream('id: 7\n\nid: a\0b\n\n')]).requests.map(idOf),
    [undefined, '7'],
    'one with a NUL is none',
  );
  t.end();
});

t.test('retry sets the reconnection time, also without an event', (t) => {
  t.same(play([stream('retry: 50\n'), stream('retry: x\nretry: 7\n\n')]).times, [0, 50, 57]);
  t.same(play([stream('')], { reconnectionTime: 20 }).times, [0, 20]);
  t.same(play([stream('retry: 99999999999\n')]).times, [0, 2_147_483_647], 'as long as timers go');
  t.end();
});

t.test('204 completes it', (t) => {
  const { end, requests } = play([stream('data: a\n\n'), status(204, {})]);
  t.equal(end, 'complete');
  t.equal(requests.length, 2);
  t.end();
});

t.test('another status than 200, and another type, fail it', (t) => {
  for (const code of [201, 205, 206, 301, 400, 404, 500, 503]) {
    const { error, requests } = play([status(code)]);
    t.match(error, { code: 'ERR_HTTP_STATUS', response: { status: code } });
    t.equal(requests.length, 1);
  }
  for (const type of ['text/html', 'text/event-stream-x', '']) {
    const { error } = play([status(200, type === '' ? {} : { 'content-type': type })]);
    t.match(error, {
      code: 'ERR_PARSE',
      format: 'serverSentEvents',
      message: /The response is not an event stream: its Content-Type is/,
    });
  }
  for (const type of ['TEXT/Event-Stream; charset=utf-8', 'text/event-stream;x=y']) {
    t.equal(play([status(200, { 'content-type': type })]).end, 'open', type);
  }
  t.end();
});

t.test(
  'failures in a row are waited for longer and longer, at random, up to a limit; a connection that works resets that',
  (t) => {
    const { times } = play([
      refused,
      refused,
      refused,
      refused,
      stream('data: a\n\n', cut),
      stream('data: b\n\n', cut),
    ]);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // 3 s, and half of 3, 9, 21 and 45 s more, up to 30 s in all.
    t.same(waits, [4_500, 7_500, 13_500, 25_500, 4_500, 4_500]);
    const capped = play([refused, refused, refused], { maxReconnectionTime: 5_000 }).times;
    t.same(capped, [0, 4_500, 9_500, 14_500]);
    t.same(play([refused], { reconnectionTime: 10_000, maxReconnectionTime: 5_000 }).times, [0, 10_000]);
    t.end();
  },
);

t.test('what will not pass is an error', (t) => {
  const request = requestOf('https://example.org/');
  const failing = (error: unknown): Play => play([() => throwError(() => error)]);
  t.equal(failing(new TypeError('no')).end, 'error');
  t.equal(failing(new LimitError('headerBytes', 1, { request })).end, 'error');
  t.equal(
    failing(new RequestTimeoutError('idle', 1, { request })).end,
    'open',
    'a time limit is a failure of the network',
  );
  const once = { ...request, method: 'POST', repeatable: false };
  t.match(failing(new NetworkError('send', { request: once })).error, {
    message: /not reconnected, because its body can be read only once/,
  });
  t.end();
});

t.test('every request is of the method, with the body and the headers that were given', (t) => {
  const { requests } = play([stream('')], {
    method: 'POST',
    json: { a: 1 },
    headers: { 'x-key': 'k', accept: 'text/*' },
    lastEventId: '5',
  });
  t.equal(requests.length, 2);
  for (const { method, body, headers } of requests) {
    t.equal(method, 'POST');
    t.equal(body, '{"a":1}');
    t.same([headers.get('x-key'), headers.get('accept'), headers.get('last-event-id')], ['k', 'text/*', '5']);
  }
  t.throws(
    () => eventSourceFactory(requestFactory(() => () => NEVER)())('x', { reconnectionTime: -1 }),
    RangeError,
  );
  t.match(
    play([], { reconectionTime: 1 } as EventSourceOptions).error,
    /Unknown request option 'reconectionTime'/,
  );
  t.end();
});

t.test('onReconnect is told of each wait', (t) => {
  const notices: unknown[] = [];
  play([stream('id: 4\n\n'), refused], { onReconnect: (notice) => notices.push(notice) });
  t.match(notices, [
    { error: undefined, lastEventId: '4', delay: 3_000 },
    { error: NetworkError, lastEventId: '4', delay: 4_500 },
  ]);
  t.end();
});

t.test('nothing is sent before it is subscribed to, and nothing after it was left', (t) => {
  let open = 0;
  let sent = 0;
  const adapter: Adapter = (request) =>
    defer(() => {
      open++;
      sent++;
      return stream('data: a\n\n', sent === 1 ? NEVER : cut)(request);
    }).pipe(tap({ finalize: () => open-- }));
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    const events$ = eventSourceFactory(requestFactory(() => adapter)())('https://example.org/');
    t.equal(sent, 0);
    events$.pipe(take(1)).subscribe();
    t.same([sent, open], [1, 0]);
    const waiting = events$.subscribe();
    t.same([sent, open], [2, 0]);
    waiting.unsubscribe();
    flush();
    t.equal(sent, 2);
  });
  t.end();
});

t.test('serverSentEvents() can be given the ID that its stream begins with', (t) => {
  const ids = (options?: { lastEventId: string }): unknown[] =>
    outcome(emit(eventsOf(['data: a\n\nid: 2\ndata: b\n\n'])).pipe(serverSentEvents(options)))[0].map(
      (event) => (event as ServerSentEvent).id,
    );
  t.same(ids(), ['', '2']);
  t.same(ids({ lastEventId: '1' }), ['1', '2']);
  t.throws(() => serverSentEvents({ lastEventID: '1' } as object), TypeError);
  t.end();
});

t.test('over a real network an ID comes back as the bytes that it was', async (t) => {
  const heads: string[] = [];
  const answers = [
    (socket: Socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\nid: 茶-9\nretry: 1\ndata: a\n\n',
      ),
    (socket: Socket) => socket.resetAndDestroy(),
    (socket: Socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: b\n\n',
      ),
    (socket: Socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'),
  ];
  const server = await rawServer((socket, head) => {
    heads.push(head);
    answers[heads.length - 1]?.(socket);
  });
  t.teardown(() => server.close());
  const eventSource = eventSourceFactory(requestFactory(() => nodeAdapter())());
  const data: string[] = [];
  await eventSource(server.origin).forEach((event) => data.push(`${event.id} ${event.data}`));
  t.same(data, ['茶-9 a', '茶-9 b']);
  t.notMatch(heads[0], /last-event-id/i);
  for (const head of heads.slice(1)) t.match(Buffer.from(head, 'latin1').toString(), /last-event-id: 茶-9/i);
});
