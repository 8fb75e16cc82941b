import { type Socket } from 'node:net';
import t from 'tap';
import { type Ask, nodeWays } from '../../helpers/nodeWays.js';
import { rawHttp2Server } from '../../helpers/rawHttp2Server.js';
import { rawServer } from '../../helpers/rawServer.js';
import { selfSigned } from '../../helpers/selfSigned.js';
import { undiciVersions } from '../../helpers/undiciVersions.js';

const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** How a server closes a connection that was idle when the next request comes. */
const closings: Readonly<Record<string, (socket: Socket) => void>> = {
  FIN: (socket) => socket.end(),
  RST: (socket) => socket.resetAndDestroy(),
};

/** What is not sent again, as the server may have begun to answer, or done what it was asked to. */
const kept: Readonly<Record<string, (socket: Socket) => void>> = {
  'a byte of the response': (socket) => socket.end('H'),
  'an informational response': (socket) => socket.end('HTTP/1.1 102 Processing\r\n\r\n'),
};

/** Serves the first request of each connection; what comes next is up to `next`. */
async function serve(
  next: (socket: Socket) => void,
): Promise<{ readonly server: Awaited<ReturnType<typeof rawServer>>; readonly heads: string[] }> {
  const heads: string[] = [];
  const served = new WeakSet<Socket>();
  const server = await rawServer((socket, head) => {
    // The end of a chunked body looks like a head.
    if (!head.includes('HTTP/1.1')) return;
    heads.push(head.split(' ', 1)[0] ?? '');
    if (served.has(socket)) next(socket);
    else socket.write(whole);
    served.add(socket);
  });
  return { server, heads };
}

/** A first request, by which there is an idle connection. undici puts it back in a later turn. */
async function warm(ask: Ask, origin: string): Promise<void> {
  await ask(origin);
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

for (const { version, undici } of await undiciVersions()) {
  for (const isOwn of [true, false]) {
    if (isOwn && version === 8) continue;
    const agent = isOwn ? undefined : new undici.Agent();
    t.teardown(() => agent?.destroy());
    for (const [name, ask] of Object.entries(nodeWays(agent))) {
      t.test(`${name}, over ${isOwn ? 'our own pool' : `an Agent of undici ${version}`}`, async (t) => {
        const idempotent = [
          { method: 'GET' },
          { method: 'PUT', body: 'a body' },
          { method: 'PUT', body: new Blob(['x'.repeat(100_000)]) },
          { method: 'DELETE' },
        ];
        for (const [how, close] of Object.entries(closings)) {
          for (const options of idempotent) {
            const { server, heads } = await serve(close);
            await warm(ask, server.origin);
            const { status, text, error } = await ask(server.origin, options);
            t.same([status, text, error], [200, 'ok', undefined], `${how}, ${options.method}`);
            t.same(heads, ['GET', options.method, options.method], 'once more');
            t.equal(server.sockets.length, 2, 'over a new connection');
            await server.close();
          }
        }

        await t.test('what is not sent again', async (t) => {
          async function* once(): AsyncGenerator<Uint8Array> {
            yield await Promise.resolve(new Uint8Array(3));
          }
          for (const options of [
            { method: 'POST', body: 'a body' },
            { method: 'PATCH', body: 'a body' },
            { method: 'PUT', body: once() },
          ]) {
            const { server, heads } = await serve((socket) => socket.end());
            await warm(ask, server.origin);
            t.match((await ask(server.origin, options)).error, { code: 'ERR_NETWORK' }, options.method);
            t.same(heads, ['GET', options.method]);
            await server.close();
          }
          for (const [what, next] of Object.entries(kept)) {
            const { server, heads } = await serve(next);
            await warm(ask, server.origin);
            t.match((await ask(server.origin)).error, { code: 'ERR_NETWORK', phase: 'headers' }, what);
            t.same(heads, ['GET', 'GET']);
            await server.close();
          }
          const heads: string[] = [];
          const server = await rawServer((socket, head) => {
            heads.push(head);
            socket.end();
          });
          t.match((await ask(server.origin)).error, { code: 'ERR_NETWORK' });
          t.equal(heads.length, 1, 'nor over a connection that was new');
          await server.close();
        });

        await t.test('several idle connections that the server closes', async (t) => {
          const { server, heads } = await serve((socket) => socket.end());
          await Promise.all([ask(server.origin), ask(server.origin), ask(server.origin)]);
          for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
          const before = heads.length;
          t.equal((await ask(server.origin)).text, 'ok');
          if (isOwn) t.equal(heads.length - before, 2, 'the request is sent again once');
          await server.close();
        });
      });
    }
  }

  t.test(`HTTP/2, over undici ${version}`, async (t) => {
    const dispatcher = new undici.Agent({ allowH2: true, connect: { ca: selfSigned.cert } });
    t.teardown(() => dispatcher.destroy());
    for (const [name, ask] of Object.entries(nodeWays(dispatcher))) {
      const served = new WeakSet<Socket>();
      const server = await rawHttp2Server((stream) => {
        if (served.has(stream.socket)) stream.socket.destroy();
        else {
          stream.headers({}, { status: 200 });
          stream.data('ok', { end: true });
        }
        served.add(stream.socket);
      });
      await warm(ask, server.origin);
      t.equal((await ask(server.origin)).text, 'ok', name);
      t.equal(server.sockets.length, 2);
      server.close();
    }
  });
}
