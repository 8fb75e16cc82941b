import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import t from 'tap';
import { Agent } from 'undici';
import { encodeBody } from '../../../source/body/encodeBody.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { originServer, type SeenRequest } from '../../helpers/originServer.js';
import { rawServer } from '../../helpers/rawServer.js';
import { runFetch } from '../../helpers/runFetch.js';
import { selfSigned } from '../../helpers/selfSigned.js';

/** Redirects as the query says, and tells else what it was asked. */
const [here, there] = await Promise.all(
  [0, 1].map(() =>
    originServer((request, response) => {
      const query = new URL(request.url, 'http://x').searchParams;
      const to = query.get('to');
      response.setHeader('access-control-allow-origin', query.get('allow') ?? '*');
      response.setHeader('access-control-allow-headers', '*, authorization');
      response.setHeader('access-control-allow-methods', '*');
      if (query.has('policy')) response.setHeader('referrer-policy', query.get('policy') ?? '');
      if (request.method === 'OPTIONS' || to === null) {
        response.end(JSON.stringify(request));
        return;
      }
      response
        .writeHead(Number(query.get('code') ?? 302), { location: to })
        .end('moved '.repeat(Number(query.get('long') ?? 1)));
    }),
  ),
);
if (here === undefined || there === undefined) throw new Error('no servers');
t.teardown(() => Promise.all([here.close(), there.close()]));

const client = makeFetchClient();
const via = (to: string, query: Record<string, string> = {}, from = here): string =>
  `${from.origin}/redirect?${new URLSearchParams({ ...query, to }).toString()}`;
const seen = (text: string): SeenRequest => JSON.parse(text) as SeenRequest;

t.test('are followed, and keep the fragment', async (t) => {
  const { response, text, reports } = await runFetch(client, `${via('../a')}#part`);
  t.equal(response?.url, `${here.origin}/a`);
  t.equal(seen(text).url, '/a');
  t.same(reports, ['response', 'bodyChunk', 'endOfBody']);
});

t.test('change the method as browsers do', async (t) => {
  const cases: [code: number, method: string, then: string][] = [
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [301, 'PUT', 'PUT'],
    [302, 'PATCH', 'PATCH'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'HEAD', 'HEAD'],
  ];
  for (const [code, method, then] of cases) {
    const body = method === 'HEAD' ? undefined : encodeBody('data');
    const headers = ['Content-Type', 'text/x', 'content-language', 'de', 'X-A', '1'];
    await runFetch(client, via('/end', { code: String(code) }), { method, body, headers });
    const last = here.requests.at(-1);
    t.equal(last?.method, then, `${code} ${method}`);
    t.equal(last?.body, then === method && body !== undefined ? 'data' : '');
    t.equal(last?.headers['content-type'], then === method ? 'text/x' : undefined);
    t.equal(last?.headers['content-language'], then === method ? 'de' : undefined);
    t.equal(last?.headers['x-a'], '1');
  }
});

t.test("report a request's body once, though it is sent again", async (t) => {
  const body = encodeBody(new Uint8Array(200_000));
  const run = await runFetch(client, via('/end', { code: '307' }), { method: 'POST', body });
  t.same(run.reports, ['requestBodySent', 'requestEndOfBody', 'response', 'bodyChunk', 'endOfBody']);
  t.same(
    [...new Set(run.sent)].sort((a, b) => a - b),
    run.sent,
    'each figure once, and never less',
  );
  t.equal(here.requests.at(-1)?.body.length, 200_000);
});

t.test('cannot send a stream again, but may drop it', async (t) => {
  async function* once(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from('x');
  }
  const again = await runFetch(client, via('/end', { code: '307' }), {
    method: 'POST',
    body: encodeBody(once()),
  });
  t.match(again.error?.message, /307 redirect needs the body again, but a stream can be sent only once/);
  const dropped = await runFetch(client, via('/end', { code: '303' }), {
    method: 'POST',
    body: encodeBody(once()),
  });
  t.equal(seen(dropped.text).method, 'GET');
});

t.test('reuse the connection after a short body, and close it after a long one', async (t) => {
  let long = 1;
  const raw = await rawServer((socket, head) => {
    if (head.includes('/end')) {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    socket.write(`HTTP/1.1 302 F\r\nlocation: /end\r\ncontent-length: ${long}\r\n\r\n!`);
  });
  t.equal((await runFetch(client, raw.origin)).response?.status, 200);
  t.equal(raw.sockets.length, 1);
  // undici puts a connection back in a later turn than that of the response's end.
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  long = 1_000_000;
  const [first] = raw.sockets;
  const closed = new Promise((resolve) => first?.on('close', resolve));
  t.equal((await runFetch(client, raw.origin)).response?.status, 200);
  await closed;
  await raw.close();
});

t.test('to another origin drop the fields meant for the first', async (t) => {
  const headers = ['Authorization', 'Bearer x', 'X-A', '1'];
  await runFetch(client, via('/end'), { headers });
  t.equal(here.requests.at(-1)?.headers.authorization, 'Bearer x', 'not within the origin');
  await runFetch(client, via(`${there.origin}/end`), { headers });
  t.equal(there.requests.at(-1)?.headers.authorization, undefined);
  t.equal(there.requests.at(-1)?.headers['x-a'], '1');
  t.equal(there.requests.at(-1)?.headers.host, new URL(there.origin).host);
});

t.test("report the final URL, with the author's credentials", async (t) => {
  const { response } = await runFetch(client, via('/end').replace('//', '//me:secret@'));
  t.equal(response?.url, `${here.origin.replace('//', '//me:secret@')}/end`);
  const away = await runFetch(client, via(`${there.origin.replace('//', '//other:secret@')}/end`));
  t.equal(
    away.response?.url,
    `${there.origin}/end`,
    'without an origin, those of another server are dropped',
  );
});

t.test('from https to http are followed, and drop the fields meant for the first', async (t) => {
  const secure = createServer(selfSigned, (_, response) =>
    response.writeHead(307, { location: `${here.origin}/end` }).end(),
  );
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  const { port } = secure.address() as AddressInfo;
  const dispatcher = new Agent({ connect: { ca: selfSigned.cert } });
  const { text } = await runFetch(makeFetchClient({ dispatcher }), `https://me:secret@127.0.0.1:${port}/`, {
    method: 'POST',
    body: encodeBody('data'),
    headers: ['Authorization', 'Bearer x'],
  });
  t.match(seen(text), { method: 'POST', body: 'data', headers: { authorization: undefined } });
  await dispatcher.close();
  await new Promise((resolve) => secure.close(resolve));
});

t.test('without a Location, or with another status, are responses', async (t) => {
  const none = await rawServer((socket) => socket.end('HTTP/1.1 302 Found\r\ncontent-length: 2\r\n\r\nno'));
  const { response, text } = await runFetch(client, none.origin);
  t.same([response?.status, text], [302, 'no']);
  await none.close();
  t.equal((await runFetch(client, via('/end', { code: '300' }))).response?.status, 300);
  t.equal((await runFetch(client, via('/end', { code: '304' }))).response?.status, 304);
});

t.test('are followed at most twenty times', async (t) => {
  let count = 0;
  const loop = await originServer((request, response) => {
    const left = Number(request.url.slice(1));
    count++;
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  t.equal((await runFetch(client, `${loop.origin}/20`)).text, 'there');
  count = 0;
  const { error, reports } = await runFetch(client, `${loop.origin}/1000`);
  t.match(error?.message, /more than 20 redirects/);
  t.same(reports, ['failed']);
  t.equal(count, 21);
  await loop.close();
});

t.test('hostile ones are network errors', async (t) => {
  const all = makeFetchClient({ schemes: ['file', 'ftp'] });
  for (const to of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:,x', 'blob:nodedata:x', 'javascript:1']) {
    const { error } = await runFetch(all, via(to));
    t.match(error?.message, /a redirect to \w+: is not followed, only http: and https: are/);
  }
  t.match(
    (await runFetch(all, via('http://['))).error?.message,
    /a redirect to an invalid URL \(http:\/\/\[\)/,
  );
  const split = await rawServer((socket, head) => {
    if (head.startsWith('GET /two')) socket.end('HTTP/1.1 302 F\r\nlocation: /a\r\nlocation: /b\r\n\r\n');
    else if (head.startsWith('GET /same'))
      socket.end('HTTP/1.1 302 F\r\nlocation: /c\r\nlocation: /c\r\ncontent-length: 0\r\n\r\n');
    else if (head.startsWith('GET /cr')) socket.end('HTTP/1.1 302 F\r\nlocation: /a\rX-B: c\r\n\r\n');
    else if (head.startsWith('GET /coded'))
      socket.end('HTTP/1.1 302 F\r\nlocation: /d%0d%0aX-B:%20c\r\ncontent-length: 0\r\n\r\n');
    else
      socket.end(
        `HTTP/1.1 200 OK\r\n\r\n${head
          .split('\r\n')
          .filter((line) => line.startsWith('GET') || line.startsWith('X-B'))
          .join('|')}`,
      );
  });
  t.match((await runFetch(all, `${split.origin}/two`)).error?.message, /a redirect to several URLs at once/);
  t.equal((await runFetch(all, `${split.origin}/same`)).text, 'GET /c HTTP/1.1');
  t.ok((await runFetch(all, `${split.origin}/cr`)).error, 'a bare CR ends the parser');
  t.equal(
    (await runFetch(all, `${split.origin}/coded`)).text,
    'GET /d%0d%0aX-B:%20c HTTP/1.1',
    'and %0d%0a stays as it is',
  );
  await split.close();
});

t.test('can be terminated at any point', async (t) => {
  const reached: string[] = [];
  let stop = (): void => undefined;
  let done = (): void => undefined;
  const redirected = new Promise<void>((resolve) => (done = resolve));
  const server = await originServer((request, response) => {
    reached.push(request.url);
    response.writeHead(302, { location: '/next' }).end();
    response.on('finish', () => {
      stop();
      done();
    });
  });
  void runFetch(client, server.origin, { method: 'POST', body: encodeBody('x') }, (name, terminate) => {
    if (name === 'requestBodySent') stop = terminate;
    else if (name !== 'requestEndOfBody') t.fail(name);
  });
  await redirected;
  await runFetch(client, here.origin);
  await runFetch(client, here.origin);
  t.same(reached, ['/']);
  await server.close();
});

t.test('with an origin', async (t) => {
  const own = makeFetchClient({ origin: here.origin });
  await t.test('that leave it become CORS requests', async (t) => {
    await runFetch(own, via(`${there.origin}/end`), { headers: ['Authorization', 'Bearer x'] });
    t.equal(there.requests.at(-1)?.method, 'GET', 'without Authorization nothing is unsafe');
    t.equal(there.requests.at(-1)?.headers.origin, here.origin);
    t.equal(there.requests.at(-1)?.headers.authorization, undefined);
    await runFetch(own, via(`${there.origin}/end`), { headers: ['X-A', '1'] });
    t.equal(there.requests.at(-2)?.method, 'OPTIONS', 'and are asked for first where they are unsafe');
  });
  await t.test('remain so when they return, and the origin is null', async (t) => {
    const { response } = await runFetch(own, via(via(`${here.origin}/end`, {}, there)));
    t.equal(here.requests.at(-1)?.headers.origin, 'null');
    t.notMatch(response?.headers.join('|'), /access-control/, 'nor all fields seen');
    const refused = await runFetch(own, via(via(`${here.origin}/end?allow=${here.origin}`, {}, there)));
    t.match(refused.error?.message, /so null may not read it/);
  });
  await t.test('to URLs with credentials are refused across origins, and followed within', async (t) => {
    const secret = (origin: string): string => `${origin.replace('//', '//me:secret@')}/end`;
    for (const url of [
      via(secret(there.origin)),
      via(secret(there.origin), {}, there),
      via(secret(here.origin), {}, there),
    ]) {
      const { error } = await runFetch(own, url);
      t.match(
        error?.message,
        /a redirect across origins to a URL with a user name or password is not followed/,
      );
    }
    t.equal((await runFetch(own, via(secret(here.origin)))).response?.url, secret(here.origin));
  });
  await t.test('are checked at each step', async (t) => {
    const refused = await runFetch(own, via(`${there.origin}/end`, { allow: 'http://other.example' }, there));
    t.match(
      refused.error?.message,
      /CORS: the response has Access-Control-Allow-Origin: http:\/\/other.example/,
    );
  });
});
