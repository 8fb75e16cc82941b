import { concat, defer, NEVER, type Observable, of, take, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import t from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { arrayBuffer } from '../../source/operators/arrayBuffer.js';
import { blob } from '../../source/operators/blob.js';
import { elements } from '../../source/operators/elements.js';
import { json } from '../../source/operators/json.js';
import { lines } from '../../source/operators/lines.js';
import { pollFactory, type PollOptions } from '../../source/operators/poll.js';
import { type HttpResponse, response } from '../../source/operators/response.js';
import { text } from '../../source/operators/text.js';
import { throwIfNotOk } from '../../source/operators/throwIfNotOk.js';
import { xml } from '../../source/operators/xml.js';
import { xmlDocument } from '../../source/operators/xmlDocument.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import '../../source/xml.node.js';
import { emit, outcome } from '../conformance/operators.js';
import { eventsOf } from '../helpers/events.js';
import { promptedServer } from '../helpers/promptedServer.js';

type Outcome = (request: NormalizedRequest) => Observable<ReadyStateEvent>;

const answer =
  (status: number, headers: Record<string, string>, body = ''): Outcome =>
  (request) =>
    of(
      ...eventsOf(body === '' ? [] : [body], { request, headers, response: { status, ok: status === 200 } }),
    );

/** What polling makes of these responses, after which no further one comes, in virtual time. */
function play<Body = string>(
  outcomes: readonly Outcome[],
  options: Partial<PollOptions<Body>> = {},
): {
  values: HttpResponse<Body>[];
  requests: HeaderMap[];
  times: number[];
  error: unknown;
} {
  const result = {
    values: [] as HttpResponse<Body>[],
    requests: [] as HeaderMap[],
    times: [] as number[],
    error: undefined as unknown,
  };
  const scheduler = new TestScheduler(() => undefined);
  const adapter: Adapter = (request) =>
    defer(() => {
      result.times.push(scheduler.now());
      result.requests.push(request.headers);
      return outcomes[result.requests.length - 1]?.(request) ?? NEVER;
    });
  scheduler.run(({ flush }) => {
    pollFactory(requestFactory(() => adapter)())('https://example.org/', {
      every: 1_000,
      ...options,
    }).subscribe({
      next: (value) => result.values.push(value),
      error: (error: unknown) => (result.error = error),
    });
    flush();
  });
  return result;
}

t.test('a response is emitted only where it has changed, by its ETag', (t) => {
  const { values, requests, times } = play([
    answer(200, { etag: '"a"' }, 'one'),
    answer(304, { etag: '"a"' }),
    answer(200, { etag: 'W/"a"' }, 'one, from a server that knows no conditions'),
    answer(200, { etag: 'W/"b"', 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' }, 'two'),
    answer(304, {}),
  ]);
  t.same(
    values.map(({ status, body }) => [status, body]),
    [
      [200, 'one'],
      [200, 'two'],
    ],
  );
  t.same(
    requests.map((headers) => headers.get('if-none-match')),
    [undefined, '"a"', '"a"', 'W/"a"', 'W/"b"', 'W/"b"'],
  );
  t.ok(requests.every((headers) => !headers.has('if-modified-since')));
  t.same(times, [0, 1_000, 2_000, 3_000, 4_000, 5_000]);
  t.end();
});

t.test('without an ETag by Last-Modified, and without either each response counts', (t) => {
  const date = 'Wed, 01 Jan 2020 00:00:00 GMT';
  const dated = play([
    answer(200, { 'last-modified': date }, 'one'),
    answer(200, { 'last-modified': date }, 'one'),
    answer(304, {}),
  ]);
  t.equal(dated.values.length, 1);
  t.same(
    dated.requests.map((headers) => headers.get('if-modified-since')),
    [undefined, date, date, date],
  );
  t.equal(play([answer(200, {}, 'one'), answer(200, {}, 'one')]).values.length, 2);
  t.end();
});

t.test('conditions of the caller hold for the first request', (t) => {
  const { values, requests } = play([answer(304, {}), answer(200, { etag: '"b"' }, 'two')], {
    headers: { 'if-none-match': '"a"' },
  });
  t.same(
    requests.map((headers) => headers.get('if-none-match')),
    ['"a"', '"a"', '"b"'],
  );
  t.equal(values.length, 1);
  t.end();
});

t.test('max-age and Retry-After are waited for where they are longer', (t) => {
  const wait = (headers: Record<string, string>): number | undefined =>
    play([answer(200, headers, 'x')]).times[1];
  t.equal(wait({ 'cache-control': 'public, max-age=5' }), 5_000);
  t.equal(wait({ 'cache-control': 'MAX-AGE=60', age: '50' }), 10_000);
  t.equal(wait({ 'cache-control': 'max-age=60', age: '90' }), 1_000);
  t.equal(wait({ 'cache-control': 'max-age=60, no-cache' }), 1_000);
  t.equal(wait({ 'cache-control': 's-maxage=60, max-age=x' }), 1_000);
  t.equal(wait({ 'retry-after': '7' }), 7_000);
  t.equal(wait({ 'cache-control': 'max-age=99999999999' }), 2_147_483_647);
  t.same(
    play([answer(200, { etag: '"a"' }, 'x'), answer(304, { 'cache-control': 'max-age=9' })]).times,
    [0, 1_000, 10_000],
    'of a 304 too',
  );
  t.end();
});

t.test('a request that fails is sent again, and ends it where the budget does', (t) => {
  const cut: Outcome = (request) => throwError(() => new NetworkError('headers', { request }));
  const passing = play([cut, answer(503, { 'retry-after': '2' }), answer(200, { etag: '"a"' }, 'one'), cut], {
    retry: { random: () => 0.5 },
  });
  t.equal(passing.values.length, 1);
  t.same(passing.times, [0, 500, 2_500, 3_500, 4_000]);
  const failing = play([answer(200, {}, 'one'), cut, cut], { retry: { count: 1 } });
  t.ok(failing.error instanceof NetworkError);
  t.match(play([answer(404, {})]).error, { response: { status: 404 } });
  t.end();
});

t.test('a response whose body broke off is not taken for known', (t) => {
  const broken: Outcome = (request) =>
    concat(
      of(...eventsOf(['on'], { request, headers: { etag: '"a"' } }).slice(0, 3)),
      throwError(() => new NetworkError('body', { request })),
    );
  const { values, requests } = play([broken, answer(200, { etag: '"a"' }, 'one')]);
  t.same(
    values.map(({ body }) => body),
    ['one'],
  );
  t.same(
    requests.map((headers) => headers.get('if-none-match')),
    [undefined, undefined, '"a"'],
  );
  t.end();
});

t.test('options are checked', (t) => {
  const poll = pollFactory(requestFactory(() => () => NEVER)());
  t.throws(() => poll('https://example.org/', {} as PollOptions), /every/);
  t.throws(() => poll('https://example.org/', { every: 0 }), RangeError);
  t.match(play([], { evry: 1 } as object).error, /Unknown request option 'evry'/);
  t.end();
});

t.test('a 304 that answers a condition completes every operator without a value', (t) => {
  const request = { headers: HeaderMap.from({ 'if-none-match': '"a"' }) };
  const events = eventsOf([], { request, response: { status: 304, ok: false } });
  for (const [name, operator] of [
    ['text', text()],
    ['json', json()],
    ['arrayBuffer', arrayBuffer()],
    ['blob', blob()],
    ['lines', lines()],
    ['elements', elements('a')],
    ['xml', xml()],
    ['xmlDocument', xmlDocument()],
    ['response', response(text())],
  ] as const) {
    t.same(outcome(emit(events).pipe(operator as ReturnType<typeof text>)), [[], 'complete'], name);
    t.same(
      outcome(emit(events).pipe(throwIfNotOk(), operator as ReturnType<typeof text>)),
      [[], 'complete'],
      name,
    );
  }
  const unasked = eventsOf([], { response: { status: 304, ok: false } });
  t.match(outcome(emit(unasked).pipe(elements('a')))[1], /^error: The document is empty/);
  t.match(outcome(emit(unasked).pipe(throwIfNotOk(), elements('a')))[1], /304/);
  t.end();
});

t.test('over a real network, until nobody listens', async (t) => {
  const server = await promptedServer();
  t.teardown(() => server.close());
  const poll = pollFactory(requestFactory(() => nodeAdapter())());
  const bodies: unknown[] = [];
  const done = poll(server.origin, { every: 1, read: json() })
    .pipe(take(2))
    .forEach(({ body }) => bodies.push(body));
  const first = await server.take();
  first.response.writeHead(200, { etag: '"1"' }).end('{"n":1}');
  const second = await server.take();
  t.equal(second.request.headers['if-none-match'], '"1"');
  second.response.writeHead(304, { etag: '"1"' }).end();
  const third = await server.take();
  third.response.writeHead(200, { etag: '"2"' }).end('{"n":2}');
  await done;
  t.same(bodies, [{ n: 1 }, { n: 2 }]);
  t.equal(server.count, 3);
});
