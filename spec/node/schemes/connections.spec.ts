import { type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { type Dispatcher } from 'undici';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { fetch } from '../../../source/node/fetching/fetch.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { normalizeRequest } from '../../../source/request/normalizeRequest.js';
import { rawServer, type RawServer } from '../../helpers/rawServer.js';
import { fetchRequestOf } from '../../helpers/runFetch.js';
import { undiciVersions } from '../../helpers/undiciVersions.js';

/** Begins a request, and returns a function that cancels it. `onHead` is called at its head. */
type Begin = (url: string, onHead?: () => void, onEnd?: () => void) => () => void;

/** The adapter and the class, over connections of their own and over those of a caller's dispatcher. */
function beginners(dispatcher: Dispatcher | undefined): Readonly<Record<string, Begin>> {
  const adapter = nodeAdapter(dispatcher === undefined ? {} : { dispatcher });
  const client = makeFetchClient({ dispatcher });
  return {
    adapter: (url, onHead, onEnd) => {
      const subscription = adapter(normalizeRequest(url)).subscribe({
        next: ({ readyState }) => {
          if (readyState === 2) onHead?.();
        },
        error: () => undefined,
        complete: () => onEnd?.(),
      });
      return () => {
        subscription.unsubscribe();
      };
    },
    class: (url, onHead, onEnd) =>
      fetch(fetchRequestOf(url), client, {
        requestBodySent: () => undefined,
        response: () => onHead?.(),
        bodyChunk: () => undefined,
        endOfBody: () => onEnd?.(),
        failed: () => undefined,
      }),
  };
}

const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const endless = 'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nok';

/** Answers `/ok` at once; begins to answer `/long`; redirects `/moved` with a body that never ends; never answers others. */
async function serve(t: Test, onHead: (path: string) => void = () => undefined): Promise<RawServer> {
  const server = await rawServer((socket, head) => {
    const path = head.split(' ')[1] ?? '';
    if (path === '/ok') socket.write(whole);
    else if (path.startsWith('/long')) socket.write(endless);
    else if (path.startsWith('/moved')) {
      socket.write(endless.replace('200 OK', '302 Found\r\nLocation: /ok'));
    }
    onHead(path);
  });
  t.teardown(() => server.close());
  return server;
}

function closed(socket: Socket | undefined): Promise<unknown> {
  return socket === undefined || socket.closed
    ? Promise.resolve()
    : new Promise((resolve) => socket.once('close', resolve));
}

/** Ends when one more request has been answered: whatever was begun before has reached the server by then. */
async function settled(begin: Begin, server: RawServer): Promise<void> {
  // undici puts a connection back in a later turn than that of the response's end.
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  return new Promise((resolve) => {
    begin(`${server.origin}/ok`, undefined, resolve);
  });
}

for (const { version, undici } of await undiciVersions()) {
  for (const own of [true, false]) {
    if (own && version === 8) continue;
    const carried = own ? 'connections of our own' : `an Agent of undici ${version}`;
    const agent = own ? undefined : new undici.Agent();
    const single = new undici.Agent({ connections: 1 });
    t.teardown(() => Promise.all([agent?.destroy(), single.destroy()]));

    for (const [name, begin] of Object.entries(beginners(agent))) {
      t.test(`${name}, over ${carried}: a cancelled request opens nothing`, async (t) => {
        await t.test('before the response', async (t) => {
          let arrived = 0;
          let all = (): void => undefined;
          const arrivals = new Promise<void>((resolve) => (all = resolve));
          const server = await serve(t, (path) => {
            if (path === '/silent' && ++arrived === 20) all();
          });
          const stops = Array.from({ length: 20 }, () => begin(`${server.origin}/silent`));
          await arrivals;
          for (const stop of stops) stop();
          await Promise.all(server.sockets.map(closed));
          await settled(begin, server);
          t.equal(server.sockets.length, 21);
        });

        await t.test('in its body', async (t) => {
          const server = await serve(t);
          await Promise.all(
            Array.from(
              { length: 5 },
              () =>
                new Promise<void>((resolve) => {
                  const stop = begin(`${server.origin}/long`, () => {
                    setImmediate(() => {
                      stop();
                      resolve();
                    });
                  });
                }),
            ),
          );
          await Promise.all(server.sockets.map(closed));
          await settled(begin, server);
          t.equal(server.sockets.length, 6);
        });

        await t.test('after a redirect whose body nobody waits for', async (t) => {
          const server = await serve(t);
          await new Promise<void>((resolve) => {
            begin(`${server.origin}/moved`, undefined, resolve);
          });
          await closed(server.sockets[0]);
          await settled(begin, server);
          t.equal(server.sockets.length, 2);
        });

        await t.test('before there is a connection', async (t) => {
          const server = await serve(t);
          for (let count = 0; count < 5; count++) begin(`${server.origin}/silent`)();
          await settled(begin, server);
          t.ok(server.sockets.length <= 6, `${server.sockets.length} connections`);
          t.equal(server.sockets.filter(({ bytesRead }) => bytesRead > 0).length, 1, 'and nothing is sent');
        });
      });
    }

    if (own) continue;
    for (const [name, begin] of Object.entries(beginners(single))) {
      t.test(`${name}, over one connection of undici ${version}: the queue costs none`, async (t) => {
        const server = await serve(t);
        let first = (): void => undefined;
        const head = new Promise<void>((resolve) => {
          first = begin(`${server.origin}/long`, resolve);
        });
        const stops = Array.from({ length: 10 }, () => begin(`${server.origin}/silent`));
        const last = new Promise<void>((resolve) => {
          begin(`${server.origin}/ok`, undefined, resolve);
        });
        await head;
        for (const stop of stops) stop();
        first();
        await last;
        t.equal(server.sockets.length, 2, 'that of what was broken off, and one for the last');
      });
    }
  }
}
