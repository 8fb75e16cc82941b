import { concat, NEVER, type Observable, of, switchMap, throwError, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import t from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { throwIfNotOk, type ThrowIfNotOkOptions } from '../../source/operators/throwIfNotOk.js';
import { defaultLimits } from '../../source/options/limits.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { emit } from '../conformance/operators.js';
import { eventsOf, type Exchange } from '../helpers/events.js';
import { promptedServer } from '../helpers/promptedServer.js';
import { record } from '../helpers/record.js';
import { requestOf } from '../helpers/requestOf.js';

const refused: Exchange = {
  response: { status: 500, ok: false },
  headers: { 'content-type': 'application/json' },
};

/** What comes of it, and when, in virtual milliseconds. */
function play(
  source: Observable<ReadyStateEvent>,
  options?: ThrowIfNotOkOptions,
): { error: unknown; time: number | undefined } {
  const result = { error: undefined as unknown, time: undefined as number | undefined };
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    source.pipe(throwIfNotOk(options)).subscribe({
      error: (error: unknown) => Object.assign(result, { error, time: scheduler.now() }),
    });
    flush();
  });
  return result;
}

t.test('the body of a refused response is waited for, but not for ever', (t) => {
  const hanging = concat(of(...eventsOf(['{"why":'], refused).slice(0, 3)), NEVER);
  const { error, time } = play(hanging);
  t.match(error, { code: 'ERR_HTTP_STATUS', body: '{"why":', data: undefined, truncatedBy: 'time' });
  t.match(error, { message: /failed with 500 OK, and its body did not arrive in time$/ });
  t.equal(time, 5_000);
  t.equal(play(hanging, { bodyTimeout: 20 }).time, 20);
  t.equal(play(hanging, { bodyTimeout: Infinity }).time, undefined);
  t.equal(
    play(concat(of(...eventsOf([], refused).slice(0, 2)), NEVER)).time,
    5_000,
    'one of which nothing came',
  );
  t.end();
});

t.test('what arrives just before the time is up counts', (t) => {
  const events = eventsOf(['{"why":1}'], refused);
  const late = concat(of(...events.slice(0, 2)), timer(5_000).pipe(switchMap(() => of(...events.slice(2)))));
  t.match(play(late), { error: { data: { why: 1 }, truncatedBy: undefined }, time: 5_000 });
  t.end();
});

t.test('the error says where its body is not whole', (t) => {
  t.match(play(emit(eventsOf(['{"why":1}'], refused))).error, { data: { why: 1 }, truncatedBy: undefined });
  const limits = { ...defaultLimits, statusErrorBodyBytes: 4 };
  const sized = (text: string): unknown =>
    play(emit(eventsOf([text], { ...refused, request: { limits } }))).error;
  t.match(sized('abcde'), { body: 'abcd', truncatedBy: 'size' });
  t.match(sized('abcd'), { body: 'abcd', truncatedBy: undefined });
  const cause = new NetworkError('body', { request: requestOf('https://example.org/') });
  const broken = concat(
    of(...eventsOf(['ab'], refused).slice(0, 3)),
    throwError(() => cause),
  );
  t.match(play(broken).error, { body: 'ab', truncatedBy: 'network', cause });
  t.end();
});

t.test('a response that is not refused has no such limit, and leaving takes it away', (t) => {
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    const accepted = concat(of(...eventsOf(['a']).slice(0, 3)), NEVER);
    let failure: unknown;
    accepted.pipe(throwIfNotOk()).subscribe({ error: (error: unknown) => (failure = error) });
    const hanging = concat(of(...eventsOf([], refused).slice(0, 2)), NEVER);
    hanging
      .pipe(throwIfNotOk())
      .subscribe({ error: (error: unknown) => (failure = error) })
      .unsubscribe();
    flush();
    t.equal(failure, undefined);
    t.equal(scheduler.now(), 0, 'no timer was left');
  });
  t.throws(() => throwIfNotOk({ bodyTimeout: -1 }), RangeError);
  t.throws(() => throwIfNotOk({ timeout: 1 } as object), TypeError);
  t.end();
});

t.test('a server that stalls after a refusal is let go of', async (t) => {
  const server = await promptedServer();
  t.teardown(() => server.close());
  const outcome = record(nodeAdapter()(requestOf(server.origin)).pipe(throwIfNotOk({ bodyTimeout: 30 })));
  const { response } = await server.take();
  const closed = new Promise((resolve) => response.on('close', resolve));
  response.writeHead(503).write('busy');
  t.match((await outcome).error, { body: 'busy', truncatedBy: 'time', response: { status: 503 } });
  await closed;
});
