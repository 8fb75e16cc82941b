import t from 'tap';
import { CookieJar } from 'tough-cookie';
import { MockAgent } from 'undici';
import { isLimitError, isNetworkError } from '../../../source/errors/guards.js';
import { cookiesOf } from '../../../source/node/fetching/cookies.js';
import { fetch } from '../../../source/node/fetching/fetch.js';
import { type Cookies } from '../../../source/node/fetching/fetchContract.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { originServer } from '../../helpers/originServer.js';
import { fetchRequestOf, runFetch, silentSink } from '../../helpers/runFetch.js';

/** Sets what the query says, redirects where it says, and tells the cookies that came. */
const [here, there] = await Promise.all(
  [0, 1].map(() =>
    originServer((request, response) => {
      const query = new URL(request.url, 'http://x').searchParams;
      const origin = request.headers.origin;
      if (origin !== undefined) {
        response.setHeader('access-control-allow-origin', origin);
        response.setHeader('access-control-allow-credentials', 'true');
        response.setHeader('access-control-allow-methods', 'PUT');
      }
      if (query.has('set')) response.setHeader('set-cookie', query.getAll('set'));
      const to = query.get('to');
      if (to !== null) response.writeHead(Number(query.get('code') ?? 302), { location: to });
      else if (query.has('realm') && request.headers.authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm=x' });
      }
      response.end(request.headers.cookie ?? '(none)');
    }),
  ),
);
if (here === undefined || there === undefined) throw new Error('no servers');
t.teardown(() => Promise.all([here.close(), there.close()]));

const all = { includeCredentials: true };

t.test('without an origin cookies go with credentials only', async (t) => {
  const jar = new CookieJar();
  const client = makeFetchClient({ cookies: cookiesOf(jar) });
  t.equal((await runFetch(client, `${here.origin}/?set=a=1`)).text, '(none)');
  t.equal(await jar.getCookieString(here.origin), '', 'nor are any taken');
  await runFetch(client, `${here.origin}/?set=a=1&set=b=2;Path=/deep`, all);
  t.equal((await runFetch(client, here.origin, all)).text, 'a=1');
  t.equal((await runFetch(client, `${here.origin}/deep/er#x`, all)).text, 'b=2; a=1');
  t.equal((await runFetch(client, here.origin)).text, '(none)');
});

t.test('with an origin they go to it, and elsewhere with credentials', async (t) => {
  const jar = new CookieJar();
  const client = makeFetchClient({ cookies: cookiesOf(jar), origin: here.origin });
  await runFetch(client, `${here.origin.replace('//', '//me:secret@')}/?set=own=1`);
  t.equal((await runFetch(client, here.origin)).text, 'own=1');
  // Both servers are one host, and cookies know no ports.
  t.equal((await runFetch(client, `${there.origin}/?set=other=1`)).text, '(none)');
  t.equal((await runFetch(client, here.origin)).text, 'own=1');
  t.equal((await runFetch(client, `${there.origin}/?set=other=1`, all)).text, 'own=1');
  t.equal((await runFetch(client, here.origin)).text, 'own=1; other=1');
});

t.test('never with a preflight', async (t) => {
  const jar = new CookieJar();
  await jar.setCookie('a=1', there.origin);
  const client = makeFetchClient({ cookies: cookiesOf(jar), origin: here.origin });
  t.equal((await runFetch(client, `${there.origin}/?set=b=2`, { ...all, method: 'PUT' })).text, 'a=1');
  const [preflight] = there.requests.slice(-2);
  t.equal(preflight?.method, 'OPTIONS');
  t.equal(preflight?.headers.cookie, undefined);
});

t.test('at each step of a redirect, by its own URL', async (t) => {
  const jar = new CookieJar();
  const client = makeFetchClient({ cookies: cookiesOf(jar) });
  const end = encodeURIComponent('/end?x');
  t.equal((await runFetch(client, `${here.origin}/?set=a=1&to=${end}`, all)).text, 'a=1');
  const local = here.origin.replace('127.0.0.1', 'localhost');
  t.equal((await runFetch(client, `${here.origin}/?to=${encodeURIComponent(local)}`, all)).text, '(none)');
});

t.test('with a 401 and the request repeated after it', async (t) => {
  const client = makeFetchClient({ cookies: cookiesOf(new CookieJar()) });
  const url = `${here.origin.replace('//', '//me:secret@')}/?realm&set=a=1`;
  t.equal((await runFetch(client, url, all)).text, 'a=1');
});

t.test('cookies that the jar refuses are ignored', async (t) => {
  const jar = new CookieJar();
  const client = makeFetchClient({ cookies: cookiesOf(jar) });
  const fields = ['a=1; Domain=other.example', 'b=1; Domain=com', '', '__Secure-c=1', 'd=1'];
  const query = fields.map((field) => `set=${encodeURIComponent(field)}`).join('&');
  const { error } = await runFetch(client, `${here.origin}/?${query}`, all);
  t.equal(error, undefined);
  t.equal((await runFetch(client, here.origin, all)).text, 'd=1');
});

t.test('the response waits until they are stored', async (t) => {
  let store = (): void => undefined;
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const order: string[] = [];
  const slow: Cookies = {
    get: () => Promise.resolve(''),
    set: (field) => {
      order.push(field);
      asked();
      return new Promise((resolve) => (store = resolve));
    },
  };
  const client = makeFetchClient({ cookies: slow });
  const run = runFetch(client, `${here.origin}/?set=a=1`, all, (name) => order.push(name));
  await isAsked;
  await runFetch(makeFetchClient(), here.origin);
  await runFetch(makeFetchClient(), here.origin);
  t.same(order, ['a=1']);
  store();
  const { text, reports } = await run;
  t.equal(text, '(none)');
  t.same(reports, ['response', 'bodyChunk', 'endOfBody']);
  t.same(order, ['a=1', ...reports]);
});

t.test('the reports that wait for them are bounded, and the fetch can be terminated', async (t) => {
  let asked = (): void => undefined;
  const never: Cookies = {
    get: () => Promise.resolve(''),
    set: () => {
      asked();
      return new Promise(() => undefined);
    },
  };
  const large = await originServer((_, response) =>
    response.writeHead(200, { 'set-cookie': 'a=1' }).end(Buffer.alloc(100_000)),
  );
  const client = makeFetchClient({ cookies: never, limits: { bufferedBytes: 50_000 } });
  const { error, reports } = await runFetch(client, large.origin, all);
  t.ok(isLimitError(error));
  t.match(error, { limit: 'bufferedBytes' });
  t.same(reports, ['failed']);

  const { sink, reported } = silentSink();
  const waiting = new Promise<void>((resolve) => (asked = resolve));
  const terminate = fetch(fetchRequestOf(large.origin, all), makeFetchClient({ cookies: never }), sink);
  await waiting;
  await runFetch(makeFetchClient(), large.origin);
  terminate();
  await new Promise(setImmediate);
  t.same(reported, []);
  await large.close();
});

t.test('a jar that fails makes the fetch fail', async (t) => {
  const broken = new Error('the disk is full');
  const rejecting = (): Promise<never> => Promise.reject(broken);
  const unreadable = makeFetchClient({
    cookies: cookiesOf({ getCookieString: rejecting, setCookie: rejecting }),
  });
  const read = await runFetch(unreadable, here.origin, all);
  t.match(read.error?.message, /the cookies cannot be read: the disk is full/);
  const unwritable = makeFetchClient({ cookies: { get: () => Promise.resolve(''), set: rejecting } });
  for (const query of ['set=a=1', 'set=a=1&to=/', 'set=a=1&set=b=1&realm']) {
    const { error, reports } = await runFetch(unwritable, `${here.origin}/?${query}`, all);
    t.ok(isNetworkError(error));
    t.match(error?.message, /the cookies cannot be stored: the disk is full/);
    t.same(reports, ['failed']);
  }
  const refused = makeFetchClient({ cookies: { get: () => Promise.resolve(''), set: rejecting } });
  const { error } = await runFetch(refused, `${here.origin}/?set=a=1&to=data:,x`, all);
  t.match(
    error?.message,
    /a redirect to data:/,
    'and its rejection is no uncaught one where something else failed first',
  );
  await new Promise(setImmediate);
});

t.test("they are sent through a caller's dispatcher too", async (t) => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent
    .get('https://mock.example')
    .intercept({ path: '/', headers: { cookie: 'a=1' } })
    .reply(200, 'with a cookie');
  const jar = new CookieJar();
  await jar.setCookie('a=1; Secure; HttpOnly', 'https://mock.example/');
  const client = makeFetchClient({
    dispatcher: agent,
    cookies: cookiesOf(jar),
    origin: 'https://mock.example',
  });
  t.equal((await runFetch(client, 'https://mock.example/')).text, 'with a cookie');
});

t.test('a jar may throw or return values instead of promises', async (t) => {
  const client = makeFetchClient({
    cookies: cookiesOf({
      getCookieString() {
        throw new Error('no jar');
      },
      setCookie: () => Promise.resolve(),
    }),
  });
  const { error } = await runFetch(client, here.origin, { includeCredentials: true });
  t.match(error?.message, /the cookies cannot be read: no jar/);
  const plain = { getCookieString: () => 'a=1', setCookie: () => undefined } as unknown as CookieJar;
  t.equal(await cookiesOf(plain).get(here.origin), 'a=1');
});
