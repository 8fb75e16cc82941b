import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { CookieJar } from 'tough-cookie';
import { Agent } from 'undici';
import { type CookieJar as AnyCookieJar } from '../../../source/http/CookieJar.js';
import { cookiesOf } from '../../../source/node/fetching/cookies.js';
import { type FetchClientOptions } from '../../../source/node/fetching/makeFetchClient.js';
import { type SyncEnvironment } from '../../../source/node/xmlhttprequest/sync/protocol.js';
import { serverThread } from '../../helpers/serverThread.js';
import { syncEnvironment, syncRequest, textOf } from '../../helpers/syncRequest.js';

const [server, other] = await Promise.all([serverThread(), serverThread()]);
t.teardown(() => Promise.all([server.close(), other.close()]));

const withJar = (cookieJar: AnyCookieJar, client: FetchClientOptions = {}): SyncEnvironment =>
  syncEnvironment({ ...client, cookies: cookiesOf(cookieJar) }, { cookieJar });

t.test('cookies come from the jar and go to it, even between redirects', async (t) => {
  const cookieJar = new CookieJar();
  await cookieJar.setCookie('a=1', server.origin);
  const environment = withJar(cookieJar, { origin: server.origin });
  const to = encodeURIComponent(`${server.origin}/cookies?set=c%3D3`);
  t.equal(
    textOf(
      syncRequest(`${server.origin}/cookies?set=b%3D2&set=d%3D4;domain%3Delsewhere.example&to=${to}`, {
        environment,
      }),
    ),
    'a=1; b=2',
  );
  t.equal(await cookieJar.getCookieString(server.origin), 'a=1; b=2; c=3');
  t.equal(textOf(syncRequest(`${server.origin}/cookies`)), '', 'without a jar');
});

t.test('an asynchronous jar is refused with the reason, once it is needed', (t) => {
  const { origin } = server;
  const asynchronous: AnyCookieJar = {
    getCookieString: () => Promise.resolve(''),
    setCookie: () => Promise.resolve(undefined),
  };
  const environment = withJar(asynchronous, { origin });
  t.match(syncRequest(`${origin}/cookies`, { environment }), {
    type: 'failed',
    error: { name: 'NetworkError', message: /getCookieStringSync or setCookieSync/ },
  });
  t.equal(textOf(syncRequest('data:,a', { environment })), 'a', 'where no cookies are sent');
  const failing: AnyCookieJar = {
    ...asynchronous,
    getCookieStringSync() {
      throw new Error('the store is not synchronous');
    },
    setCookieSync: () => undefined,
  };
  t.match(syncRequest(`${origin}/cookies`, { environment: withJar(failing, { origin }) }), {
    type: 'failed',
    error: { cause: { message: 'the store is not synchronous' } },
  });
  t.match(syncRequest(`${origin}/cookies`, { environment }), { type: 'failed' }, 'and so it remains');
  t.equal(textOf(syncRequest(`${origin}/answer?body=next`)), 'next', 'others go on');
  t.end();
});

t.test('synchronous and asynchronous requests share credentials', (t) => {
  const environment = syncEnvironment({ origin: server.origin });
  const url = new URL('/protected/area', server.origin);
  const asked = Object.assign(new URL(url), { username: 'user', password: 'secret' });
  t.match(syncRequest(url.href, { environment }), { response: { status: 401 } }, 'at first');
  t.match(textOf(syncRequest(asked.href, { environment })), /^Basic /);
  t.same(
    environment.client.credentials.entries().map(({ origin, realm }) => [origin, realm]),
    [[server.origin, 'area']],
  );
  t.match(textOf(syncRequest(url.href, { environment })), /^Basic /, 'from then on');
  environment.client.credentials.replace([]);
  t.match(syncRequest(url.href, { environment }), { response: { status: 401 } }, 'after they are forgotten');
  t.end();
});

t.test('CORS is enforced, and all requests share its preflights', (t) => {
  const environment = syncEnvironment({ origin: 'https://shop.example' });
  t.match(syncRequest(`${server.origin}/answer`, { environment }), {
    type: 'failed',
    error: { name: 'NetworkError', message: /Access-Control-Allow-Origin/i },
  });
  const url = `${server.origin}/preflighted?id=sync`;
  const request = { environment, method: 'PUT', headers: ['X-Own', '1'] };
  t.equal(textOf(syncRequest(url, request)), '1');
  t.equal(textOf(syncRequest(url, request)), '1', 'remembered');
  const known = environment.client.preflights.entries();
  t.same(
    known.map(({ url, methods }) => [url, methods]),
    [[url, ['PUT']]],
  );
  environment.client.preflights.replace([]);
  t.equal(textOf(syncRequest(url, request)), '2', 'forgotten');
  environment.client.preflights.replace(known);
  t.equal(textOf(syncRequest(url, request)), '2', 'learnt elsewhere');
  t.end();
});

t.test('referrer and schemes are passed to the thread', (t) => {
  const environment = syncEnvironment({ referrer: `${server.origin}/from?query`, schemes: ['file'] });
  t.match(JSON.parse(textOf(syncRequest(`${server.origin}/echo`, { environment }))), {
    headers: { referer: `${server.origin}/from?query` },
  });
  const directory = t.testdir({ 'file.txt': 'from the file' });
  const file = pathToFileURL(join(directory, 'file.txt')).href;
  t.equal(textOf(syncRequest(file, { environment })), 'from the file');
  t.match(syncRequest(file), { type: 'failed', error: { name: 'NetworkError' } }, 'not by default');
  t.end();
});

t.test('settings that cannot be passed to the thread are refused before sending, with advice', (t) => {
  const handled = syncEnvironment({ schemes: [['Memory', () => () => undefined]] });
  t.match(syncRequest('memory:a', { environment: handled }), {
    type: 'failed',
    error: {
      name: 'NetworkError',
      message: /the handler of the scheme memory cannot be passed to the thread/,
    },
  });
  t.equal(textOf(syncRequest('data:,a', { environment: handled })), 'a', 'other schemes go on');
  const dispatcher = new Agent();
  t.teardown(() => dispatcher.close());
  const dispatched = syncEnvironment({ dispatcher });
  t.match(syncRequest(`${server.origin}/answer?id=dispatcher`, { environment: dispatched }), {
    type: 'failed',
    error: { name: 'NetworkError', message: /the option dispatcher.*syncDispatcher.*default export/ },
  });
  t.equal(
    textOf(syncRequest('data:,a', { environment: dispatched })),
    'a',
    'what needs no dispatcher goes on',
  );
  t.match(JSON.parse(textOf(syncRequest(`${server.origin}/log?id=dispatcher`))), { requests: 0 });
  t.end();
});

t.test('syncDispatcher is a module loaded in the thread, and carries http requests', (t) => {
  const directory = t.testdir({
    'good.mjs': `
      import { Agent } from 'undici';
      let loaded = (globalThis.loaded ?? 0) + 1;
      globalThis.loaded = loaded;
      const agent = new Agent();
      export default agent.compose((dispatch) => (options, handler) =>
        dispatch({ ...options, path: '/answer?body=dispatched' + globalThis.loaded }, handler));`,
    'none.mjs': 'export default 1;',
    'broken.mjs': 'throw new Error("it does not load");',
  });
  const from = (
    syncDispatcher: string | URL,
    url = `${server.origin}/echo`,
  ): ReturnType<typeof syncRequest> =>
    syncRequest(url, { environment: syncEnvironment({}, { syncDispatcher, hasDispatcher: true }) });
  const url = (name: string): URL => pathToFileURL(join(directory, name));
  t.equal(textOf(from(url('good.mjs'))), 'dispatched1');
  t.equal(textOf(from(url('good.mjs').href, `${other.origin}/`)), 'dispatched1', 'loaded once');
  t.equal(textOf(from(url('missing.mjs'), 'data:,a')), 'a', 'not loaded where it is of no use');
  t.match(from(url('missing.mjs')), {
    error: {
      phase: 'connect',
      message: /missing\.mjs\) cannot be loaded/,
      cause: { message: /missing\.mjs/ },
    },
  });
  t.match(from(url('broken.mjs')), { error: { cause: { message: 'it does not load' } } });
  t.match(from(url('none.mjs')), {
    error: { message: /none\.mjs\) does not export a dispatcher as its default/ },
  });
  t.match(from('./relative.mjs'), { error: { message: /\(\.\/relative\.mjs\) is not an absolute URL/ } });
  t.equal(textOf(from(url('good.mjs'))), 'dispatched1', 'after all these');
  t.end();
});
