import { lastValueFrom, take, toArray } from 'rxjs';
import t from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestOf } from '../helpers/requestOf.js';

const run = (response: Response, changes: Partial<NormalizedRequest> = {}): Promise<ReadyStateEvent[]> =>
  lastValueFrom(
    fetchAdapter({ fetch: () => Promise.resolve(response) })(requestOf('http://127.0.0.1/', changes)).pipe(
      toArray(),
    ),
  );

t.test('asks for the next piece only when the consumer has returned from the last', async (t) => {
  const order: string[] = [];
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        order.push('pull');
        if (++pulls > 3) controller.close();
        else controller.enqueue(Uint8Array.of(pulls));
      },
    },
    { highWaterMark: 0 },
  );
  const events$ = fetchAdapter({ fetch: () => Promise.resolve(new Response(body)) })(
    requestOf('http://127.0.0.1/'),
  );
  await new Promise<void>((resolve) => {
    events$.subscribe({ next: ({ readyState }) => order.push(String(readyState)), complete: resolve });
  });
  t.equal(order.join(' '), '1 2 pull 3 pull 3 pull 3 pull 4');
});

t.test(
  'aborts once when unsubscribed, never what has finished, and never with the caller’s signal',
  async (t) => {
    const signals: AbortSignal[] = [];
    const own = new AbortController();
    const fetch = (_: string, init: RequestInit): Promise<Response> => {
      if (init.signal) signals.push(init.signal);
      return Promise.resolve(new Response('body'));
    };
    const adapter = fetchAdapter({ fetch });
    await lastValueFrom(adapter(requestOf('http://127.0.0.1/', { signal: own.signal })));
    await lastValueFrom(adapter(requestOf('http://127.0.0.1/')).pipe(take(2)));
    adapter(requestOf('http://127.0.0.1/')).subscribe().unsubscribe();
    own.abort();
    t.strictSame(
      signals.map(({ aborted }) => aborted),
      [false, true, true],
    );
  },
);

t.test('asks for cookies by withCredentials and passes redirect on', async (t) => {
  const inits: RequestInit[] = [];
  const adapter = fetchAdapter({
    fetch: (_, init) => {
      inits.push(init);
      return Promise.resolve(new Response());
    },
  });
  await lastValueFrom(adapter(requestOf('http://127.0.0.1/')));
  await lastValueFrom(adapter(requestOf('http://127.0.0.1/', { withCredentials: true, redirect: 'manual' })));
  t.same(
    inits.map(({ credentials, redirect }) => [credentials, redirect]),
    [
      ['same-origin', 'follow'],
      ['include', 'manual'],
    ],
  );
});

t.test('looks the global fetch up at each request', async (t) => {
  const { fetch } = globalThis;
  t.teardown(() => Object.assign(globalThis, { fetch }));
  const adapter = fetchAdapter();
  Object.assign(globalThis, { fetch: () => Promise.resolve(new Response(null, { status: 299 })) });
  const events = await lastValueFrom(adapter(requestOf('http://127.0.0.1/#part')).pipe(toArray()));
  t.match(events[1], { response: { status: 299, url: 'http://127.0.0.1/' } });
});

t.test('refuses what the platform would hide or spoil', async (t) => {
  const hidden = Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
  await t.rejects(run(hidden, { redirect: 'manual' }), /cannot honour redirect 'manual'/);
  const { Request } = globalThis;
  t.teardown(() => Object.assign(globalThis, { Request }));
  const body = new ReadableStream<Uint8Array>();
  Object.assign(globalThis, {
    Request: class {
      readonly headers = new Headers({ 'content-type': 'text/plain' });
    },
  });
  await t.rejects(run(new Response(), { method: 'POST', body }), /cannot honour a stream as the body/);
});

t.test('knows the wire’s bytes only where the coding is visible and identity', async (t) => {
  const transferred = async (response: Response) => (await run(response)).at(-1);
  t.match(await transferred(new Response('abc')), { progress: { loaded: 3, transferred: 3 } });
  const coded = new Response('abc', { headers: { 'content-encoding': 'gzip', 'content-length': '23' } });
  t.match(await transferred(coded), { progress: { loaded: 3, transferred: undefined, total: 23 } });
  const cors = Object.defineProperty(new Response('abc'), 'type', { value: 'cors' });
  t.match(await transferred(cors), { progress: { loaded: 3, transferred: undefined } });
});

t.test('ends the iteration of a body that is cancelled', async (t) => {
  let ended = false;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield await Promise.resolve(Uint8Array.of(1));
    } finally {
      ended = true;
    }
  }
  const adapter = fetchAdapter({
    fetch: async (_, init) => {
      const reader = (init.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      await reader.cancel();
      throw new TypeError('fetch failed', { cause: new Error('the peer hung up') });
    },
  });
  const request = requestOf('http://127.0.0.1/', { method: 'POST', body: pieces(), repeatable: false });
  await t.rejects(lastValueFrom(adapter(request)), { code: 'ERR_NETWORK', message: /the peer hung up/ });
  t.equal(ended, true);
});

t.test('reads a response that has no stream, and no body that is gone or is no bytes', async (t) => {
  const chunks = async (response: Response): Promise<string> =>
    (await run(response)).flatMap((event) => (event.readyState === 3 ? [...event.chunk] : [])).join();
  const without = (body: unknown): Response =>
    Object.defineProperty(new Response(Uint8Array.of(1, 2, 3)), 'body', { value: body });
  t.equal(await chunks(without(undefined)), '1,2,3', 'as React Native has it');
  t.equal(await chunks(without({ pipe: () => undefined })), '1,2,3', 'as node-fetch has it');
  t.equal(await chunks(new Response(null)), '');
  const used = new Response('abc');
  await used.text();
  await t.rejects(run(used), {
    code: 'ERR_NETWORK',
    phase: 'body',
    message: /was already read before the adapter/,
  });
  const text = new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue('text');
      },
    }),
  );
  await t.rejects(run(text), {
    code: 'ERR_NETWORK',
    message: /a value of the kind String instead of a Uint8Array/,
  });
});

t.test('refuses a URL with a login, which an interceptor may have set, without showing it', async (t) => {
  for (const url of ['http://ada:secret@127.0.0.1/', 'http://ada:se/cret@127.0.0.1/']) {
    await t.rejects(run(new Response(), { url }), {
      name: 'TypeError',
      message:
        'fetchAdapter cannot honour a user name or password in the URL: use the options username and password',
    });
  }
});
