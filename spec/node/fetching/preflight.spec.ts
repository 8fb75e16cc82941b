import t from 'tap';
import { encodeBody } from '../../../source/body/encodeBody.js';
import { fetch } from '../../../source/node/fetching/fetch.js';
import { type FetchRequest } from '../../../source/node/fetching/fetchContract.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { originServer } from '../../helpers/originServer.js';
import { rawServer } from '../../helpers/rawServer.js';
import { type FetchOutcome, fetchRequestOf, runFetch, silentSink } from '../../helpers/runFetch.js';

const shop = 'https://shop.example';
const allowed = { 'Access-Control-Allow-Origin': '*' };
let preflight: Record<string, string> = {};
let status = 200;
const server = await originServer((request, response) => {
  if (request.method === 'OPTIONS') response.writeHead(status, preflight).end('preflight');
  else
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': shop, 'Access-Control-Allow-Credentials': 'true' })
      .end('ok');
});
t.teardown(() => server.close());

/** Fetches in a new client, whose preflight is answered with these fields. */
function ask(
  answer: Record<string, string>,
  request: Partial<FetchRequest>,
  client = makeFetchClient({ origin: shop }),
): Promise<FetchOutcome> {
  preflight = answer;
  return runFetch(client, server.origin, request);
}

const methods = (since: number): string =>
  server.requests
    .slice(since)
    .map(({ method }) => method)
    .join(' ');

t.test('an unsafe request needs a preflight', async (t) => {
  const since = server.requests.length;
  const headers = [
    'X-Two',
    '2',
    'Accept',
    'text/plain',
    'content-type',
    'application/json',
    'x-one',
    '1',
    'Authorization',
    'x',
  ];
  const answer = {
    ...allowed,
    'Access-Control-Allow-Methods': 'PUT',
    'Access-Control-Allow-Headers': 'x-one, X-TWO,content-type,Authorization',
  };
  const run = await ask(answer, {
    method: 'PUT',
    headers,
    body: encodeBody('data'),
    includeCredentials: false,
  });
  t.equal(run.text, 'ok');
  t.same(
    run.reports,
    ['requestBodySent', 'requestEndOfBody', 'response', 'bodyChunk', 'endOfBody'],
    'the preflight is not told of',
  );
  t.equal(methods(since), 'OPTIONS PUT');
  const [first, second] = server.requests.slice(since);
  t.match(first?.headers, {
    accept: '*/*',
    origin: shop,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization,content-type,x-one,x-two',
    'user-agent': 'readystream',
    authorization: undefined,
    'x-one': undefined,
    'content-type': undefined,
  });
  t.equal(first?.body, '');
  t.match(second, {
    body: 'data',
    headers: { origin: shop, authorization: 'x', 'x-one': '1', accept: 'text/plain' },
  });
});

t.test('a safe one does not, unless its upload has listeners', async (t) => {
  const simple = ['Accept', 'a', 'Content-Language', 'de', 'Content-Type', 'text/plain;charset=x'];
  let since = server.requests.length;
  for (const method of ['GET', 'HEAD', 'POST']) await ask({}, { method, headers: simple });
  t.equal(methods(since), 'GET HEAD POST');
  since = server.requests.length;
  const client = makeFetchClient({ origin: shop });
  const listened = { method: 'POST', body: encodeBody('x'), useCorsPreflight: true };
  t.equal((await ask(allowed, listened, client)).text, 'ok');
  t.equal((await ask(allowed, listened, client)).text, 'ok');
  t.equal(methods(since), 'OPTIONS POST POST', 'which is remembered');
  t.notOk(
    server.requests[since]?.headers['access-control-request-headers'],
    'nothing is asked but for the method',
  );
  t.match(
    (await ask({}, { method: 'POST', useCorsPreflight: true })).error?.message,
    /the preflight's response has no Access-Control-Allow-Origin/,
  );
});

t.test('is refused', async (t) => {
  const put = { method: 'PUT' };
  const refused = async (
    answer: Record<string, string>,
    request: Partial<FetchRequest>,
    words: RegExp,
  ): Promise<void> => {
    const since = server.requests.length;
    const { error, reports } = await ask(answer, request);
    t.match(error?.message, words);
    t.same(reports, ['failed']);
    t.equal(methods(since), 'OPTIONS', 'and the request is not sent');
  };
  const all = { ...allowed, 'Access-Control-Allow-Methods': '*', 'Access-Control-Allow-Headers': '*' };
  await refused(
    { 'Access-Control-Allow-Methods': 'PUT' },
    put,
    /the preflight's response has no Access-Control-Allow-Origin/,
  );
  await refused(allowed, put, /does not allow the method PUT/);
  await refused({ ...allowed, 'Access-Control-Allow-Methods': 'put' }, put, /does not allow the method PUT/);
  await refused(
    { ...allowed, 'Access-Control-Allow-Methods': 'PUT,{}' },
    put,
    /malformed Access-Control-Allow-Methods/,
  );
  await refused(
    { ...all, 'Access-Control-Allow-Headers': 'a b' },
    put,
    /malformed Access-Control-Allow-Headers/,
  );
  await refused(allowed, { headers: ['X-A', '1'] }, /does not allow the header x-a/);
  await refused(all, { headers: ['Authorization', 'x'] }, /does not allow the header authorization/);
  const credentials = { 'Access-Control-Allow-Origin': shop, 'Access-Control-Allow-Credentials': 'true' };
  await refused(
    { ...all, ...credentials },
    { ...put, includeCredentials: true },
    /does not allow the method PUT/,
  );
  await refused(
    { ...all, ...credentials },
    { headers: ['X-A', '1'], includeCredentials: true },
    /does not allow the header x-a/,
  );
  await refused(
    { ...all, 'Access-Control-Allow-Origin': shop },
    { ...put, includeCredentials: true },
    /no Access-Control-Allow-Credentials/,
  );
  for (status of [301, 304, 400, 404, 500]) await refused(all, put, new RegExp(`has the status ${status}`));
  status = 204;
  t.equal((await ask(all, put)).text, 'ok');
  status = 200;
});

t.test('a star allows everything without credentials', async (t) => {
  const answer = {
    ...allowed,
    'Access-Control-Allow-Methods': '*',
    'Access-Control-Allow-Headers': 'authorization, *',
  };
  t.equal((await ask(answer, { method: 'PATCH', headers: ['X-A', '1', 'authorization', 'x'] })).text, 'ok');
  const named = {
    'Access-Control-Allow-Origin': shop,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'PUT, *',
  };
  t.equal((await ask(named, { method: 'PUT', includeCredentials: true })).text, 'ok');
});

t.test('never follows a redirect', async (t) => {
  let asked = 0;
  const moved = await originServer((_, response) => {
    asked++;
    response.writeHead(307, { ...allowed, 'Access-Control-Allow-Methods': '*', location: '/' }).end();
  });
  const { error } = await runFetch(makeFetchClient({ origin: shop }), moved.origin, { method: 'PUT' });
  t.match(error?.message, /the preflight's response has the status 307/);
  t.equal(asked, 1);
  await moved.close();
});

t.test('with a malformed response is an error', async (t) => {
  for (const garbage of [
    '!?\r\n\r\n',
    '',
    `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: ${shop}\r\nno colon\r\n\r\n`,
    '\0'.repeat(1000),
  ]) {
    const raw = await rawServer((socket) => socket.end(garbage));
    const { error, reports } = await runFetch(makeFetchClient({ origin: shop }), raw.origin, {
      method: 'PUT',
    });
    t.match(error, { phase: 'headers', request: { method: 'OPTIONS' } });
    t.same(reports, ['failed']);
    await raw.close();
  }
});

t.test('with a long body does not wait for it', async (t) => {
  const long = await rawServer((socket, head) => {
    const fields = 'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: *\r\n';
    socket.write(
      head.startsWith('OPTIONS')
        ? `${fields}content-length: 999\r\n\r\na`
        : `${fields}content-length: 2\r\n\r\nok`,
    );
  });
  t.equal((await runFetch(makeFetchClient({ origin: shop }), long.origin, { method: 'PUT' })).text, 'ok');
  await long.close();
});

t.test('is terminated with its fetch', async (t) => {
  let closed = (): void => undefined;
  const done = new Promise<void>((resolve) => (closed = resolve));
  let stop = (): void => undefined;
  const heads: string[] = [];
  const silent = await rawServer((socket, head) => {
    heads.push(head);
    socket.on('close', closed);
    stop();
  });
  const data = makeFetchClient({ origin: shop });
  const { sink, reported } = silentSink();
  stop = fetch(fetchRequestOf(silent.origin, { method: 'PUT' }), data, sink);
  await done;
  await new Promise(setImmediate);
  t.same(reported, []);
  t.equal(heads.length, 1, 'nor is the request sent');
  t.match(heads[0], /^OPTIONS /);
  await silent.close();
});

t.test('is remembered', async (t) => {
  const answer = {
    ...allowed,
    'Access-Control-Allow-Methods': 'PUT, DELETE',
    'Access-Control-Allow-Headers': 'X-A',
  };
  const client = makeFetchClient({ origin: shop });
  const run = async (
    request: Partial<FetchRequest>,
    fields: Record<string, string> = answer,
  ): Promise<string> => {
    const since = server.requests.length;
    await ask(fields, request, client);
    return methods(since);
  };
  t.equal(await run({ method: 'PUT', headers: ['x-a', '1'] }), 'OPTIONS PUT');
  t.equal(await run({ method: 'DELETE', headers: ['X-A', '1'] }), 'DELETE', 'for all that it allowed');
  t.equal(await run({ headers: ['X-B', '1'] }), 'OPTIONS', 'but for nothing else');
  t.equal(await run({ method: 'PUT' }), 'OPTIONS PUT', 'a refusal clears it');
  t.equal(
    await run({ method: 'PUT', useCorsPreflight: true }),
    'PUT',
    'a listener on the upload is no matter',
  );
  t.equal(
    await run({ method: 'PUT', includeCredentials: true }),
    'OPTIONS',
    'without credentials is not with them',
  );
  t.equal(await run({ method: 'PUT' }, { ...answer, 'Access-Control-Max-Age': '0' }), 'OPTIONS PUT');
  t.equal(await run({ method: 'PUT' }), 'OPTIONS PUT', 'no longer than the server says');

  const other = makeFetchClient({ origin: 'http://other.example' });
  const since = server.requests.length;
  await ask(answer, { method: 'PUT' }, other);
  t.match(methods(since), /^OPTIONS/, 'not for another origin');
});

t.test('is remembered with credentials for requests without', async (t) => {
  const client = makeFetchClient({ origin: shop });
  const answer = {
    'Access-Control-Allow-Origin': shop,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'PUT',
  };
  await ask(answer, { method: 'PUT', includeCredentials: true }, client);
  const since = server.requests.length;
  await ask(answer, { method: 'PUT' }, client);
  await ask(answer, { method: 'PUT', includeCredentials: true }, client);
  t.equal(methods(since), 'PUT PUT');
});

t.test("is needed for a header that was not allowed, whatever the method's name", async (t) => {
  const client = makeFetchClient({ origin: shop });
  const answer = {
    'Access-Control-Allow-Origin': shop,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'x-a',
    'Access-Control-Allow-Headers': 'x-a',
  };
  const request = { method: 'x-a', includeCredentials: true };
  await ask(answer, { ...request, headers: ['x-a', '1'] }, client);
  const since = server.requests.length;
  const { error } = await ask(answer, { ...request, headers: ['X-Secret', '1'] }, client);
  t.match(error?.message, /does not allow the header x-secret/);
  t.equal(methods(since), 'OPTIONS');
});
