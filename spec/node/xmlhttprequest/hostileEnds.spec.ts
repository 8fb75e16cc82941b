import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import t from 'tap';
import { Agent } from 'undici';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { closed, rawServer, type RawServer } from '../../helpers/rawServer.js';
import { selfSigned } from '../../helpers/selfSigned.js';
import { watchGunzip } from '../../helpers/watchGunzip.js';
import { fired, logEvents } from '../../helpers/xhrEvents.js';

/** 256 MiB of zeros, as 260 kB of gzip: a member for each MiB. */
const bomb = Buffer.alloc(256 * gzipSync(Buffer.alloc(1_048_576)).length, gzipSync(Buffer.alloc(1_048_576)));

async function serve(answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const server = await rawServer(answer);
  t.teardown(() => server.close());
  return server;
}

const bombServer = await serve((socket) => {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
  socket.write(bomb);
});

t.test('an abort stops the decoding of a bomb at once', async (t) => {
  const xhr = new XMLHttpRequest();
  const events = logEvents(xhr);
  xhr.open('GET', bombServer.origin);
  xhr.responseType = 'arraybuffer';
  xhr.send();
  const decoded = watchGunzip(t);
  await fired(xhr, 'progress');
  xhr.abort();
  const [before] = decoded();
  const seen = events.length;
  await closed(bombServer.sockets.at(-1));
  // Another decoder has the time to come to the limit of the ratio.
  const other = new XMLHttpRequest();
  other.open('GET', bombServer.origin);
  other.send();
  await fired(other, 'error');
  t.equal(events.length, seen, 'nothing comes after the abort');
  t.same(events.slice(-2), ['abort 0', 'loadend 0']);
  t.equal(decoded().length, 2);
  t.equal(decoded()[0], before, 'and nothing more is decoded');
});

t.test('a timeout stops the decoding of a bomb', async (t) => {
  const xhr = new XMLHttpRequest();
  const events = logEvents(xhr);
  xhr.open('GET', bombServer.origin);
  xhr.responseType = 'arraybuffer';
  xhr.send();
  await fired(xhr, 'progress');
  xhr.timeout = 1;
  await fired(xhr, 'loadend');
  t.same(events.slice(-3), ['readystatechange 4', 'timeout 0', 'loadend 0']);
  t.equal(xhr.response, null);
  await closed(bombServer.sockets.at(-1));
});

t.test('a bomb ends at the ratio, whatever its coding, and at the limit of buffered bytes', async (t) => {
  const zeros = Buffer.alloc(70 * 1_048_576);
  for (const [coding, body] of [
    ['gzip', gzipSync(zeros, { level: 1 })],
    ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['gzip, gzip', gzipSync(gzipSync(zeros, { level: 1 }))],
  ] as const) {
    const server = await serve((socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
      socket.write(body);
    });
    const xhr = new XMLHttpRequest();
    xhr.open('GET', server.origin);
    xhr.responseType = 'blob';
    xhr.send();
    t.match(
      await fired(xhr, 'error'),
      { error: { name: 'LimitError', limit: 'decompressionRatio' } },
      coding,
    );
    const Small = createXMLHttpRequest({ limits: { bufferedBytes: 1_048_576 } });
    const small = new Small();
    small.open('GET', server.origin);
    small.send();
    t.match(await fired(small, 'error'), { error: { name: 'LimitError', limit: 'bufferedBytes' } }, coding);
  }
});

t.test('a dripping server blocks nothing: each byte is reported, and the time limit ends it', async (t) => {
  const sockets: Socket[] = [];
  const server = await serve((socket) => {
    sockets.push(socket);
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\na');
  });
  const xhr = new XMLHttpRequest();
  const texts: string[] = [];
  xhr.onprogress = () => {
    texts.push(xhr.responseText);
    if (texts.length < 3) sockets[0]?.write('b');
    else xhr.timeout = 1;
  };
  xhr.open('GET', server.origin);
  xhr.send();
  await fired(xhr, 'timeout');
  t.same(texts, ['a', 'ab', 'abb']);
  await closed(sockets[0]);
});

t.test('an ended request frees its socket, whatever its stage', async (t) => {
  const hang = await serve((socket, head) => {
    if (head.startsWith('GET /head')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n');
  });
  for (const [path, until] of [
    ['/', 'nothing'],
    ['/head', 'readystatechange'],
  ] as const) {
    const count = hang.sockets.length;
    const xhr = new XMLHttpRequest();
    xhr.open('GET', hang.origin + path);
    xhr.send();
    if (until === 'nothing') while (hang.sockets.length === count) await new Promise(setImmediate);
    else await fired(xhr, until);
    xhr.abort();
    await closed(hang.sockets.at(-1));
    t.equal(xhr.readyState, 0, path);
  }
});

t.test('credentials are dropped on a redirect to another origin, and to plain http', async (t) => {
  const heads: string[] = [];
  const target = await serve((socket, head) => {
    heads.push(head);
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  const secure = createTlsServer(selfSigned, (_, response) => {
    response.writeHead(307, { location: `${target.origin}/landed` }).end();
  });
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  t.teardown(() => secure.close());
  const origin = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  t.teardown(() => dispatcher.destroy());
  const Class = createXMLHttpRequest({ dispatcher });
  const xhr = new Class();
  xhr.open('POST', origin, true, 'user', 'secret');
  xhr.setRequestHeader('Authorization', 'Bearer secret');
  xhr.setRequestHeader('X-Kept', 'yes');
  xhr.send('body');
  await fired(xhr, 'loadend');
  t.match(xhr, { status: 200, responseURL: `${target.origin}/landed` });
  t.match(heads[0], /^POST \/landed/);
  t.match(heads[0], /^x-kept: yes$/im);
  t.notMatch(heads[0], /authorization|secret/i);
});

t.test("a self-signed certificate is refused, unless the caller's agent says otherwise", async (t) => {
  const server = createTlsServer(selfSigned, (_, response) => response.end('secret'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const xhr = new XMLHttpRequest();
  xhr.open('GET', url);
  xhr.send();
  t.match(await fired(xhr, 'error'), {
    error: { name: 'NetworkError', phase: 'tls', message: /self-signed/ },
  });
  t.equal(xhr.responseText, '');
  const dispatcher = new Agent({ connect: { ca: selfSigned.cert } });
  t.teardown(() => dispatcher.destroy());
  const trusting = new (createXMLHttpRequest({ dispatcher }))();
  trusting.open('GET', url);
  trusting.send();
  await fired(trusting, 'load');
  t.equal(trusting.responseText, 'secret');
});
