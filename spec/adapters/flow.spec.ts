import { once } from 'node:events';
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';
import { lastValueFrom, type Observable, tap } from 'rxjs';
import t, { type Test } from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { bytes } from '../../source/operators/bytes.js';
import { consume } from '../../source/operators/consume.js';
import { iterate } from '../../source/operators/iterate.js';
import { lines } from '../../source/operators/lines.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { type Flow, type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { hour, hourClock } from '../helpers/hourClock.js';
import { promptedServer } from '../helpers/promptedServer.js';
import { requestOf } from '../helpers/requestOf.js';
import { scriptedScheme } from '../helpers/scriptedScheme.js';

const adapters: readonly (readonly [name: string, adapter: Adapter])[] = [
  ['node', nodeAdapter({ schemes: ['file'] })],
  ['fetch', fetchAdapter()],
];

/** A subscription whose events are looked at one by one, and which is paused and resumed. */
class Watched {
  readonly events: ReadyStateEvent[] = [];
  error: unknown;
  flow: Flow = { pause: () => undefined, resume: () => undefined };
  readonly ended: Promise<void>;
  #changed: (() => void) | undefined;
  readonly subscription;

  constructor(
    source: Observable<ReadyStateEvent>,
    onEvent: (event: ReadyStateEvent, watched: Watched) => void = () => undefined,
  ) {
    let end: () => void = () => undefined;
    this.ended = new Promise((resolve) => (end = resolve));
    this.subscription = source.subscribe({
      next: (event) => {
        if (event.readyState === 1 && event.flow) this.flow = event.flow;
        this.events.push(event);
        onEvent(event, this);
        this.#changed?.();
      },
      error: (error: unknown) => {
        this.error = error;
        this.#changed?.();
        end();
      },
      complete: end,
    });
  }

  get states(): string {
    return this.events.map(({ readyState }) => readyState).join('');
  }

  get text(): string {
    return Buffer.concat(
      this.events.flatMap((event) => (event.readyState === 3 ? [event.chunk] : [])),
    ).toString();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#changed = resolve));
  }
}

/** Long enough for everything that is on its way to come. */
async function turns(count = 30): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}

for (const [name, adapter] of adapters) {
  t.test(`the flow of the ${name} adapter`, async (t) => {
    const server = await promptedServer();
    t.teardown(() => server.close());
    const start = async (onEvent?: (event: ReadyStateEvent, watched: Watched) => void, options = {}) => {
      const watched = new Watched(adapter(requestOf(server.origin, options)), onEvent);
      return { watched, ...(await server.take()) };
    };

    await t.test('holds back the body from when it is paused to when it is resumed', async (t) => {
      const { watched, response } = await start();
      response.write('a');
      await watched.until(() => watched.text === 'a');
      watched.flow.pause();
      watched.flow.pause();
      response.write('b');
      await turns();
      response.end('c');
      await turns();
      t.equal(watched.text, 'a');
      watched.flow.resume();
      t.equal(watched.text, 'a', 'in a microtask, not at once');
      await watched.ended;
      t.equal(watched.text, 'abc');
      t.match(watched.states, /^123+4$/);
    });

    await t.test('may be paused in any callback, in OPENED and at the head too', async (t) => {
      for (const at of [1, 2, 3] as const) {
        const { watched, response } = await start((event, { flow }) => {
          if (event.readyState === at) flow.pause();
        });
        response.write('a');
        await watched.until(() => watched.states.includes('2'));
        if (at === 3) await watched.until(() => watched.text === 'a');
        response.end('b');
        await turns();
        t.equal(watched.states, at === 3 ? '123' : '12', `at ${at}: a head is no part of the body`);
        for (let step = 0; step < 10 && !watched.states.endsWith('4'); step++) {
          watched.flow.resume();
          await turns(3);
        }
        t.equal(watched.text, 'ab');
        t.match(watched.states, /^123+4$/);
      }
    });

    await t.test('resuming and pausing again at once leaves it paused', async (t) => {
      const { watched, response } = await start((event, { flow }) => {
        if (event.readyState === 2) flow.pause();
      });
      response.end('abc');
      await watched.until(() => watched.states === '12');
      watched.flow.resume();
      watched.flow.pause();
      await turns();
      t.equal(watched.states, '12');
      watched.flow.resume();
      await watched.ended;
      t.equal(watched.text, 'abc');
    });

    await t.test('the idle limit does not run while it is paused, and runs again afterwards', async (t) => {
      const clock = hourClock();
      t.teardown(() => {
        clock.restore();
      });
      const { watched, response } = await start(undefined, { timeout: { idle: hour } });
      response.write('a');
      await watched.until(() => watched.text === 'a');
      watched.flow.pause();
      clock.pass(3 * hour);
      await turns();
      t.equal(watched.error, undefined);
      watched.flow.resume();
      await turns();
      clock.pass(2 * hour);
      await watched.ended;
      t.match(watched.error, { limit: 'idle' });
      response.destroy();
    });

    await t.test('a signal and the total limit end it while it is paused', async (t) => {
      const controller = new AbortController();
      for (const options of [{ signal: controller.signal }, { timeout: { total: 60 } }]) {
        const { watched, response } = await start((event, { flow }) => {
          if (event.readyState === 2) flow.pause();
        }, options);
        response.write('a');
        await watched.until(() => watched.states === '12');
        await turns();
        if ('signal' in options) controller.abort();
        await watched.ended;
        t.match(watched.error, { code: 'signal' in options ? 'ERR_ABORTED' : 'ERR_TIMEOUT' });
        t.equal(watched.states, '12');
      }
    });

    await t.test('an error comes after what arrived before it', async (t) => {
      const { watched, response } = await start((event, { flow, states }) => {
        if (event.readyState === 3 && states === '123') flow.pause();
      });
      response.setHeader('content-length', 100);
      response.write('a');
      await watched.until(() => watched.text === 'a');
      response.write('b');
      await turns();
      response.destroy();
      await turns();
      t.equal(watched.text, 'a');
      watched.flow.resume();
      await watched.ended;
      t.match(watched.error, { code: 'ERR_NETWORK', phase: 'body' });
      // A stream of the platform's drops what nobody has read yet when it fails.
      if (name === 'node') t.equal(watched.text, 'ab');
    });

    await t.test('nothing comes once the consumer has left while it was paused', async (t) => {
      const { watched, response } = await start((event, { flow }) => {
        if (event.readyState === 2) flow.pause();
      });
      response.end('abc');
      await watched.until(() => watched.states === '12');
      watched.subscription.unsubscribe();
      watched.flow.resume();
      await turns();
      t.equal(watched.states, '12');
    });
  });
}

t.test('whatever the scheme, a body that is paused is not read', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'readystream-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const path = join(folder, 'large');
  const size = 4 * 2 ** 20;
  await writeFile(path, Buffer.alloc(size, 'x'));
  const object = URL.createObjectURL(new Blob([Buffer.alloc(size, 'x')]));
  const scripted = scriptedScheme(() => ({ pieces: ['a', 'b', 'c'] }));
  const adapter = nodeAdapter({ schemes: ['file', ['scripted', scripted]] });
  for (const url of [pathToFileURL(path).href, object, 'data:,abc', 'scripted://host/']) {
    const watched = new Watched(adapter(requestOf(url)), (event, { flow }) => {
      if (event.readyState === 3) flow.pause();
    });
    await watched.until(() => watched.states.endsWith('3'));
    await turns();
    t.equal(watched.states, '123', url.slice(0, 8));
    const before = watched.text.length;
    while (!watched.states.endsWith('4')) {
      watched.flow.resume();
      await turns(3);
    }
    await watched.ended;
    t.ok(before < watched.text.length || watched.text === 'abc');
    t.equal(watched.text.length, url.startsWith('file') || url.startsWith('blob') ? size : 3);
  }
});

/** A server that writes a feed of numbered lines as fast as it is taken, and counts what it has written. */
async function feedServer(t: Test, count: number): Promise<{ origin: string; written: () => number }> {
  let written = 0;
  const rest = 'x'.repeat(16_000);
  const write = async (sink: NodeJS.WritableStream, response: ServerResponse): Promise<void> => {
    const gone = once(response, 'close');
    for (let at = 0; at < count && !response.destroyed; at++) {
      const line = `${at} ${rest}\n`;
      written += line.length;
      if (!sink.write(line)) await Promise.race([once(sink, 'drain'), gone]);
    }
    sink.end();
  };
  const server = createServer((request, response) => {
    written = 0;
    if (request.url === '/gzip') {
      response.setHeader('content-encoding', 'gzip');
      // Stored, so that as many bytes are on the wire.
      const gzip = createGzip({ level: 0 });
      gzip.pipe(response);
      void write(gzip, response);
    } else void write(response, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, written: () => written };
}

/** What the sockets of both sides may hold, and the buffers in between; without flow control it is all of the 48 MB. */
const bound = 16 * 2 ** 20;
const lineCount = 3_000;

for (const [name, adapter] of adapters) {
  t.test(`a slow consumer slows the server down: ${name}`, async (t) => {
    const { origin, written } = await feedServer(t, lineCount);
    const request = requestFactory(() => adapter)();
    for (const path of name === 'node' ? ['/', '/gzip'] : ['/']) {
      let consumed = 0;
      let ahead = 0;
      let count = 0;
      let isInOrder = true;
      const slow = async (line: string): Promise<number> => {
        isInOrder &&= line.startsWith(`${count++} `);
        consumed += line.length + 1;
        if (count % 4 === 0) await turns(1);
        ahead = Math.max(ahead, written() - consumed);
        return line.length;
      };
      await lastValueFrom(request(origin + path).pipe(consume(lines(), slow)));
      t.equal(count, lineCount, `consume ${path}`);
      t.ok(isInOrder, 'nothing lost, repeated or reordered');
      t.ok(ahead < bound, `${ahead} bytes ahead`);
      [consumed, ahead, count] = [0, 0, 0];
      for await (const line of iterate(request(origin + path), lines(), { highWaterMark: 4 }))
        await slow(line);
      t.equal(count, lineCount, `iterate ${path}`);
      t.ok(isInOrder, 'in order');
      t.ok(ahead < bound, `${ahead} bytes ahead`);
    }
  });
}

t.test('a download to a file holds under 10 MB of 200', async (t) => {
  const total = 200 * 2 ** 20;
  const block = Buffer.alloc(2 ** 18, 'block');
  const server = createServer((_, response) => {
    response.setHeader('content-length', total);
    const blocks = Array.from({ length: total / block.length }, () => block);
    pipeline(Readable.from(blocks), response).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const folder = await mkdtemp(join(tmpdir(), 'readystream-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const request = requestFactory(() => nodeAdapter())();
  const events$ = request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const path = join(folder, 'download');
  const file = await open(path, 'w');
  let received = 0;
  let written = 0;
  let held = 0;
  const look = tap((event: ReadyStateEvent) => {
    if (event.readyState === 3) received = event.progress.loaded;
    held = Math.max(held, received - written);
  });
  for await (const chunk of iterate(events$.pipe(look), bytes())) {
    await file.write(chunk);
    written += chunk.length;
  }
  await file.close();
  t.equal((await stat(path)).size, total);
  t.ok(held < 10 * 2 ** 20, `${held} bytes at most`);
});
