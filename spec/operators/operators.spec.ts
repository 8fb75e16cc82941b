import { map, Subject } from 'rxjs';
import t from 'tap';
import { isHttpStatusError, isLimitError, isParseError } from '../../source/errors/guards.js';
import { HttpStatusError } from '../../source/errors/HttpStatusError.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { ParseError } from '../../source/errors/ParseError.js';
import { arrayBuffer } from '../../source/operators/arrayBuffer.js';
import { bytes } from '../../source/operators/bytes.js';
import { head } from '../../source/operators/head.js';
import { parseWith } from '../../source/operators/internal/parseWith.js';
import { type StandardSchema } from '../../source/operators/internal/StandardSchema.js';
import { json } from '../../source/operators/json.js';
import { jsonLines } from '../../source/operators/jsonLines.js';
import { lines } from '../../source/operators/lines.js';
import { progress } from '../../source/operators/progress.js';
import { response } from '../../source/operators/response.js';
import { statusLine } from '../../source/operators/statusLine.js';
import { text } from '../../source/operators/text.js';
import { throwIfNotOk } from '../../source/operators/throwIfNotOk.js';
import { defaultLimits } from '../../source/options/limits.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { emit, outcome } from '../conformance/operators.js';
import { eventsOf } from '../helpers/events.js';

const limits = (changed: Partial<typeof defaultLimits>): { limits: typeof defaultLimits } => ({
  limits: { ...defaultLimits, ...changed },
});

/** The error that an Observable of synchronous events ends in. */
function failureOf(events: readonly ReadyStateEvent[], ...operators: Parameters<typeof run>[1][]): unknown {
  return run(events, ...operators).failure;
}

function run(
  events: readonly ReadyStateEvent[],
  ...operators: ((source: ReturnType<typeof emit>) => ReturnType<typeof emit>)[]
): { values: unknown[]; failure: unknown } {
  const values: unknown[] = [];
  let failure: unknown;
  operators
    .reduce((source, operator) => operator(source), emit(events))
    .subscribe({ next: (value) => values.push(value), error: (error: unknown) => (failure = error) });
  return { values, failure };
}

t.test('statusLine() adds no space without a reason phrase', (t) => {
  t.same(outcome(emit(eventsOf([], { response: { status: 204, statusText: '' } })).pipe(statusLine()))[0], [
    '204',
  ]);
  t.end();
});

t.test('head() emits before any of the body arrives', (t) => {
  const source = new Subject<ReadyStateEvent>();
  const given: unknown[] = [];
  source.pipe(head()).subscribe((value) => given.push(value.status));
  for (const event of eventsOf([]).slice(0, 2)) source.next(event);
  t.same(given, [200]);
  t.end();
});

t.test('text() decodes by the encoding of the exchange', (t) => {
  const cafe = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x80);
  const read = (headers: Record<string, string>, mimeType?: string): unknown =>
    outcome(emit(eventsOf([cafe], { headers, response: { mimeType } })).pipe(text()))[0][0];
  t.equal(read({ 'content-type': 'text/plain;charset=windows-1252' }), 'café€');
  t.equal(read({ 'content-type': 'text/plain' }), 'caf�', 'UTF-8 by default');
  t.equal(read({ 'content-type': 'text/plain;charset=utf-8' }, 'text/plain;charset=koi8-r'), 'cafИ─');
  const bom = Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9);
  t.equal(
    outcome(
      emit(eventsOf([bom], { headers: { 'content-type': 'text/plain;charset=koi8-r' } })).pipe(text()),
    )[0][0],
    'é',
    'a byte order mark takes precedence over all',
  );
  t.equal(
    outcome(
      emit(
        eventsOf(['é'], {
          headers: { 'content-type': 'text/plain;charset=koi8-r' },
          response: { decodedAs: 'utf-8' },
        }),
      ).pipe(text()),
    )[0][0],
    'é',
    'text that the platform decoded is UTF-8',
  );
  t.end();
});

t.test('text() of an empty body is empty', (t) => {
  t.same(outcome(emit(eventsOf([])).pipe(text())), [[''], 'complete']);
  t.end();
});

t.test('values that are held whole stop at limits.bufferedBytes', (t) => {
  const events = eventsOf(['12345', '6'], { request: limits({ bufferedBytes: 5 }) });
  for (const operator of [text(), arrayBuffer(), json()]) {
    const failure = outcome(emit(events).pipe(operator))[1];
    t.match(failure, /limits\.bufferedBytes \(5\)/);
  }
  t.end();
});

t.test('arrayBuffer() emits a buffer that holds only the body', (t) => {
  const window = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
  const [opened, received, done] = eventsOf([]);
  if (received?.readyState !== 2 || !opened || !done) throw new Error('no events');
  const loading: ReadyStateEvent = {
    readyState: 3,
    response: received.response,
    chunk: window,
    progress: { loaded: 2, transferred: 2, total: 2 },
  };
  const [values] = outcome(emit([opened, received, loading, done]).pipe(arrayBuffer()));
  t.same([...new Uint8Array(values[0] as ArrayBuffer)], [1, 2]);
  t.end();
});

t.test('json() is null for an empty body and errors with the position of invalid JSON', (t) => {
  t.same(outcome(emit(eventsOf([])).pipe(json())), [[null], 'complete']);
  const failure = failureOf(eventsOf(['{"a":\n  oops}']), json() as never);
  t.ok(isParseError(failure));
  t.match(failure, { format: 'json', request: { method: 'GET' }, message: /https:\/\/example\.org\// });
  t.equal((failure as ParseError).position?.line, 2);
  t.end();
});

const even: StandardSchema<number> = {
  '~standard': {
    version: 1,
    vendor: 'spec',
    validate: (value) =>
      typeof value === 'number' && value % 2 === 0
        ? { value: value * 10 }
        : { issues: [{ message: 'must be even', path: ['at', { key: 0 }] }] },
  },
};

t.test('a schema checks and transforms what json() and jsonLines() read', (t) => {
  t.same(outcome(emit(eventsOf(['4'])).pipe(json(even))), [[40], 'complete']);
  t.match(
    outcome(emit(eventsOf(['3'])).pipe(json(even)))[1],
    /does not match the schema \(at\.0: must be even\) of https:\/\/example\.org\/$/,
  );
  t.throws(() => json({} as never), /not a Standard Schema/);
  const [values, end] = outcome(emit(eventsOf(['2\n4\n5\n6\n'])).pipe(jsonLines(even)));
  t.same(values, [20, 40], 'the values before the rejected one are emitted');
  t.match(end, /Value 3 does not match/);
  t.end();
});

t.test('a schema may be asynchronous, and the order holds', async (t) => {
  const slow: StandardSchema<number> = {
    '~standard': {
      version: 1,
      vendor: 'spec',
      validate: async (value) => {
        for (let turn = Number(value); turn > 0; turn -= 1) await Promise.resolve();
        return { value: Number(value) };
      },
    },
  };
  const given: number[] = [];
  await emit(eventsOf(['9\n1\n5\n']))
    .pipe(jsonLines(slow))
    .forEach((value) => given.push(value));
  t.same(given, [9, 1, 5]);
});

t.test('jsonLines() names the line with invalid JSON, after the values before it', (t) => {
  const { values, failure } = run(eventsOf(['1\n2\n{oops\n4\n']), jsonLines() as never);
  t.same(values, [1, 2]);
  t.match(failure, { name: 'ParseError', format: 'jsonLines', position: { line: 3 } });
  t.end();
});

t.test('lines() stops at limits.lineCharacters', (t) => {
  const { values, failure } = run(
    eventsOf(['ab\nabcdef'], { request: limits({ lineCharacters: 4 }) }),
    lines() as never,
  );
  t.same(values, ['ab']);
  t.ok(isLimitError(failure));
  t.end();
});

t.test('progress() distinguishes upload from download', (t) => {
  const [opened, ...rest] = eventsOf(['abc']);
  if (opened?.readyState !== 1) throw new Error('no events');
  const sent: ReadyStateEvent = { ...opened, upload: { loaded: 2, transferred: 2, total: 4 } };
  t.same(outcome(emit([opened, sent, ...rest]).pipe(progress()))[0], [
    { phase: 'upload', loaded: 2, transferred: 2, total: 4 },
    { phase: 'download', loaded: 3, transferred: 3, total: undefined },
    { phase: 'download', loaded: 3, transferred: 3, total: undefined },
  ]);
  t.end();
});

t.test('response() emits the head together with the body', (t) => {
  const [values] = outcome(
    emit(eventsOf(['[1]'], { headers: { etag: '"1"' } })).pipe(response(json<number[]>())),
  );
  t.equal(values.length, 1);
  t.match(values[0], { status: 200, ok: true });
  t.same((values[0] as { body: unknown }).body, [1]);
  t.equal((values[0] as { headers: HeaderMap }).headers.get('ETag'), '"1"');
  t.end();
});

t.test('throwIfNotOk() turns a rejected status into an error with the body', (t) => {
  const notFound = {
    response: { status: 404, statusText: 'Not Found', ok: false },
    headers: { 'content-type': 'application/problem+json' },
  };
  const { values, failure } = run(eventsOf(['{"title":', '"gone"}'], notFound), throwIfNotOk());
  t.same(
    values.map((value) => (value as ReadyStateEvent).readyState),
    [1],
    'nothing of the rejected response is passed on',
  );
  t.ok(failure instanceof HttpStatusError && isHttpStatusError(failure));
  t.match(failure, {
    message: 'GET https://example.org/ failed with 404 Not Found',
    body: '{"title":"gone"}',
    data: { title: 'gone' },
    response: { status: 404 },
    request: { method: 'GET' },
  });
  t.end();
});

t.test('throwIfNotOk() keeps no more of the body than limits.statusErrorBodyBytes, and stops there', (t) => {
  const source = new Subject<ReadyStateEvent>();
  let failure: unknown;
  source.pipe(throwIfNotOk()).subscribe({ error: (error: unknown) => (failure = error) });
  const exchange = { response: { status: 500, ok: false }, request: limits({ statusErrorBodyBytes: 4 }) };
  for (const event of eventsOf(['abc', 'def', 'ghi'], exchange)) source.next(event);
  t.match(failure, { body: 'abcd' });
  t.notOk(source.observed);
  t.end();
});

t.test('throwIfNotOk() still reports the status if its body breaks off', (t) => {
  const source = new Subject<ReadyStateEvent>();
  let failure: unknown;
  source.pipe(throwIfNotOk()).subscribe({ error: (error: unknown) => (failure = error) });
  for (const event of eventsOf(['par'], { response: { status: 503, ok: false } }).slice(0, -1))
    source.next(event);
  source.error(new NetworkError('body'));
  t.match(failure, { name: 'HttpStatusError', body: 'par', cause: { phase: 'body' } });
  t.end();
});

t.test('throwIfNotOk() passes a 304 only if the request had a condition', (t) => {
  const exchange = { response: { status: 304, ok: false } };
  const conditional = { ...exchange, request: { headers: HeaderMap.from({ 'If-None-Match': '"1"' }) } };
  t.equal(outcome(emit(eventsOf([], conditional)).pipe(throwIfNotOk()))[1], 'complete');
  t.match(outcome(emit(eventsOf([], exchange)).pipe(throwIfNotOk()))[1], /failed with 304/);
  t.end();
});

t.test('parseWith() emits what a parser read before it failed, and never calls it again', (t) => {
  const calls: string[] = [];
  const operator = parseWith<string>(() => ({
    write(input, output) {
      const piece = new TextDecoder().decode(input);
      calls.push(piece);
      output.push(`${piece}!`);
      if (piece === 'b') throw new ParseError('text', 'Bad b');
    },
    end() {
      calls.push('end');
    },
  }));
  t.same(outcome(emit(eventsOf(['a', 'b', 'c'])).pipe(operator)), [['a!', 'b!'], 'error: Bad b']);
  t.same(calls, ['a', 'b']);
  t.end();
});

t.test('parseWith() turns a parser that cannot be made, or that fails at the end, into an error', (t) => {
  const unmade = parseWith(() => {
    throw new TypeError('no parser');
  });
  t.same(outcome(emit(eventsOf(['a'])).pipe(unmade)), [[], 'error: no parser']);
  const endless = parseWith<string>(() => ({
    write: () => undefined,
    end(output) {
      output.push('rest');
      throw new TypeError('cut short');
    },
  }));
  t.same(outcome(emit(eventsOf(['a'])).pipe(endless)), [['rest'], 'error: cut short']);
  t.end();
});

t.test(
  'parseWith() feeds a parser slices of a huge chunk, and emits each slice’s values before the next',
  (t) => {
    const orderOf = (bytes: number, sliceBytes?: number) => {
      const order: string[] = [];
      const makeParser = () => ({
        write(input: Uint8Array, output: number[]) {
          order.push(`read ${input.length}`);
          output.push(input.length);
        },
        end: () => undefined,
      });
      emit(eventsOf([new Uint8Array(bytes)]))
        .pipe(parseWith(makeParser, sliceBytes === undefined ? {} : { sliceBytes }))
        .subscribe((length) => order.push(`given ${length}`));
      return order;
    };
    const whole = ['read 65536', 'given 65536'];
    t.same(orderOf(150_000), [...whole, ...whole, 'read 18928', 'given 18928']);
    t.same(orderOf(25, 10), ['read 10', 'given 10', 'read 10', 'given 10', 'read 5', 'given 5']);
    t.end();
  },
);

t.test('a consumer that throws does not affect the stream or its order', async (t) => {
  const { config } = await import('rxjs');
  const reported: unknown[] = [];
  const reports = new Promise<void>((resolve) => {
    config.onUnhandledError = (error) => {
      reported.push(error);
      if (reported.length === 2) resolve();
    };
  });
  t.teardown(() => (config.onUnhandledError = null));
  const seen: string[] = [];
  emit(eventsOf(['a\nb\n']))
    .pipe(lines())
    .subscribe({
      next: (line) => {
        seen.push(line);
        throw new Error(line);
      },
      complete: () => seen.push('complete'),
    });
  await reports;
  t.same(seen, ['a', 'b', 'complete']);
  t.same(reported.map(String), ['Error: a', 'Error: b']);
});

t.test('a projection that throws after an operator is an error on the channel, and stops the source', (t) => {
  const source = new Subject<ReadyStateEvent>();
  const projected: string[] = [];
  let failure: unknown;
  source
    .pipe(
      lines(),
      map((line) => {
        projected.push(line);
        throw new Error('projection');
      }),
    )
    .subscribe({ error: (error: unknown) => (failure = error) });
  t.ok(source.observed);
  for (const event of eventsOf(['a\nb\n'])) source.next(event);
  t.match(failure, { message: 'projection' });
  t.same(projected, ['a']);
  t.notOk(source.observed);
  t.end();
});

t.test('bytes() emits nothing for an empty body', (t) => {
  t.same(outcome(emit(eventsOf([])).pipe(bytes())), [[], 'complete']);
  t.same(outcome(emit([]).pipe(text())), [[], 'complete']);
  t.end();
});
