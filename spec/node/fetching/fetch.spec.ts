import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { MockAgent } from 'undici';
import { encodeBody } from '../../../source/body/encodeBody.js';
import { isNetworkError } from '../../../source/errors/guards.js';
import { fetch } from '../../../source/node/fetching/fetch.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { originServer } from '../../helpers/originServer.js';
import { rawServer } from '../../helpers/rawServer.js';
import { fetchRequestOf, runFetch, silentSink } from '../../helpers/runFetch.js';
import { testServer } from '../../helpers/testServer.js';

const server = await testServer();
const echo = await originServer((_, response) => response.end('ok'));
t.teardown(() => Promise.all([server.close(), echo.close()]));
const client = makeFetchClient();

t.test('a GET', async (t) => {
  const { reports, response, text, error } = await runFetch(
    client,
    `${server.origin}/binary?bytes=104,105#part`,
  );
  t.same(reports, ['response', 'bodyChunk', 'endOfBody']);
  t.equal(error, undefined);
  t.equal(response?.url, `${server.origin}/binary?bytes=104,105`, 'the URL has no fragment');
  t.equal(response?.status, 200);
  t.equal(response?.statusText, 'OK');
  t.match(response?.headers.join('|'), /content-type\|application\/octet-stream/);
  t.equal(response?.isBodyNull, false);
  t.equal(text, 'hi');
});

t.test('default fields are added unless the author set them', async (t) => {
  await runFetch(client, echo.origin);
  t.match(
    echo.requests.at(-1)?.rawHeaders.join('|'),
    /\|Accept\|\*\/\*\|Accept-Language\|\*\|User-Agent\|readystream\|/,
  );
  t.match(echo.requests.at(-1)?.headers['accept-encoding'], /^gzip, deflate, br/);
  t.notOk(echo.requests.at(-1)?.headers.origin);
  t.notOk(echo.requests.at(-1)?.headers.referer);
  const headers = [
    'x-Mine',
    '1',
    'accept',
    'text/plain',
    'ACCEPT-LANGUAGE',
    'de',
    'user-agent',
    'me',
    'Range',
    'bytes=0-1',
  ];
  await runFetch(client, echo.origin, { headers });
  const { rawHeaders = [] } = echo.requests.at(-1) ?? {};
  t.same(
    rawHeaders.slice(-headers.length - 2),
    [...headers, 'Accept-Encoding', 'identity'],
    'names keep their case',
  );
});

t.test("a request's body is reported once, whole, before the response", async (t) => {
  const run = await runFetch(client, `${server.origin}/echo`, { method: 'POST', body: encodeBody('hällo') });
  t.same(run.reports, ['requestBodySent', 'requestEndOfBody', 'response', 'bodyChunk', 'endOfBody']);
  t.same(run.sent, [6]);
  t.match(JSON.parse(run.text), { method: 'POST', body: Buffer.from('hällo').toString('base64') });

  const large = await runFetch(client, `${server.origin}/echo`, {
    method: 'PUT',
    body: encodeBody(new Uint8Array(300_000)),
  });
  t.ok(large.sent.length > 2);
  t.equal(large.sent.at(-1), 300_000);
  t.same(
    [...large.sent].sort((a, b) => a - b),
    large.sent,
  );
  t.equal(large.reports.filter((name) => name === 'requestEndOfBody').length, 1);
});

t.test('the end of an empty body, and of one never sent, is reported too', async (t) => {
  const empty = await runFetch(client, echo.origin, { method: 'POST', body: encodeBody('') });
  t.same(empty.reports.slice(0, 2), ['requestEndOfBody', 'response']);
  t.equal(echo.requests.at(-1)?.headers['content-length'], '0');
  await runFetch(client, echo.origin, { method: 'POST' });
  t.equal(echo.requests.at(-1)?.headers['content-length'], '0', 'a POST without a body says so');

  const early = await rawServer((socket) =>
    socket.end('HTTP/1.1 413 No\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno'),
  );
  const run = await runFetch(client, early.origin, {
    method: 'POST',
    body: encodeBody(new Uint8Array(50_000_000)),
  });
  t.equal(run.response?.status, 413);
  t.ok((run.sent.at(-1) ?? 0) < 50_000_000);
  t.same(run.reports.slice(0, 3), ['requestBodySent', 'requestEndOfBody', 'response']);
  await early.close();
});

t.test('a body that is a stream ends when the response comes', async (t) => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from('ab');
    yield Buffer.from('cd');
  }
  const body = encodeBody(pieces());
  const run = await runFetch(client, echo.origin, { method: 'POST', body });
  t.same(run.reports, ['requestBodySent', 'requestEndOfBody', 'response', 'bodyChunk', 'endOfBody']);
  t.equal(echo.requests.at(-1)?.body, 'abcd');
});

t.test('a body that HTTP forbids is null', async (t) => {
  const codes = await rawServer((socket, head) => {
    const [, method, code] = /^(\w+) \/(\d+)/.exec(head) ?? [];
    const body = code === '205' ? 'oops' : '';
    const length = method === 'HEAD' ? '7' : String(body.length);
    socket.write(`HTTP/1.1 ${code ?? ''} X\r\ncontent-length: ${length}\r\n\r\n${body}`);
  });
  t.teardown(() => codes.close());
  for (const code of [204, 205, 304]) {
    const { response, reports, text } = await runFetch(client, `${codes.origin}/${code}`);
    t.equal(response?.status, code);
    t.equal(response?.isBodyNull, true);
    t.equal(text, '');
    t.same(reports, ['response', 'endOfBody']);
  }
  const head = await runFetch(client, `${codes.origin}/200`, { method: 'HEAD' });
  t.equal(head.response?.isBodyNull, true);
  t.same(head.reports, ['response', 'endOfBody']);
  t.equal(
    (await runFetch(client, `${codes.origin}/200`)).response?.isBodyNull,
    false,
    'an empty body is none that is null',
  );
});

t.test('Set-Cookie is never visible', async (t) => {
  const cookies = await originServer((_, response) =>
    response.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2'], 'Set-Cookie2': 'c=3', 'X-A': '1' }).end(),
  );
  t.teardown(() => cookies.close());
  const { response } = await runFetch(client, cookies.origin);
  t.notMatch(response?.headers.join('|'), /set-cookie/i);
  t.match(response?.headers.join('|'), /x-a\|1/);
});

t.test('other schemes', async (t) => {
  const data = await runFetch(client, 'data:text/plain,hello@//world');
  t.same([data.response?.status, data.text], [200, 'hello@//world']);
  const head = await runFetch(client, 'data:text/plain,hello', { method: 'HEAD' });
  t.match(head.response, { status: 200, isBodyNull: true });
  t.same(head.response?.headers, ['content-type', 'text/plain']);
  t.equal(head.text, '');
  const url = URL.createObjectURL(new Blob(['blob!']));
  const blob = runFetch(client, url);
  URL.revokeObjectURL(url);
  t.equal((await blob).text, 'blob!', 'a blob is looked up at once');
  const withOrigin = makeFetchClient({ origin: 'https://shop.example' });
  t.equal((await runFetch(withOrigin, 'data:,hello', { useCorsPreflight: true })).text, 'hello');
  t.equal((await runFetch(withOrigin, URL.createObjectURL(new Blob(['mine'])))).text, 'mine');

  const path = join(t.testdir({ file: 'local' }), 'file');
  await writeFile(path, 'local');
  const local = pathToFileURL(path).href;
  const refused = await runFetch(client, local);
  t.match(refused.error?.message, /the scheme file: is not allowed here, only http:, https:, data:, blob:/);
  t.match(refused.error?.message, /createXMLHttpRequest\(\{ schemes: \['file'\] \}\)/);
  t.match((await runFetch(client, 'gopher://x/')).error?.message, /schemes: \[\['gopher', handler\]\]/);
  const allowed = makeFetchClient({ schemes: ['file', 'ftp', 'ftps'], origin: 'https://shop.example' });
  t.equal((await runFetch(allowed, local)).text, 'local', 'what was allowed is readable across origins');
  t.same([...allowed.schemes.keys()], ['http', 'https', 'data', 'blob', 'file', 'ftp', 'ftps']);
});

t.test("a caller's handler may respond at once, fail, or throw", async (t) => {
  const own = makeFetchClient({
    schemes: [
      [
        'now',
        ({ url }, sink) => {
          sink.connecting();
          sink.head({
            url,
            status: 302,
            statusText: '',
            headers: ['location', 'http://x/'],
            redirects: [],
            total: 1,
          });
          sink.received(2);
          sink.data(Uint8Array.of(104, 105));
          sink.end([]);
          return () => undefined;
        },
      ],
      [
        'throw',
        () => {
          throw new TypeError('no');
        },
      ],
    ],
  });
  const now = await runFetch(own, 'now:x');
  t.same(
    now.reports,
    ['response', 'bodyChunk', 'endOfBody'],
    'and nothing of it is told before fetch has returned',
  );
  t.equal(now.response?.status, 302, 'only http redirects');
  t.equal(now.text, 'hi');
  const { error } = await runFetch(own, 'throw:x');
  t.ok(isNetworkError(error));
  t.match(error?.cause, TypeError);
});

t.test('errors of undici are reported, not thrown', async (t) => {
  const { error, reports } = await runFetch(client, echo.origin, { headers: ['X-A', 'a\nb'] });
  t.same(reports, ['failed']);
  t.match(error?.message, /the request cannot be sent as it is/);
});

t.test("the caller's dispatcher carries http", async (t) => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent.get('http://mock.example').intercept({ path: '/a' }).reply(201, 'mocked');
  const { response, text } = await runFetch(makeFetchClient({ dispatcher: agent }), 'http://mock.example/a');
  t.same([response?.status, text], [201, 'mocked']);
});

t.test('errors show the request without its credentials', async (t) => {
  const refused = await runFetch(client, `${server.origin}/refused`);
  const { error } = await runFetch(client, refused.text.replace('//', '//user:secret@'));
  t.ok(isNetworkError(error));
  t.match(error, { phase: 'connect', request: { method: 'GET', url: refused.text, repeatable: true } });
  t.notMatch(error?.message, /secret/);
  const cut = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'));
  const half = await runFetch(client, cut.origin);
  t.same(half.reports, ['response', 'bodyChunk', 'failed']);
  t.match(half.error, { phase: 'body' });
  await cut.close();
});

t.test('terminating', async (t) => {
  await t.test('before anything has happened sends and reports nothing', async (t) => {
    const before = echo.requests.length;
    const { sink, reported } = silentSink();
    fetch(fetchRequestOf(`${echo.origin}/terminated`), client, sink)();
    fetch(fetchRequestOf('data:,x'), client, sink)();
    fetch(fetchRequestOf('unknown:x'), client, sink)();
    // What was sent first would have come first.
    for (const path of ['/1', '/2']) await runFetch(client, echo.origin + path);
    t.same(
      echo.requests.slice(before).map(({ url }) => url),
      ['/1', '/2'],
    );
    t.same(reported, []);
  });

  for (const at of ['requestBodySent', 'requestEndOfBody', 'response', 'bodyChunk'] as const) {
    await t.test(`in ${at} frees the connection, and nothing is reported afterwards`, async (t) => {
      let close = (): void => undefined;
      const closed = new Promise<void>((resolve) => (close = resolve));
      const silent = await rawServer((socket) => {
        socket.on('close', close);
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf');
      });
      const names: string[] = [];
      void runFetch(client, silent.origin, { method: 'POST', body: encodeBody('abc') }, (name, terminate) => {
        names.push(name);
        if (name === at) terminate();
      });
      await closed;
      await new Promise(setImmediate);
      t.equal(names.at(-1), at);
      await silent.close();
    });
  }

  await t.test('at the end does nothing', async (t) => {
    const run = await runFetch(client, echo.origin, {}, (name, terminate) => {
      if (name === 'endOfBody') terminate();
    });
    t.equal(run.text, 'ok');
  });
});
