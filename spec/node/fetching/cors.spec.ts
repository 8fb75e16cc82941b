import t from 'tap';
import { encodeBody } from '../../../source/body/encodeBody.js';
import { isNetworkError } from '../../../source/errors/guards.js';
import { type FetchRequest } from '../../../source/node/fetching/fetchContract.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { originServer } from '../../helpers/originServer.js';
import { type FetchOutcome, runFetch } from '../../helpers/runFetch.js';

const shop = 'https://shop.example';
let fields: Record<string, string | string[]> = {};
const server = await originServer((_, response) => response.writeHead(200, fields).end('ok'));
t.teardown(() => server.close());
const client = makeFetchClient({ origin: shop });

/** Fetches across origins from a server that answers with these fields. */
function across(
  answer: Record<string, string | string[]>,
  request: Partial<FetchRequest> = {},
): Promise<FetchOutcome> {
  fields = answer;
  return runFetch(client, server.origin, request);
}

const refusal = ({ error }: FetchOutcome): string | undefined =>
  isNetworkError(error) ? error.message : undefined;

t.test('a cross-origin request sends its origin', async (t) => {
  await across({});
  t.equal(server.requests.at(-1)?.headers.origin, shop);
  await across({}, { method: 'HEAD' });
  t.equal(server.requests.at(-1)?.headers.origin, shop);
});

t.test('within the origin it is sent if the method may change something', async (t) => {
  const own = makeFetchClient({ origin: server.origin });
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
    const { error } = await runFetch(own, server.origin, {
      method,
      headers: ['X-A', '1'],
      useCorsPreflight: true,
    });
    t.equal(error, undefined);
    const told = method === 'GET' || method === 'HEAD' ? undefined : server.origin;
    t.match(server.requests.at(-1), { method, headers: { origin: told } }, 'without a preflight');
  }
});

t.test('an origin consists of scheme, host and port', async (t) => {
  const { port } = new URL(server.origin);
  for (const origin of [
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    'http://127.0.0.1',
    'null',
  ]) {
    fields = {};
    const { error } = await runFetch(makeFetchClient({ origin }), server.origin);
    t.match(error?.message, /CORS/, origin);
    t.equal(server.requests.at(-1)?.headers.origin, origin);
  }
  const own = makeFetchClient({ origin: `http://127.0.0.1:${port}/page?q#x` });
  t.equal((await runFetch(own, server.origin.replace('//', '//me:secret@'))).text, 'ok');
});

t.test('the response must allow the origin', async (t) => {
  const allow = (value: string | string[]): Promise<FetchOutcome> =>
    across({ 'Access-Control-Allow-Origin': value });
  t.equal((await allow('*')).text, 'ok');
  t.equal((await allow(shop)).text, 'ok');
  t.equal((await allow(` ${shop} `)).text, 'ok', 'blanks around a value are no part of it');
  const none = await across({});
  t.same(none.reports, ['failed']);
  t.match(none.error, { phase: 'headers', request: { method: 'GET', url: `${server.origin}/` } });
  t.match(
    refusal(none),
    /CORS: the response has no Access-Control-Allow-Origin, so https:\/\/shop.example may not read it/,
  );
  for (const value of [
    'null',
    'https://other.example',
    `${shop}/`,
    shop.toUpperCase(),
    `${shop}, ${shop}`,
    '',
    [shop, shop],
    [shop, '*'],
  ]) {
    t.match(
      refusal(await allow(value)),
      /CORS: the response has Access-Control-Allow-Origin: /,
      String(value),
    );
  }
  const sandboxed = makeFetchClient({ origin: 'null' });
  fields = { 'Access-Control-Allow-Origin': 'null' };
  t.equal((await runFetch(sandboxed, server.origin)).text, 'ok');
});

t.test('with credentials it must also allow these', async (t) => {
  const credentials = (origin: string, allowed?: string): Promise<FetchOutcome> =>
    across(
      {
        'Access-Control-Allow-Origin': origin,
        ...(allowed !== undefined && { 'Access-Control-Allow-Credentials': allowed }),
      },
      { includeCredentials: true },
    );
  t.equal((await credentials(shop, 'true')).text, 'ok');
  t.match(
    refusal(await credentials('*', 'true')),
    /Access-Control-Allow-Origin: \*, which is not enough with credentials/,
  );
  for (const allowed of [undefined, 'True', 'false', 'true, true']) {
    t.match(refusal(await credentials(shop, allowed)), /has no Access-Control-Allow-Credentials: true/);
  }
});

t.test('any status can be read', async (t) => {
  const errors = await originServer((_, response) =>
    response.writeHead(503, { 'Access-Control-Allow-Origin': '*' }).end('down'),
  );
  const { response, text } = await runFetch(client, errors.origin);
  t.same([response?.status, text], [503, 'down']);
  await errors.close();
});

t.test('only these fields are visible', async (t) => {
  const all = {
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'a',
    'Content-Language': 'b',
    'Content-Type': 'd',
    Expires: 'e',
    'Last-Modified': 'f',
    Pragma: 'g',
    'X-One': ['1', '1b'],
    'X-Two': '2',
    'Set-Cookie': 'secret',
    'Set-Cookie2': 'secret',
  };
  const names = ({ response }: FetchOutcome): string =>
    [...new Set(response?.headers.filter((_, index) => index % 2 === 0))].sort().join(' ');
  const safe = 'cache-control content-language content-type expires last-modified pragma';
  const head = { method: 'HEAD' };
  t.equal(names(await across(all, head)), safe);
  const expose = (value: string | string[], request = {}): Promise<FetchOutcome> =>
    across({ ...all, 'Access-Control-Expose-Headers': value }, { ...head, ...request });
  t.equal(names(await expose('x-ONE, set-cookie,,x-other')), `${safe} x-one`);
  t.same((await expose('X-One')).response?.headers.slice(-4), ['x-one', '1', 'x-one', '1b']);
  t.equal(names(await expose(['X-One', ' X-Two'])), `${safe} x-one x-two`);
  t.equal(names(await expose('X-One, bad name')), safe, 'what is malformed exposes nothing');
  t.match(
    names(await expose('*')),
    /^access-control-allow-origin access-control-expose-headers .* x-one x-two$/,
  );
  t.notMatch(names(await expose('*')), /set-cookie/);
  fields = {
    ...all,
    'Access-Control-Allow-Origin': shop,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': '*, x-two',
  };
  t.equal(
    names(await runFetch(client, server.origin, { ...head, includeCredentials: true })),
    `${safe} x-two`,
    'a star is a name there',
  );
  const length = await across({ 'Access-Control-Allow-Origin': '*', 'Content-Length': '2' });
  t.same(length.response?.headers, ['content-length', '2']);
});

t.test('a refused body closes the connection', async (t) => {
  let closed = (): void => undefined;
  const done = new Promise<void>((resolve) => (closed = resolve));
  const endless = await originServer((_, response) => {
    response.on('close', closed);
    response.write('a beginning');
  });
  t.match(refusal(await runFetch(client, endless.origin)), /CORS/);
  await done;
  await endless.close();
});

t.test('without an origin, CORS does not apply', async (t) => {
  fields = { 'X-One': '1' };
  const free = makeFetchClient();
  const { response } = await runFetch(free, server.origin, {
    method: 'PUT',
    body: encodeBody('x'),
    headers: ['X-A', '1'],
    useCorsPreflight: true,
    includeCredentials: true,
  });
  t.match(response?.headers.join('|'), /x-one\|1/);
  t.match(server.requests.at(-1), { method: 'PUT', headers: { origin: undefined } });
});
