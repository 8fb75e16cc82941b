import { type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { normalizeRequest } from '../../../source/request/normalizeRequest.js';
import { type RequestOptions } from '../../../source/request/RequestOptions.js';
import { nodeWays } from '../../helpers/nodeWays.js';
import { rawServer, type RawServer } from '../../helpers/rawServer.js';
import { record } from '../../helpers/record.js';
import { undiciVersions } from '../../helpers/undiciVersions.js';

/** Writes pieces one after the other, each in a packet of its own. */
async function writePieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, 'latin1', resolve));
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  }
}

async function serve(t: Test, answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const server = await rawServer(answer);
  t.teardown(() => server.close());
  return server;
}

const end = 'Content-Length: 2\r\n\r\nok';

/** Every way to cut a text in two. */
function cuts(text: string): readonly (readonly string[])[] {
  return Array.from({ length: text.length - 1 }, (_, at) => [text.slice(0, at + 1), text.slice(at + 1)]);
}

for (const { version, undici } of await undiciVersions()) {
  for (const isOwn of [true, false]) {
    if (isOwn && version === 8) continue;
    const carried = isOwn ? 'connections of our own' : `an Agent of undici ${version}`;
    const agent = isOwn ? undefined : new undici.Agent();
    t.teardown(() => agent?.destroy());
    for (const [name, ask] of Object.entries(nodeWays(agent))) {
      t.test(`${name}, over ${carried}`, async (t) => {
        await t.test('a head is the same however the network cuts it', async (t) => {
          const answer = `HTTP/1.1 200 Hello, world\r\n${end}`;
          let pieces: readonly string[] = [];
          const server = await serve(t, (socket) => void writePieces(socket, pieces));
          for (pieces of [Array.from(answer), ...cuts(answer)]) {
            const { status, statusText, text } = await ask(server.origin);
            t.same([status, statusText, text], [200, 'Hello, world', 'ok'], JSON.stringify(pieces[0]));
          }
        });

        await t.test('a reason phrase is its bytes, whatever they are', async (t) => {
          let phrase = '';
          let isCut = false;
          const server = await serve(t, (socket) => {
            const answer = `HTTP/1.1 200 ${phrase}\r\n${end}`;
            void writePieces(socket, isCut ? Array.from(answer) : [answer]);
          });
          for (phrase of ['Tr\xe8s bien', '\xc3\xa9', '\xe9', 'OK \xff\xfe', '', 'Not "OK"', 'a\tb']) {
            for (isCut of [false, true]) {
              t.equal((await ask(server.origin)).statusText, phrase, JSON.stringify([phrase, isCut]));
            }
          }
        });

        await t.test('informational responses are passed over, an unasked 100 as well', async (t) => {
          const heads = [
            'HTTP/1.1 100 Continue\r\n\r\n',
            'HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n',
            'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
            'HTTP/1.1 102 Processing\r\n\r\n',
          ];
          let pieces: readonly string[] = [];
          const server = await serve(t, (socket) => void writePieces(socket, pieces));
          for (const before of [...heads, heads.join(''), `${heads[0] ?? ''}${heads[0] ?? ''}`]) {
            const answer = `${before}HTTP/1.1 201 Made\r\n${end}`;
            for (pieces of [[answer], Array.from(answer), [before, answer.slice(before.length)]]) {
              const { status, statusText, text, error } = await ask(server.origin);
              t.same([status, statusText, text, error], [201, 'Made', 'ok', undefined], before);
              // undici puts a connection back in a later turn than that of the response's end.
              for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
            }
          }
          t.equal(server.sockets.length, 1, 'and the connection stays usable');
        });

        await t.test('what never ends is an error all the same', async (t) => {
          let answer = '';
          const server = await serve(t, (socket) => socket.end(answer));
          for (answer of [
            'HTTP/1.1 200 Hel',
            'HTTP/1.1 100 Continue\r\n\r\n',
            'HTTP/1.1 100 Con',
            'no HTTP\n',
          ]) {
            t.match((await ask(server.origin)).error, { code: 'ERR_NETWORK', phase: 'headers' }, answer);
          }
          // More than anybody holds back.
          answer = `HTTP/1.1 200 ${'x'.repeat(300_000)}\r\n${end}`;
          t.equal((await ask(server.origin)).status, 200);
        });
      });
    }

    t.test(`Expect: 100-continue, over ${carried}`, async (t) => {
      const adapter = nodeAdapter(agent === undefined ? {} : { dispatcher: agent });
      const post = (url: string, options: RequestOptions = {}) =>
        record(
          adapter(
            normalizeRequest(url, {
              method: 'POST',
              body: 'a body',
              headers: { expect: '100-continue', 'x-own': '1' },
              ...options,
            }),
          ),
        );

      await t.test('sends the body when the server asks for it, and not before', async (t) => {
        const bodies = {
          text: 'a body',
          bytes: new Uint8Array(100_000).fill(0x61),
          stream: new Blob(['a body']).stream(),
        };
        for (const [kind, body] of Object.entries(bodies)) {
          let received = '';
          let seenHead = '';
          const server = await serve(t, (socket, head) => {
            if (!head.startsWith('POST')) return;
            seenHead = head;
            const before = socket.bytesRead;
            for (const listener of socket.listeners('data')) socket.off('data', listener as () => void);
            t.equal(before, Buffer.byteLength(head) + 4, `${kind}: nothing came with the head`);
            socket.on('data', (data: Buffer) => {
              received += data.toString('latin1');
              if (
                received.endsWith('body') ||
                received.endsWith('\r\n0\r\n\r\n') ||
                received.length === 100_000
              )
                socket.write(`HTTP/1.1 200 OK\r\n${end}`);
            });
            void writePieces(socket, ['HTTP/1.1 100 Con', 'tinue\r\n\r\n']);
          });
          const { response, text, error, uploads } = await post(server.origin, { body });
          t.equal(error, undefined, kind);
          t.same([response?.status, text], [200, 'ok'], kind);
          t.match(seenHead, /\r\nexpect: 100-continue\r\n/i);
          t.match(seenHead, /\r\nx-own: 1(\r\n|$)/);
          const sent =
            kind === 'bytes'
              ? 'a'.repeat(100_000)
              : kind === 'stream'
                ? '6\r\na body\r\n0\r\n\r\n'
                : 'a body';
          t.equal(received, sent, kind);
          t.ok(uploads.length > 0, 'and its progress is reported');
        }
      });

      await t.test('sends no body where the server answers otherwise', async (t) => {
        const server = await serve(t, (socket) => {
          socket.write(`HTTP/1.1 417 Expectation Failed\r\n${end}`);
        });
        const { response, text, uploads } = await post(server.origin);
        t.same([response?.status, text, uploads], [417, 'ok', []]);
        const [socket] = server.sockets;
        if (socket?.closed === false) await new Promise((resolve) => socket.once('close', resolve));
      });

      await t.test('waits no longer than a second', async (t) => {
        let received = '';
        const server = await serve(t, (socket) => {
          socket.on('data', (data: Buffer) => {
            received += data.toString('latin1');
            if (received.endsWith('a body')) socket.write(`HTTP/1.1 200 OK\r\n${end}`);
          });
        });
        t.equal((await post(server.origin)).text, 'ok');
      });

      await t.test('leaves the connection usable, and releases it when it is cancelled', async (t) => {
        const server = await serve(t, (socket, head) => {
          if (head.includes('/held')) return;
          if (head.startsWith('POST')) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
          socket.write(`HTTP/1.1 200 OK\r\n${end}`);
        });
        t.equal((await post(server.origin)).text, 'ok');
        const subscription = adapter(
          normalizeRequest(`${server.origin}/held`, {
            method: 'POST',
            body: 'a body',
            headers: { expect: '100-continue' },
          }),
        ).subscribe();
        while (server.sockets.every(({ closed }) => closed) || server.sockets.length < 1)
          await new Promise(setImmediate);
        subscription.unsubscribe();
        t.equal((await record(adapter(normalizeRequest(server.origin)))).text, 'ok');
      });

      await t.test('is refused without a body, and where something else is expected', async (t) => {
        const server = await serve(t, () => undefined);
        const bodiless = await record(
          adapter(normalizeRequest(server.origin, { headers: { expect: '100-continue' } })),
        );
        t.match(bodiless.error, { phase: 'send', message: /cannot be sent as it is/ });
        const other = await post(server.origin, { headers: { expect: 'a miracle' } });
        t.match(other.error, { phase: 'send', message: /cannot be sent as it is/ });
      });
    });
  }
}
