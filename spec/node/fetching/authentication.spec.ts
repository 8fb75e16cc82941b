import t from 'tap';
import { encodeBody } from '../../../source/body/encodeBody.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { originServer } from '../../helpers/originServer.js';
import { type FetchOutcome, runFetch } from '../../helpers/runFetch.js';

/** Takes every password but `wrong`, and tells who came; the realm is the path's first part. */
const server = await originServer((request, response) => {
  const { origin, authorization = '' } = request.headers;
  if (origin !== undefined) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
  }
  const [, realm = ''] = /^\/(\w*)/.exec(request.url) ?? [];
  const who = Buffer.from(authorization.slice(6), 'base64').toString();
  if (authorization === '' || who.endsWith(':wrong')) {
    response.writeHead(401, {
      'WWW-Authenticate': `Digest realm="d", qop="auth", Basic realm="${realm}", charset="UTF-8"`,
    });
    response.end('who are you?');
  } else if (request.url.includes('redirect')) response.writeHead(302, { location: 'end' }).end();
  else response.end(who);
});
t.teardown(() => server.close());

const at = (path: string, login?: string): string =>
  `${login === undefined ? server.origin : server.origin.replace('//', `//${login}@`)}${path}`;
const asked = async (run: Promise<FetchOutcome>): Promise<[text: string, requests: number]> => {
  const since = server.requests.length;
  const { text } = await run;
  return [text, server.requests.length - since];
};

t.test('a challenge is met with the user and password of the URL', async (t) => {
  const client = makeFetchClient();
  t.same(await asked(runFetch(client, at('/a/x', 'me:secret'))), ['me:secret', 2], 'not before it is asked');
  t.equal(server.requests.at(-2)?.headers.authorization, undefined);
  t.same(
    await asked(runFetch(client, at('/a/y?q', 'me:secret'))),
    ['me:secret', 1],
    'but at once where they are known',
  );
  t.same(await asked(runFetch(client, at('/a/deeper/z'))), ['me:secret', 1], 'also where none are given');
  t.same(await asked(runFetch(client, at('/a/y', 'me:other'))), ['me:other', 2], 'new ones take their place');
  t.same(await asked(runFetch(client, at('/a/y'))), ['me:other', 1]);
  t.same(await asked(runFetch(client, at('/b/y'))), ['who are you?', 1], 'elsewhere they do not go');
});

t.test('users without a password, and characters of all kinds', async (t) => {
  const client = makeFetchClient();
  for (const [login, who] of [
    ['me', 'me:'],
    ['j%C3%BCrgen:gr%C3%BC%C3%9Fe%F0%9F%98%80', 'jürgen:grüße😀'],
    ['a%3Ab:c%40d%2F', 'a:b:c@d/'],
    ['%zz:100%', '%zz:100%'],
  ] as const) {
    t.same(await asked(runFetch(client, at('/kinds/x', login))), [who, 2]);
  }
});

t.test('a wrong password is tried once and forgotten', async (t) => {
  const client = makeFetchClient();
  const { response, text } = await runFetch(client, at('/c/x', 'me:wrong'));
  t.same([response?.status, text], [401, 'who are you?']);
  t.same(client.credentials.entries(), []);
  t.same(await asked(runFetch(client, at('/c/x'))), ['who are you?', 1]);
  client.credentials.set(at('/c/x'), 'c', `Basic ${Buffer.from('old:wrong').toString('base64')}`);
  t.same(
    await asked(runFetch(client, at('/c/x'))),
    ['who are you?', 1],
    'what is refused although it was remembered is tried once too',
  );
  t.same(client.credentials.entries(), []);
  client.credentials.set(at('/c/x'), 'c', `Basic ${Buffer.from('me:wrong').toString('base64')}`);
  t.same(
    await asked(runFetch(client, at('/c/x', 'me:wrong'))),
    ['who are you?', 1],
    'and the same is not tried again',
  );
  client.credentials.set(at('/c/x'), 'c', `Basic ${Buffer.from('old:wrong').toString('base64')}`);
  t.same(await asked(runFetch(client, at('/other/c'))), ['who are you?', 1]);
  t.same(await asked(runFetch(client, at('/c/x', 'me:right'))), ['me:right', 2]);
});

t.test('known credentials work at another path of the realm', async (t) => {
  const client = makeFetchClient();
  await runFetch(client, at('/d/deep/x', 'me:secret'));
  t.same(await asked(runFetch(client, at('/d/x'))), ['me:secret', 2]);
  t.same(await asked(runFetch(client, at('/d/y'))), ['me:secret', 1]);
  t.same(
    client.credentials.entries().map(({ origin, realm, paths }) => [origin, realm, paths]),
    [[server.origin, 'd', ['/d/']]],
  );
});

t.test("the author's own Authorization takes precedence, whatever the response", async (t) => {
  const client = makeFetchClient();
  await runFetch(client, at('/e/x', 'me:secret'));
  const own = (who: string): readonly string[] => [
    'authorization',
    `Basic ${Buffer.from(who).toString('base64')}`,
  ];
  t.same(await asked(runFetch(client, at('/e/x', 'me:secret'), { headers: own('mine:1') })), ['mine:1', 1]);
  t.same(await asked(runFetch(client, at('/e/x', 'me:secret'), { headers: own('mine:wrong') })), [
    'who are you?',
    1,
  ]);
  t.same(await asked(runFetch(client, at('/e/x'))), ['me:secret', 1], 'and what is remembered stays');
});

t.test("a request's body is sent again, and reported once", async (t) => {
  const client = makeFetchClient();
  const run = await runFetch(client, at('/f/x', 'me:secret'), { method: 'POST', body: encodeBody('data') });
  t.same(run.reports, ['requestBodySent', 'requestEndOfBody', 'response', 'bodyChunk', 'endOfBody']);
  t.same(run.sent, [4]);
  t.same(
    server.requests.slice(-2).map(({ body }) => body),
    ['data', 'data'],
  );
  async function* once(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from('x');
  }
  const { error } = await runFetch(makeFetchClient(), at('/f/x', 'me:secret'), {
    method: 'POST',
    body: encodeBody(once()),
  });
  t.match(error?.message, /authentication \(401\) needs the body again, but a stream can be sent only once/);
});

t.test('redirects keep the credentials within the origin', async (t) => {
  const client = makeFetchClient();
  t.same(await asked(runFetch(client, at('/g/redirect', 'me:secret'))), ['me:secret', 3]);
  const away = await originServer((_, response) => response.writeHead(302, { location: at('/g/x') }).end());
  t.same(
    await asked(runFetch(client, away.origin.replace('//', '//you:secret@'))),
    ['me:secret', 1],
    'what is known there is used',
  );
  t.same(await asked(runFetch(makeFetchClient(), away.origin.replace('//', '//you:secret@'))), [
    'who are you?',
    1,
  ]);
  await away.close();
});

t.test('with an origin', async (t) => {
  const own = makeFetchClient({ origin: server.origin });
  t.same(await asked(runFetch(own, at('/h/x', 'me:secret'))), ['me:secret', 2], 'it is as without');
  t.same(await asked(runFetch(own, at('/h/x'))), ['me:secret', 1]);

  const other = makeFetchClient({ origin: 'https://shop.example' });
  const all = { includeCredentials: true };
  t.same(
    await asked(runFetch(other, at('/h/x', 'me:secret'), all)),
    ['who are you?', 1],
    'across origins no challenge is answered',
  );
  other.credentials.replace(own.credentials.entries());
  t.same(await asked(runFetch(other, at('/h/x'), all)), ['me:secret', 1], 'but what is remembered is sent');
  t.same(await asked(runFetch(other, at('/h/x'))), ['who are you?', 1], 'with credentials only');
});

t.test('other challenges are passed on as responses', async (t) => {
  let challenge: string | string[] = '';
  const server = await originServer(({ headers }, response) => {
    if (headers.authorization !== undefined) response.end('in');
    else response.writeHead(401, { 'www-authenticate': challenge }).end('out');
  });
  const run = async (field: string | string[]): Promise<string> => {
    challenge = field;
    return (await runFetch(makeFetchClient(), server.origin.replace('//', '//me:secret@'))).text;
  };
  t.equal(await run('Digest realm="a"'), 'out');
  t.equal(await run('Bearer'), 'out');
  t.equal(await run('NotBasic realm="x"'), 'out');
  t.equal(await run('Digest realm="Basic realm=x", nonce=","'), 'out');
  t.equal(await run('basic'), 'in');
  t.equal(await run(['Negotiate abc==', 'BASIC REALM=x']), 'in');
  await server.close();
});

t.test('a challenge of a proxy is an error that explains it', async (t) => {
  const proxy = await originServer((_, response) =>
    response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end(),
  );
  const { error } = await runFetch(makeFetchClient(), proxy.origin);
  t.match(error?.message, /a proxy requires credentials \(407\): configure them in the dispatcher/);
  await proxy.close();
});

t.test('a server that repeats its challenge gets one reply', async (t) => {
  let count = 0;
  const loop = await originServer((_, response) => {
    count++;
    response.writeHead(401, { 'www-authenticate': `Basic realm="${count}"` }).end('again');
  });
  const { text } = await runFetch(makeFetchClient(), loop.origin.replace('//', '//me:secret@'));
  t.same([text, count], ['again', 2]);
  const bouncing = await originServer((request, response) => {
    if (request.headers.authorization === undefined)
      response.writeHead(401, { 'www-authenticate': 'Basic realm=x' }).end();
    else response.writeHead(302, { location: `/${Math.random()}` }).end();
  });
  t.match(
    (await runFetch(makeFetchClient(), bouncing.origin.replace('//', '//me:secret@'))).error?.message,
    /more than 20 redirects/,
  );
  await Promise.all([loop.close(), bouncing.close()]);
});
