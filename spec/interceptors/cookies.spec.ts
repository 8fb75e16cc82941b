import t from 'tap';
import { CookieJar } from 'tough-cookie';
import { type Dispatcher, MockAgent } from 'undici';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { cookies } from '../../source/interceptors/cookies.js';
import { cookieContext } from '../../source/node/fetching/sameSite.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { originServer } from '../helpers/originServer.js';
import { record } from '../helpers/record.js';

/** Sets what the query says, redirects where it says, and tells the cookies that came. */
const server = await originServer((request, response) => {
  const query = new URL(request.url, 'http://x').searchParams;
  if (query.has('set')) response.setHeader('set-cookie', query.getAll('set'));
  const to = query.get('to');
  if (to !== null) response.writeHead(302, { location: to });
  response.end(request.headers.cookie ?? '(none)');
});
t.teardown(() => server.close());
const request = requestFactory(() => nodeAdapter())();

t.test('cookies of a response, and of the redirects before it, go with the next request', async (t) => {
  const interceptors = [cookies(new CookieJar())];
  const get = async (path: string): Promise<string> =>
    (await record(request(server.origin + path, { interceptors }))).text;
  t.equal(await get('/?set=a=1'), '(none)');
  t.equal(await get('/'), 'a=1');
  t.equal(await get('/?set=b=2;Path=/&to=/'), 'a=1; b=2', 'behind the redirect at once');
  t.equal((await record(request(server.origin))).text, '(none)', 'a request without the jar');
});

t.test('the limit of the field holds', async (t) => {
  const jar = new CookieJar();
  await jar.setCookie(`a=${'x'.repeat(100)}`, server.origin);
  const { error } = await record(
    request(server.origin, { interceptors: [cookies(jar)], limits: { cookieBytes: 50 } }),
  );
  t.match(error, { code: 'ERR_LIMIT', limit: 'cookieBytes' });
});

t.test('with an origin cookies go elsewhere with credentials only, and by SameSite', async (t) => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  t.teardown(() => agent.close());
  const hosts = [
    'https://shop.example.com',
    'https://api.example.com',
    'https://other.example.org',
    'http://shop.example.com',
  ];
  const sent: string[] = [];
  for (const host of hosts) {
    agent
      .get(host)
      .intercept({ path: '/' })
      .reply(200, ({ headers }) => {
        const fields = Object.entries(headers as Readonly<Record<string, string>>);
        sent.push(fields.find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '');
        return 'ok';
      })
      .persist();
  }
  const jar = new CookieJar();
  for (const host of hosts) {
    for (const kind of ['Strict', 'Lax', 'None'])
      await jar.setCookie(`${kind}=1; SameSite=${kind}${host.startsWith('https') ? '; Secure' : ''}`, host);
  }
  const adapter = nodeAdapter({ dispatcher: agent as unknown as Dispatcher });
  const interceptors = [cookies(jar, { origin: 'https://shop.example.com' })];
  const get = async (url: string, withCredentials: boolean): Promise<string | undefined> => {
    await record(request(url, { adapter, interceptors, withCredentials }));
    return sent.at(-1);
  };
  t.equal(await get('https://shop.example.com/', false), 'Strict=1; Lax=1; None=1');
  t.equal(await get('https://api.example.com/', false), '', 'another origin');
  t.equal(await get('https://api.example.com/', true), 'Strict=1; Lax=1; None=1', 'of the same site');
  t.equal(await get('https://other.example.org/', true), 'None=1', 'another site');
});

t.test('sites are compared by scheme and registrable domain', (t) => {
  const context = (url: string, origin: string | undefined = 'https://shop.example.co.uk'): unknown =>
    cookieContext(origin, url).sameSiteContext;
  t.equal(context('https://api.example.co.uk:8443/x'), 'strict');
  t.equal(context('https://other.co.uk/'), 'none', 'a public suffix is no site');
  t.equal(context('http://shop.example.co.uk/'), 'none');
  t.equal(context('http://127.0.0.1:2/', 'http://127.0.0.1:1'), 'strict');
  t.equal(context('http://127.0.0.2/', 'http://127.0.0.1'), 'none');
  t.equal(context('https://a.example/', 'null'), 'none');
  t.equal(cookieContext(undefined, 'https://a.example/').sameSiteContext, undefined);
  t.end();
});

t.test('what is no jar is refused, and so is a jar over an adapter of a browser', async (t) => {
  t.throws(() => cookies(Object.create(null) as CookieJar), /the jar has no method getCookieString\(\)/);
  t.throws(() => cookies(new CookieJar(), { origin: 'nonsense' }), /origin must be an origin/);
  t.throws(() => cookies(new CookieJar(), { orgin: 'x' } as object), TypeError);
  const { error } = await record(
    request(server.origin, { adapter: fetchAdapter(), interceptors: [cookies(new CookieJar())] }),
  );
  t.match(error, { message: /fetchAdapter cannot honour a cookie jar/ });
});
