import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { defer, EMPTY, lastValueFrom, map, NEVER, type Observable, of, Subject, tap, throwError } from 'rxjs';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { type Refresh, refreshOn401 } from '../../source/interceptors/refreshOn401.js';
import { text } from '../../source/operators/text.js';
import { throwIfNotOk } from '../../source/operators/throwIfNotOk.js';
import { type RequestFunction } from '../../source/request/RequestFunction.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { record } from '../helpers/record.js';

interface Api {
  readonly request: RequestFunction;
  readonly requests: string[];
  token: string;
}

/** A server that lets in whoever has its token, and what asks it. */
async function api(t: Test, refresh: (api: Api) => ReturnType<Refresh>): Promise<Api> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? '-'}`);
    request.resume();
    request.on('end', () => {
      response.writeHead(request.headers.authorization === `Bearer ${made.token}` ? 200 : 401).end('body');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const made: Api = {
    request: requestFactory(() => nodeAdapter())({
      baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      interceptors: [refreshOn401(() => refresh(made))],
    }),
    requests,
    token: 'new',
  };
  return made;
}

t.test('many requests that get a 401 at once share one refresh, and later ones need none', async (t) => {
  let refreshes = 0;
  const made = await api(t, ({ token }) =>
    defer(() => Promise.resolve((refreshes++, { authorization: `Bearer ${token}` }))),
  );
  const recordings = await Promise.all(
    Array.from({ length: 20 }, (_, index) => record(made.request(`/${index}`))),
  );
  t.equal(refreshes, 1);
  for (const { states, text, response, events } of recordings) {
    t.equal(states, '11234', 'the head of the 401 is held back');
    t.equal(text, 'body');
    t.match(response, { status: 200 });
    t.same(
      events.flatMap((event) => (event.readyState === 1 ? [event.attempt] : [])),
      [1, 2],
    );
  }
  t.equal((await record(made.request('/later'))).states, '1234');
  t.equal(made.requests.length, 41);
  made.token = 'newer';
  t.equal((await record(made.request('/expired'))).text, 'body');
  t.equal(refreshes, 2);
});

t.test('a 401 of a request that was sent before the refresh asks for none', async (t) => {
  let refreshes = 0;
  const gate = new Subject<{ authorization: string }>();
  const made = await api(t, () => (refreshes++, gate));
  const both = [record(made.request('/a')), record(made.request('/b'))];
  while (!gate.observed || made.requests.length < 2) await new Promise(setImmediate);
  gate.next({ authorization: 'Bearer new' });
  for (const { text } of await Promise.all(both)) t.equal(text, 'body');
  t.equal(refreshes, 1);
});

t.test('a second 401 passes, and so does one of a body that can be read only once', async (t) => {
  let refreshes = 0;
  const made = await api(t, () => (refreshes++, of({ authorization: 'Bearer wrong' })));
  const { response, states } = await record(made.request('/'));
  t.match(response, { status: 401 });
  t.equal(states, '11234');
  t.equal(made.requests.length, 2);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(Uint8Array.of(1));
      controller.close();
    },
  });
  t.match((await record(made.request.post('/once', body))).response, { status: 401 });
  t.equal(refreshes, 1);
  t.match((await record(made.request.post('/text', 'text'))).states, /^1+234$/);
});

t.test('an error of the refresh is that of all who wait, and the next one tries again', async (t) => {
  const failure = new Error('no such user');
  let refreshes = 0;
  const made = await api(t, () => throwError(() => (refreshes++, failure)));
  const recordings = await Promise.all([record(made.request('/a')), record(made.request('/b'))]);
  t.same(
    recordings.map(({ error }) => error),
    [failure, failure],
  );
  const before = refreshes;
  t.equal((await record(made.request('/c'))).error, failure);
  t.equal(refreshes, before + 1);
  const thrown = await api(t, () => {
    throw failure;
  });
  t.equal((await record(thrown.request('/'))).error, failure);
});

t.test('a refresh that gives nothing leaves the fields to others', async (t) => {
  const made = await api(t, () => EMPTY);
  made.token = 'undefined';
  t.match((await record(made.request('/'))).response, { status: 401 });
  t.equal(made.requests.length, 2);
});

t.test('what the refresh itself sends is left alone', async (t) => {
  const made = await api(t, ({ request }): Observable<{ authorization: string }> =>
    request.post('/login', 'secret').pipe(
      text(),
      map(() => ({ authorization: 'Bearer new' })),
    ),
  );
  t.equal((await record(made.request('/'))).text, 'body');
  t.same(made.requests, ['GET / -', 'POST /login -', 'GET / Bearer new']);
});

t.test('the refresh ends when nobody waits for it any more', async (t) => {
  let open = 0;
  const made = await api(t, () => defer(() => (open++, NEVER)).pipe(tap({ finalize: () => open-- })));
  const subscriptions = ['/a', '/b'].map((path) => made.request(path).pipe(throwIfNotOk()).subscribe());
  while (open === 0) await new Promise(setImmediate);
  for (const subscription of subscriptions) subscription.unsubscribe();
  t.equal(open, 0);
});

t.test('credentials are kept for each origin', async (t) => {
  const first = await api(t, () => of({ authorization: 'Bearer new' }));
  const second = await api(t, () => EMPTY);
  await record(first.request('/'));
  const url = await lastValueFrom(
    second.request('/').pipe(map((event) => (event.readyState === 4 ? event.response.url : ''))),
  );
  await record(first.request(url));
  t.equal(second.requests[1], 'GET / -');
});
