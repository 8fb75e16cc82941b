import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Observable, take } from 'rxjs';
import t, { type Test } from 'tap';
import { Agent, interceptors, MockAgent, ProxyAgent } from 'undici';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter, type NodeAdapterOptions } from '../../source/adapters/node.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import { isNetworkError } from '../../source/errors/guards.js';
import { publicHosts } from '../../source/node/schemes/publicHosts.js';
import { normalizeRequest } from '../../source/request/normalizeRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { type RequestOptions } from '../../source/request/RequestOptions.js';
import { XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { closed, rawServer, type RawServer } from '../helpers/rawServer.js';
import { record } from '../helpers/record.js';
import { selfSigned } from '../helpers/selfSigned.js';
import { watchGunzip } from '../helpers/watchGunzip.js';

t.test('redirects', async (t) => {
  const seen: string[] = [];
  const { origin, sockets } = await httpServer(t, (request, response) => {
    seen.push(request.headers.authorization ?? '-');
    const [, status, ...to] = request.url?.split('/') ?? [];
    if (status === 'end') response.end(request.method);
    else response.writeHead(Number(status), { location: `/${to.join('/')}` }).end('moved');
  });

  await t.test('are followed over one connection, and told', async (t) => {
    const options = { headers: { authorization: 'x' } };
    const { states, response, text } = await run(`${origin}/301/302/303/307/308/end#here`, options);
    t.equal(states, '1234');
    t.equal(text, 'GET');
    t.equal(response?.url, `${origin}/end`);
    t.equal(response?.redirects?.[0]?.url, `${origin}/301/302/303/307/308/end`, 'without the fragment');
    t.same(
      response?.redirects?.map(({ status }) => status),
      [301, 302, 303, 307, 308],
    );
    t.same(seen, Array(6).fill('x'));
    t.equal(sockets.size, 1);
  });

  await t.test('send the body again after 307, and refuse to send a stream again', async (t) => {
    const first = await run(`${origin}/307/end`, { method: 'POST', body: 'x'.repeat(200_000) });
    t.equal(first.text, 'POST');
    const second = await run(`${origin}/307/end`, { method: 'POST', body: streamOf('x') });
    t.match(second.error, { code: 'ERR_NETWORK', message: /only once/ });
  });

  await t.test('drop credentials across origins', async (t) => {
    const other = await httpServer(t, (request, response) => {
      response.end(JSON.stringify(request.headers));
    });
    const first = await httpServer(t, (_, response) => {
      response.writeHead(302, { location: other.origin.replace('//', '//user:secret@') }).end();
    });
    const { text } = await run(first.origin, {
      headers: { authorization: 'x', cookie: 'a=b', host: 'virtual.example', 'x-own': '1' },
    });
    const headers = JSON.parse(text) as Record<string, string | undefined>;
    t.same([headers['authorization'], headers['cookie'], headers['x-own']], [undefined, undefined, '1']);
    t.equal(headers['host'], new URL(other.origin).host, 'the Host is that of the new origin');
  });

  await t.test('do not wait for a body that never ends', async (t) => {
    const server = await raw(t, (socket, head) => {
      socket.write(
        head.startsWith('GET /end')
          ? 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
          : 'HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 100\r\n\r\nmoved',
      );
    });
    t.equal((await run(server.origin)).text, 'ok');
    await closed(server.sockets[0]);
  });
});

t.test('what is no HTTP, or not whole, is an error', async (t) => {
  const answers: Readonly<Record<string, readonly [answer: string, states: string, phase: string]>> = {
    '/size': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n', '123', 'body'],
    '/lengths': ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde', '1', 'headers'],
    '/garbage': ['SSH-2.0-OpenSSH_9.2\r\n\r\n', '1', 'headers'],
    '/head': ['HTTP/1.1 200 OK\r\nContent-Ty', '1', 'headers'],
    '/fold': ['HTTP/1.1 200 OK\r\nbad header\r\n\r\n', '1', 'headers'],
    '/gzip': ['HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello', '12', 'body'],
    '/many': [
      `HTTP/1.1 200 OK\r\nContent-Encoding: ${'br,'.repeat(6)}\r\nContent-Length: 1\r\n\r\n.`,
      '1',
      'body',
    ],
  };
  const server = await raw(t, (socket, head) => {
    socket.end(answers[head.split(' ')[1] ?? '']?.[0] ?? '');
  });
  for (const [path, [, states, phase]] of Object.entries(answers)) {
    const { states: seen, error } = await run(server.origin + path);
    t.equal(seen, states, path);
    t.match(
      error,
      { code: 'ERR_NETWORK', phase, request: { method: 'GET', url: server.origin + path } },
      path,
    );
    t.ok(isNetworkError(error) && error.cause instanceof Error, `${path} has a cause`);
  }
});

t.test('a body that the end of the connection ends is whole', async (t) => {
  const server = await raw(t, (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nabc'));
  const { states, text, done } = await run(server.origin);
  t.equal(states, '1234');
  t.equal(text, 'abc');
  t.match(done?.progress, { loaded: 3, transferred: 3, total: undefined });
});

t.test('a compressed body that is cut off gives what had arrived, and then the error', async (t) => {
  const coded = gzipSync('x'.repeat(100), { level: 0 });
  const server = await raw(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n');
    socket.end(Buffer.concat([Buffer.from('32\r\n'), coded.subarray(0, 50), Buffer.from('\r\n')]));
  });
  const { states, error, text } = await run(server.origin);
  t.equal(states, '123');
  // All that 50 bytes hold behind the header of the format and that of its only, stored block.
  t.equal(text, 'x'.repeat(50 - 10 - 5));
  t.match(error, { code: 'ERR_NETWORK', phase: 'body' });
});

t.test('a compressed body may be empty, and HEAD of one has none', async (t) => {
  const { origin } = await httpServer(t, (_, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end();
  });
  t.equal((await run(origin)).states, '124');
  t.equal((await run(origin, { method: 'HEAD' })).states, '124');
});

t.test('heads', async (t) => {
  const server = await raw(t, (socket) => {
    socket.write('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n');
    socket.write(
      Buffer.from('HTTP/1.1 200 Tr\xe8s \xc3\xa9\r\nX-Name: caf\xe9  \t\r\nSet-Cookie: a=1\r\n', 'latin1'),
    );
    socket.write('set-cookie: b=2\r\nX-Empty:\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n');
    socket.write('3\r\nabc\r\n0\r\nX-Sum: 7 \r\n\r\n');
  });
  const { states, response, done } = await run(server.origin);
  t.equal(states, '1234', 'informational ones are passed over');
  t.equal(response?.headers.get('x-name'), 'caf\xe9');
  t.equal(response?.headers.get('x-empty'), '');
  t.same(response?.headers.getSetCookie(), ['a=1', 'b=2']);
  t.equal(response?.headers.has('link'), false);
  t.equal(done?.trailers?.get('X-Sum'), '7');
  await new Promise(setImmediate);
  t.equal((await run(server.origin)).done?.trailers?.size, 1, 'the connection stays usable');
  t.equal(server.sockets.length, 1);
});

t.test('a reason phrase in UTF-8 comes as its bytes, as in browsers', async (t) => {
  const server = await raw(t, (socket) => socket.end('HTTP/1.1 200 é\r\nContent-Length: 0\r\n\r\n'));
  t.equal((await run(server.origin)).response?.statusText, '\xc3\xa9');
});

t.test('sends what goes with every request, unless the caller says otherwise', async (t) => {
  const { origin } = await httpServer(t, (request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  const headersOf = async (options?: RequestOptions) =>
    JSON.parse((await run(`${origin}/`, options)).text) as Record<string, string>;
  const plain = await headersOf();
  t.match(plain, { accept: '*/*', 'user-agent': 'readystream', 'accept-encoding': /^gzip, deflate, br/ });
  t.equal(plain['content-length'], undefined);
  const own = { Accept: 'text/xml', 'User-Agent': 'mine', 'Accept-Encoding': 'identity' };
  t.match(await headersOf({ headers: own }), {
    accept: 'text/xml',
    'user-agent': 'mine',
    'accept-encoding': 'identity',
  });
  t.equal((await headersOf({ method: 'POST' }))['content-length'], '0');
  const typed = { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } };
  t.match(await headersOf(typed), { 'content-type': 'a/b', 'content-length': '1' });
});

t.test('uploads', async (t) => {
  const { origin } = await httpServer(t, (request, response) => {
    let length = 0;
    request.on('data', (part: Buffer) => (length += part.length));
    request.on('end', () => {
      response.end(`${length} ${request.headers['content-length'] ?? request.headers['transfer-encoding']}`);
    });
  });

  await t.test('tell how far they are', async (t) => {
    const { uploads, text } = await run(origin, { method: 'POST', body: new Uint8Array(1_000_000) });
    t.equal(text, '1000000 1000000');
    t.equal(uploads.length, Math.ceil(1_000_000 / 65_536));
    t.match(uploads[0], { loaded: 65_536, total: 1_000_000 });
    const small = await run(origin, { method: 'POST', body: 'small' });
    t.same(small.uploads, [{ loaded: 5, transferred: 5, total: 5 }]);
    const streamed = await run(origin, { method: 'POST', body: streamOf('abc', 'de') });
    t.equal(streamed.text, '5 chunked');
    t.same(
      streamed.uploads.map(({ loaded, total }) => [loaded, total]),
      [
        [3, undefined],
        [5, undefined],
      ],
    );
    for (const body of [streamOf('abc', 'de'), Readable.from([Buffer.from('abc'), Buffer.from('de')])]) {
      const headers = { 'Content-Length': '5' };
      const announced = await run(origin, { method: 'POST', body, headers });
      t.equal(announced.text, '5 5');
      t.same(
        announced.uploads.map(({ loaded, total }) => [loaded, total]),
        [
          [3, 5],
          [5, 5],
        ],
        'the caller announced the length',
      );
    }
  });

  await t.test('fail with what their stream fails with', async (t) => {
    const cause = new Error('disk full');
    async function* broken() {
      yield await Promise.resolve(Buffer.from('abc'));
      throw cause;
    }
    const { error } = await run(origin, { method: 'POST', body: broken() });
    t.match(error, { code: 'ERR_NETWORK', phase: 'send', cause, request: { repeatable: false } });
    const text = streamOf() as AsyncIterable<unknown>;
    async function* strings() {
      yield* text;
      yield await Promise.resolve('text');
    }
    const wrong = await run(origin, { method: 'POST', body: strings() as AsyncIterable<Uint8Array> });
    t.match(wrong.error, { phase: 'send', message: /Uint8Array/ });
  });

  await t.test('return their iterator when they are given up, also one that never answers', async (t) => {
    const calls: string[] = [];
    await new Promise<void>((resolve) => {
      const body: AsyncIterable<Uint8Array> = {
        [Symbol.asyncIterator]: () => ({
          next: () => {
            calls.push('next');
            // It is asked once the connection is there.
            setImmediate(() => {
              calls.push('unsubscribed');
              subscription.unsubscribe();
            });
            return new Promise<never>(() => undefined);
          },
          return: () => {
            calls.push('return');
            resolve();
            return Promise.resolve({ done: true, value: undefined });
          },
        }),
      };
      const subscription = fetchEvents(origin, { method: 'POST', body }).subscribe();
    });
    t.same(calls, ['next', 'unsubscribed', 'return']);
  });

  await t.test('stop where the server has answered already', async (t) => {
    const server = await raw(t, (socket) => {
      socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno');
    });
    let closings = 0;
    async function* endless() {
      try {
        for (;;) yield await new Promise<Buffer>((resolve) => setImmediate(resolve, Buffer.alloc(1_000)));
      } finally {
        closings++;
      }
    }
    const { states, text, response } = await run(server.origin, { method: 'POST', body: endless() });
    t.match(states, /^1+234$/);
    t.equal(response?.status, 413);
    t.equal(text, 'no');
    await closed(server.sockets[0]);
    t.equal(closings, 1);
  });
});

t.test('decompression', async (t) => {
  const bomb = gzipSync(Buffer.alloc(80_000_000));
  const { origin } = await httpServer(t, (_, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end(bomb);
  });
  await t.test('stops at the ratio once past 64 MiB', async (t) => {
    let loaded = 0;
    const error = await new Promise<unknown>((resolve) => {
      fetchEvents(origin).subscribe({
        next: (event) => {
          if (event.readyState === 3) ({ loaded } = event.progress);
        },
        error: resolve,
      });
    });
    t.match(error, { code: 'ERR_LIMIT', limit: 'decompressionRatio', value: 200 });
    t.ok(loaded > 60_000_000 && loaded <= 67_108_864, `${loaded} bytes were handed over`);
  });
  await t.test('goes on where the limit is lifted', async (t) => {
    const { done } = await run(origin, { limits: { decompressionRatio: Infinity } });
    t.match(done?.progress, { loaded: 80_000_000, transferred: bomb.length, total: bomb.length });
  });
  await t.test('stops at once when unsubscribed', async (t) => {
    const server = await raw(t, (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb.subarray(0, -1));
    });
    const decoded = watchGunzip(t);
    const { states } = await record(fetchEvents(server.origin).pipe(take(5)));
    t.equal(states, '123');
    const [before] = decoded();
    await closed(server.sockets[0]);
    // Another decoder has the time to come to its end.
    await run(origin, { limits: { decompressionRatio: Infinity } });
    t.same(decoded(), [before, 80_000_000]);
  });
});

t.test('connections', async (t) => {
  await t.test('that nobody waits for any more are given up', async (t) => {
    // Accepts, and never goes on with the handshake.
    const server = await raw(t, () => undefined);
    const subscription = fetchEvents(server.origin.replace('http', 'https')).subscribe();
    while (server.sockets.length === 0) await new Promise(setImmediate);
    subscription.unsubscribe();
    await closed(server.sockets[0]);
    const { error } = await run(server.origin.replace('http', 'https'), { timeout: { connect: 100 } });
    t.match(error, { code: 'ERR_TIMEOUT', limit: 'connect' });
    await closed(server.sockets[1]);
  });

  await t.test('stay usable after what has finished was unsubscribed', async (t) => {
    const { origin, sockets } = await httpServer(t, (_, response) => response.end('ok'));
    for (let count = 0; count < 3; count++) {
      await new Promise<void>((resolve) => {
        const subscription = fetchEvents(origin).subscribe(({ readyState }) => {
          if (readyState !== 4) return;
          subscription.unsubscribe();
          resolve();
        });
      });
      await new Promise(setImmediate);
    }
    t.equal(sockets.size, 1);
  });

  await t.test('fail with a phase: TLS spoken to a plain server', async (t) => {
    const { origin } = await httpServer(t, (_, response) => response.end());
    t.match((await run(origin.replace('http', 'https'))).error, { code: 'ERR_NETWORK', phase: 'tls' });
  });

  await t.test('fail with a phase: a name that does not exist', async (t) => {
    t.match((await run('http://name.invalid/')).error, { code: 'ERR_NETWORK', phase: 'dns' });
  });
});

t.test('events come in the asynchronous context of the subscription', async (t) => {
  const { origin, sockets } = await httpServer(t, (_, response) => response.end('ok'));
  const storage = new AsyncLocalStorage<number>();
  const contexts: (number | undefined)[] = [];
  for (const context of [1, 2]) {
    await storage.run(
      context,
      () =>
        new Promise<void>((resolve) => {
          fetchEvents(origin).subscribe({
            next: () => contexts.push(storage.getStore()),
            complete: resolve,
          });
        }),
    );
    await new Promise(setImmediate);
  }
  t.same(contexts, [1, 1, 1, 1, 2, 2, 2, 2]);
  t.equal(sockets.size, 1);
});

t.test("a caller's dispatcher carries the request", async (t) => {
  await t.test('a mock', async (t) => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    const pool = dispatcher.get('http://mock.example');
    pool.intercept({ path: '/x?y=1' }).reply(200, '{"a":1}', {
      headers: { 'Content-Type': 'application/json', 'set-cookie': ['a', 'b'] },
      trailers: { 'x-sum': '1' },
    });
    pool.intercept({ path: '/body', method: 'POST', body: '{"ü":1}' }).reply(200, 'matched');
    pool.intercept({ path: '/fails' }).replyWithError(new Error('mocked'));
    pool.intercept({ path: '/long' }).reply(200, '', { headers: { 'x-long': 'x'.repeat(2_000) } });
    const { states, text, response, done } = await run('http://mock.example/x?y=1', {}, { dispatcher });
    t.equal(states, '1234');
    t.equal(text, '{"a":1}');
    t.equal(response?.headers.get('content-type'), 'application/json');
    t.same(response?.headers.getSetCookie(), ['a', 'b']);
    t.equal(done?.trailers?.get('x-sum'), '1');
    const sent = await run('http://mock.example/body', { method: 'POST', json: { ü: 1 } }, { dispatcher });
    t.equal(sent.text, 'matched', 'a mock compares a text with a text');
    const { error } = await run('http://mock.example/fails', {}, { dispatcher });
    t.match(error, { code: 'ERR_NETWORK', cause: { message: 'mocked' } });
    const long = await run('http://mock.example/long', { limits: { headerBytes: 1_000 } }, { dispatcher });
    t.match(long.error, { code: 'ERR_LIMIT', limit: 'headerBytes' });
    t.match((await run('http://mock.example/none', {}, { dispatcher })).error, { code: 'ERR_NETWORK' });
  });

  await t.test('an interceptor that decodes', async (t) => {
    const { origin } = await httpServer(t, (_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('decoded once'));
    });
    const agent = new Agent();
    t.teardown(() => agent.destroy());
    const dispatcher = agent.compose(interceptors.decompress());
    t.equal((await run(origin, {}, { dispatcher })).text, 'decoded once');
  });

  await t.test('HTTP/2 with a certificate that is refused by default', async (t) => {
    const server = createSecureServer({ ...selfSigned, allowHTTP1: true }, (request, response) => {
      response.setHeader('x-version', request.httpVersion);
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => response.end(Buffer.concat(parts)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const dispatcher = new Agent({ allowH2: true, connect: { ca: selfSigned.cert } });
    t.teardown(async () => {
      await dispatcher.destroy();
      server.close();
    });
    t.match((await run(origin)).error, {
      code: 'ERR_NETWORK',
      phase: 'tls',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    for (const body of ['small', 'x'.repeat(300_000)]) {
      const { states, text, response, uploads } = await run(origin, { method: 'POST', body }, { dispatcher });
      t.match(states, /^1+234$/);
      t.equal(text, body);
      t.equal(response?.headers.get('x-version'), '2.0');
      t.equal(response?.statusText, '');
      t.equal(uploads.at(-1)?.loaded, body.length);
    }
    const { states } = await record(
      fetchEvents(origin, { method: 'POST', body: 'x' }, { dispatcher }).pipe(take(3)),
    );
    t.equal(states, '112');
    t.equal((await run(origin, { method: 'HEAD' }, { dispatcher })).states, '124');
  });

  await t.test('a proxy', async (t) => {
    const { origin } = await httpServer(t, (_, response) => response.end('behind'));
    const asked: (string | undefined)[] = [];
    const proxy = createServer().on('connect', ({ url = '' }: { url?: string }, socket: Socket) => {
      asked.push(url);
      const [host = '', port] = url.split(':');
      const target = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const dispatcher = new ProxyAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    t.teardown(async () => {
      await dispatcher.destroy();
      proxy.close();
    });
    t.equal((await run(origin, {}, { dispatcher })).text, 'behind');
    t.same(asked, [new URL(origin).host]);
  });

  await t.test('one that is closed', async (t) => {
    const dispatcher = new Agent();
    await dispatcher.close();
    t.match((await run('http://127.0.0.1/', {}, { dispatcher })).error, {
      code: 'ERR_NETWORK',
      phase: 'connect',
    });
  });

  t.throws(
    () => nodeAdapter({ dispatcher: new Agent(), guard: publicHosts() }),
    /either dispatcher or guard/,
  );
});

t.test('publicHosts', async (t) => {
  const { origin, sockets } = await httpServer(t, (_, response) => response.end('inside'));
  const port = new URL(origin).port;
  await t.test('refuses addresses that are not public, however they are written', async (t) => {
    const hosts =
      '127.0.0.1 localhost 127.1 0x7f000001 2130706433 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 ' +
      '255.255.255.255 224.0.0.1 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [fe80::1] [fd00::1] [64:ff9b::7f00:1] [2002:7f00:1::] ' +
      '[2001:0:7f00:1::] [ff02::1]';
    for (const host of hosts.split(' ')) {
      const { error } = await run(`http://${host}:${port}/`, {}, { guard: publicHosts() });
      t.match(error, { code: 'ERR_NETWORK', phase: 'connect', message: /is not a public address/ }, host);
    }
    t.equal(sockets.size, 0);
  });

  await t.test('looks at every address of a name', async (t) => {
    const guard = publicHosts({
      lookup: (_, __, callback) => {
        callback(null, [
          { address: '93.184.215.14', family: 4 },
          { address: '10.0.0.1', family: 4 },
        ]);
      },
    });
    const { error } = await run('http://rebind.example/', {}, { guard });
    t.match(error, { phase: 'connect', message: /10\.0\.0\.1 is not a public address/ });
  });

  await t.test('lets through what is allowed, in an agent too, and refuses what is denied', async (t) => {
    const guard = publicHosts({ allow: ['127.0.0.0/8'] });
    t.equal((await run(origin, {}, { guard })).text, 'inside');
    t.equal(
      (
        await run(
          origin.replace('127.0.0.1', 'localhost'),
          {},
          { guard: publicHosts({ allow: ['127.0.0.1', '::1'] }) },
        )
      ).text,
      'inside',
    );
    const dispatcher = new Agent({ connect: guard });
    t.teardown(() => dispatcher.destroy());
    t.equal((await run(origin, {}, { dispatcher })).text, 'inside');
    const denied = await run(
      'http://93.184.215.14/',
      {},
      { guard: publicHosts({ deny: ['93.184.0.0/16'] }) },
    );
    t.match(denied.error, { message: /93\.184\.215\.14 is not/ });
    t.throws(() => publicHosts({ allow: ['example.org'] }), { name: 'TypeError', message: /example\.org/ });
    t.throws(() => publicHosts({ deny: ['10.0.0.0/x'] }), { name: 'TypeError', message: /10\.0\.0\.0\/x/ });
  });

  await t.test('holds for redirects', async (t) => {
    const server = await raw(t, (socket) =>
      socket.end('HTTP/1.1 302 F\r\nLocation: http://10.0.0.1/\r\n\r\n'),
    );
    const guard = publicHosts({ allow: ['127.0.0.1'] });
    t.match((await run(server.origin, {}, { guard })).error, { message: /10\.0\.0\.1 is not/ });
  });
});

t.test('schemes', async (t) => {
  await t.test('data: URLs', async (t) => {
    const sync: number[] = [];
    const events$ = fetchEvents('data:text/html;base64,aGVsbG8=#part');
    events$.subscribe(({ readyState }) => sync.push(readyState));
    t.same(sync, [1], 'only OPENED comes while being subscribed to');
    const { states, text, response, done } = await record(events$);
    t.equal(states, '1234');
    t.equal(text, 'hello');
    t.match(response, { status: 200, statusText: 'OK', url: 'data:text/html;base64,aGVsbG8=' });
    t.equal(response?.headers.get('content-type'), 'text/html');
    t.match(done?.progress, { loaded: 5, total: 5 });
    t.equal((await run('data:,')).states, '124');
    t.equal((await run('data:,x', { method: 'HEAD' })).states, '124');
    t.match((await run('data:nothing')).error, { code: 'ERR_NETWORK', message: /no comma/ });
    for (const state of [1, 2, 3]) {
      const seen: number[] = [];
      await new Promise<void>((resolve) => {
        events$
          .pipe(take(state))
          .subscribe({ next: (event) => seen.push(event.readyState), complete: resolve });
      });
      await new Promise(setImmediate);
      t.same(seen, [1, 2, 3].slice(0, state));
    }
  });

  await t.test('files, only where they are allowed', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'readystream-'));
    t.teardown(() => {
      rmSync(folder, { recursive: true });
    });
    const path = join(folder, 'a file.xml');
    writeFileSync(path, Buffer.alloc(200_000, 'x'));
    const url = pathToFileURL(path).href;
    const schemes = ['file'] as const;
    const { states, body, response, done, events } = await run(url, {}, { schemes });
    t.equal(states, '1234');
    t.equal(body.length, 200_000);
    t.equal(events.length, 1 + 1 + Math.ceil(200_000 / 65_536) + 1);
    t.equal(response?.url, url);
    t.same(done?.progress, { loaded: 200_000, transferred: 200_000, total: 200_000 });
    t.equal((await run(url, { method: 'HEAD' }, { schemes })).states, '124');
    t.match((await run(url)).error, {
      code: 'ERR_NETWORK',
      message: /the scheme file: is not allowed.*schemes/,
    });
    t.match((await run(`${url}x`, {}, { schemes })).error, { code: 'ERR_NETWORK', message: /ENOENT/ });
    t.match((await run(pathToFileURL(folder).href, {}, { schemes })).error, { message: /EISDIR/ });
    t.match((await run(url, { method: 'PUT', body: 'x' }, { schemes })).error, { message: /PUT/ });
    const taken = await record(fetchEvents(url, {}, { schemes }).pipe(take(3)));
    t.equal(taken.states, '123');
    const server = await raw(t, (socket) => socket.end(`HTTP/1.1 302 F\r\nLocation: ${url}\r\n\r\n`));
    t.match((await run(server.origin, {}, { schemes })).error, {
      message: /a redirect to file: is not followed/,
    });
  });

  await t.test('of the caller', async (t) => {
    const adapterOptions: NodeAdapterOptions = {
      schemes: [
        [
          'echo',
          ({ url }, sink) => {
            const head = { url, status: 200, statusText: '', headers: [], redirects: [], total: undefined };
            sink.head(head);
            sink.data(new TextEncoder().encode(url));
            sink.end([]);
            return () => undefined;
          },
        ],
      ],
    };
    t.equal((await run('echo:hello', {}, adapterOptions)).text, 'echo:hello');
  });
});

function fetchEvents(
  url: string,
  options: RequestOptions = {},
  adapterOptions?: NodeAdapterOptions,
): Observable<ReadyStateEvent> {
  return nodeAdapter(adapterOptions)(normalizeRequest(url, options));
}

function run(...parameters: Parameters<typeof fetchEvents>) {
  return record(fetchEvents(...parameters));
}

async function* streamOf(...pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
}

async function httpServer(
  t: Test,
  listener: RequestListener,
): Promise<{ origin: string; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer(listener);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

async function raw(t: Test, answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const server = await rawServer(answer);
  t.teardown(() => server.close());
  return server;
}

t.test('an option of an unknown name is refused, by every adapter and guard', (t) => {
  for (const make of [nodeAdapter, xhrAdapter, fetchAdapter, publicHosts] as ((
    options: object,
  ) => unknown)[]) {
    t.throws(() => make({ alow: [] }), { name: 'TypeError', message: /'alow': use one of/ });
  }
  t.end();
});

t.test('a 304 or 204 that speaks of a body is whole without one', async (t) => {
  for (const status of ['304 Not Modified', '204 No Content']) {
    const { origin } = await raw(t, (socket) => {
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 100\r\n\r\n`);
    });
    const { states, error } = await run(origin);
    t.equal(error, undefined, status);
    t.equal(states, '124', status);
  }
});

t.test('a generator is sent once: a second request with it is an error, not an empty body', async (t) => {
  const { origin } = await httpServer(t, (request, response) => request.pipe(response));
  const body = streamOf('once');
  t.equal((await run(origin, { method: 'POST', body })).text, 'once');
  t.match((await run(origin, { method: 'POST', body })).error, {
    name: 'TypeError',
    message: /another request/,
  });
  const anew = { [Symbol.asyncIterator]: () => streamOf('again') };
  t.equal((await run(origin, { method: 'POST', body: anew })).text, 'again');
  t.equal((await run(origin, { method: 'POST', body: anew })).text, 'again');
});

t.test('header fields that contradict the body are named as what cannot be sent', async (t) => {
  const { origin } = await httpServer(t, (_, response) => response.end());
  for (const headers of [
    { 'content-length': '1' },
    { 'transfer-encoding': 'chunked' },
    { expect: 'a miracle' },
  ]) {
    const { error } = await run(origin, { method: 'POST', body: 'four', headers });
    t.match(error, { code: 'ERR_NETWORK', phase: 'send', message: /cannot be sent as it is: / });
  }
});

t.test(
  'decompression counts what every decoder gives, also where nothing comes out in the end',
  async (t) => {
    // Empty blocks of deflate, which no gzip makes larger and none makes less work.
    const emptyBlocks = Buffer.alloc(10_000_000, Buffer.of(0, 0, 0, 0xff, 0xff));
    const header = gzipSync('').subarray(0, 10);
    let body = Buffer.concat([header, emptyBlocks]);
    for (let coding = 1; coding < 4; coding++) body = gzipSync(body);
    const twice = gzipSync(gzipSync(Buffer.alloc(20_000_000)));
    const codings = await httpServer(t, (request, response) => {
      const isHonest = request.url === '/honest';
      response.setHeader('content-encoding', isHonest ? 'gzip, gzip' : 'gzip, gzip, gzip, gzip');
      response.end(isHonest ? twice : body);
    });
    for (const adapter of [nodeAdapter(), xhrAdapter({ XMLHttpRequest })]) {
      const { error } = await record(adapter(normalizeRequest(codings.origin)));
      t.match(error, { code: 'ERR_LIMIT', limit: 'decompressionRatio', value: 200 });
    }
    const { body: honest } = await run(`${codings.origin}/honest`);
    t.equal(honest.length, 20_000_000);
  },
);
