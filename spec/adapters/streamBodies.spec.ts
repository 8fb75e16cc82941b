import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { lastValueFrom, retry } from 'rxjs';
import t, { type Test } from 'tap';
import { Agent, type Dispatcher, interceptors } from 'undici';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { type RequestBody } from '../../source/body/RequestBody.js';
import { createRequest, text, throwIfNotOk } from '../../source/index.node.js';
import { record } from '../helpers/record.js';

/** Those that send streams. */
const adapters = { node: nodeAdapter(), fetch: fetchAdapter() };
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);

async function* generate(...lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const length of lengths) yield await Promise.resolve(bytes(length));
}

const webStream = (...lengths: readonly number[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const length of lengths) controller.enqueue(bytes(length));
      controller.close();
    },
  });

/** An iterable with one iterator, whoever asks. */
function sameIterator(): AsyncIterable<Uint8Array> {
  const iterator = generate(600, 400);
  return { [Symbol.asyncIterator]: () => iterator };
}

/** A new iterator each time, over what has one run. */
function overUsed(): AsyncIterable<Uint8Array> {
  const readable = Readable.from([Buffer.alloc(1_000)]);
  return {
    async *[Symbol.asyncIterator]() {
      yield* readable as AsyncIterable<Uint8Array>;
    },
  };
}

const onceOnly: Readonly<Record<string, () => RequestBody>> = {
  'a Readable': () => Readable.from([Buffer.alloc(600), Buffer.alloc(400)]),
  'a PassThrough': () => new PassThrough().end(Buffer.alloc(1_000)),
  'a stream of the web': () => webStream(600, 400),
  'a generator': () => generate(600, 400),
  'an iterable with one iterator': sameIterator,
  'an iterable over what has one run': overUsed,
};

/** Answers each request whose body came whole by the next status, and notes its length; a broken one is noted as -1. */
async function collectingServer(t: Test, ...statuses: readonly number[]) {
  const lengths: number[] = [];
  const ended: Promise<unknown>[] = [];
  const server = createServer((request, response) => {
    ended.push(new Promise((resolve) => request.on('close', resolve)));
    let length = 0;
    request.on('data', (part: Buffer) => (length += part.length));
    request.on('error', () => lengths.push(-1));
    request.on('end', () => {
      response.writeHead(statuses[lengths.length] ?? 200).end(String(length));
      lengths.push(length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lengths,
    /** All that arrived, once each request has ended or broken. */
    settled: async () => {
      await Promise.all(ended);
      return lengths;
    },
  };
}

for (const [name, adapter] of Object.entries(adapters)) {
  const request = createRequest({ adapter });

  t.test(`${name}: a body that can be read once is sent once, and is an error the second time`, async (t) => {
    for (const [kind, makeBody] of Object.entries(onceOnly)) {
      const { origin, lengths } = await collectingServer(t, 503);
      const body = makeBody();
      const sent = lastValueFrom(request.post(origin, body).pipe(throwIfNotOk(), retry(1), text()));
      // The source behind an iterable is only seen when it is read; by then a request has begun.
      const expected = kind === 'an iterable over what has one run' ? /none to this one/ : TypeError;
      await t.rejects(sent, expected, kind);
      t.same(
        lengths.filter((length) => length !== -1),
        [1_000],
        `${kind}: the server received it once`,
      );
    }
  });

  t.test(`${name}: a body that was already read from is refused before anything is sent`, async (t) => {
    const { origin, lengths } = await collectingServer(t);
    const read = Readable.from([Buffer.alloc(1), Buffer.alloc(1)]);
    read.read();
    const ended = Readable.from([Buffer.alloc(1)]).resume();
    await once(ended, 'end');
    const destroyed = new PassThrough().destroy();
    const released = webStream(1, 2);
    const reader = released.getReader();
    await reader.read();
    reader.releaseLock();
    const locked = webStream(1);
    locked.getReader();
    for (const body of [read, ended, destroyed, released, locked]) {
      const { states, error } = await record(request.post(origin, body));
      t.equal(states, '');
      t.match(error, { name: 'TypeError', message: /^The body cannot be a .*make a new one/ });
    }
    t.same(lengths, []);
  });

  t.test(`${name}: an iterable that starts over can be sent again`, async (t) => {
    const { origin, lengths } = await collectingServer(t, 503);
    const body: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => generate(600, 400) };
    t.equal(await lastValueFrom(request.post(origin, body).pipe(throwIfNotOk(), retry(1), text())), '1000');
    t.same(lengths, [1_000, 1_000]);
    const nothing: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => generate() };
    for (const time of ['once', 'twice'])
      t.equal(await lastValueFrom(request.post(origin, nothing).pipe(text())), '0', time);
  });

  t.test(`${name}: a body of another length than was announced never ends as if it were whole`, async (t) => {
    const { origin, settled } = await collectingServer(t);
    const wrong: Readonly<Record<string, () => RequestBody>> = {
      'nothing at all': () => generate(),
      'empty pieces': () => generate(0, 0),
      'too few': () => generate(60_000, 39_999),
      'too many': () => generate(60_000, 40_001),
      'too many in one piece': () => generate(200_000),
      'an empty stream': () => webStream(),
      'a short Readable': () => Readable.from([Buffer.alloc(3)]),
    };
    for (const [what, makeBody] of Object.entries(wrong)) {
      const headers = { 'content-length': '100000' };
      const { error } = await record(request.post(origin, makeBody(), { headers }));
      t.match(
        error,
        { code: 'ERR_NETWORK', message: /the body has .* bytes, but 100000 were announced/ },
        what,
      );
    }
    for (const length of await settled()) t.equal(length, -1);
    const headers = { 'content-length': '5' };
    t.equal(await lastValueFrom(request.post(origin, generate(2, 0, 3), { headers }).pipe(text())), '5');
  });
}

t.test('a body whose length is known is not sent under another one', async (t) => {
  const { origin, settled } = await collectingServer(t);
  const bodies: readonly RequestBody[] = [
    '',
    'four',
    bytes(70_000),
    new Blob([]),
    new Blob(['x']),
    new FormData(),
  ];
  for (const body of bodies) {
    const headers = { 'content-length': '100000' };
    const { error } = await record(createRequest({ adapter: adapters.node }).post(origin, body, { headers }));
    t.match(error, { code: 'ERR_NETWORK', phase: 'send', message: /cannot be sent as it is: the body has / });
  }
  for (const length of await settled()) t.equal(length, -1);
});

t.test('a body that an interceptor of the dispatcher sends again starts over, or is an error', async (t) => {
  const agent = new Agent();
  t.teardown(() => agent.destroy());
  const dispatcher: Dispatcher = agent.compose(interceptors.retry({ minTimeout: 1, maxTimeout: 1 }));
  const request = createRequest({ adapter: nodeAdapter({ dispatcher }) });
  const form = new FormData();
  form.append('file', new Blob(['x'.repeat(900)]), 'a');
  const repeatable: readonly RequestBody[] = [
    new Blob(['x']),
    new Blob(['x'.repeat(200_000)]),
    'x'.repeat(200_000),
    form,
    { [Symbol.asyncIterator]: () => generate(600, 400) },
  ];
  for (const body of repeatable) {
    const { origin, lengths } = await collectingServer(t, 503);
    const { response, error } = await record(request.put(origin, body));
    t.equal(error, undefined);
    t.equal(response?.status, 200);
    t.equal(lengths.length, 2);
    t.ok((lengths[0] ?? 0) > 0);
    t.equal(lengths[1], lengths[0], 'the second is as long as the first');
  }
  for (const [kind, makeBody] of Object.entries(onceOnly)) {
    const { origin, settled } = await collectingServer(t, 503);
    const { error } = await record(request.put(origin, makeBody()));
    t.match(error, { code: 'ERR_NETWORK', phase: 'send', cause: { name: 'TypeError' } }, kind);
    t.same(
      (await settled()).filter((length) => length !== -1),
      [1_000],
      kind,
    );
  }
});

t.test('a cancelled request is not sent again with an empty body', async (t) => {
  const agent = new Agent();
  t.teardown(() => agent.destroy());
  let again: (() => void) | undefined;
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    again = () => void dispatch(options, handler);
    return dispatch(options, handler);
  });
  const { origin, settled, lengths } = await collectingServer(t);
  const request = createRequest({ adapter: nodeAdapter({ dispatcher }) });
  await record(request.put(origin, new Blob(['x'])));
  t.same(lengths, [1]);
  again?.();
  await lastValueFrom(createRequest({ adapter: adapters.node }).put(origin, 'later').pipe(text()));
  t.same(
    (await settled()).filter((length) => length !== -1),
    [1, 5],
  );
});
