import t from 'tap';
import { isPotentiallyTrustworthy } from '../../../source/http/serializedUrl.js';
import { basicRealm, urlAuthorization } from '../../../source/node/fetching/basicCredentials.js';
import { ongoingRequestOf } from '../../../source/node/fetching/FetchClient.js';
import { HttpCredentials } from '../../../source/node/fetching/HttpCredentials.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { determineReferrer, parseReferrerPolicy } from '../../../source/node/fetching/referrer.js';
import { originServer } from '../../helpers/originServer.js';
import { fetchRequestOf, runFetch } from '../../helpers/runFetch.js';

t.test('a client refuses invalid options', (t) => {
  for (const origin of ['shop.example', '', '//shop.example', 'data:,x', 'file:///x']) {
    t.throws(
      () => makeFetchClient({ origin }),
      { message: /The option origin must be an origin such as 'https:/ },
      origin,
    );
  }
  t.equal(makeFetchClient({ origin: 'HTTPS://Shop.Example:443/page' }).origin, 'https://shop.example');
  t.equal(makeFetchClient({ origin: 'null' }).origin, 'null');
  t.equal(makeFetchClient().origin, undefined);
  t.throws(() => makeFetchClient({ referrer: '/page' }), {
    message: /The option referrer must be an absolute URL, not '\/page'/,
  });
  t.equal(
    makeFetchClient({ referrer: 'https://me:secret@a.example/b?c#d' }).referrer,
    'https://a.example/b?c',
  );
  t.equal(makeFetchClient({ referrer: new URL('about:blank') }).referrer, undefined);
  t.throws(() => makeFetchClient({ schemes: ['gopher' as 'ftp'] }), { message: /Unknown scheme 'gopher'/ });
  t.throws(() => makeFetchClient({ limits: { headerBytes: -1 } }), {
    name: 'RangeError',
    message: /limits\.headerBytes is -1/,
  });
  t.equal(makeFetchClient({ limits: { headerBytes: 5 } }).limits.headerBytes, 5);
  t.end();
});

t.test('the login of a URL is sent byte by byte, whatever its characters', (t) => {
  const sent = (url: string) =>
    Buffer.from(urlAuthorization(new URL(url).href)?.replace('Basic ', '') ?? '', 'base64').toString(
      'latin1',
    );
  t.equal(sent('http://a.example/@x'), '');
  t.equal(sent('http://ada:p%40ss@a.example/'), 'ada:p@ss');
  t.equal(sent('http://ada:50%off@a.example/'), 'ada:50%off');
  t.equal(sent('http://%:%%4@a.example/'), '%:%%4');
  t.equal(sent('http://%ff:é@a.example/'), '\xff:\xc3\xa9');
  t.equal(sent('http://:x@a.example/'), ':x');
  t.end();
});

t.test('the realm of a Basic challenge', (t) => {
  const realm = (...fields: string[]): string | undefined =>
    basicRealm(['x', 'y', ...fields.flatMap((field) => ['www-authenticate', field])]);
  t.equal(realm(), undefined);
  t.equal(realm('Basic realm="a b"'), 'a b');
  t.equal(realm('Basic realm="a \\"b\\" \\\\"'), 'a "b" \\');
  t.equal(realm('BASIC Realm = token'), 'token');
  t.equal(realm('Basic charset="UTF-8", realm="x"'), 'x');
  t.equal(realm('Basic'), '');
  t.equal(realm('Basic, Digest realm="d"'), '');
  t.equal(realm('Digest realm="d", Basic realm="b"'), 'b');
  t.equal(realm('Digest realm="d", nonce="Basic realm=x", Basic realm="b"'), 'b');
  t.equal(realm('Negotiate YWJj==, Basic realm="b"'), 'b');
  t.equal(realm('Negotiate Basic'), undefined, 'a token68 is no scheme');
  t.equal(realm('Digest basic="x", realm="y"'), undefined);
  t.equal(realm('Digest realm="d"', ', ,Basic realm=""'), '');
  t.equal(realm('Digest realm="open, Basic realm=x', 'Basic realm=y'), 'y', 'a string that never ends');
  t.equal(realm(''), undefined);
  // What is not linear takes hours here.
  for (const part of ['a', ' ', '=', '"', '\\', ',', 'a=', 'a ', '"\\', ' =']) {
    t.equal(realm(`x ${part.repeat(1_000_000)}`), undefined);
  }
  t.equal(realm('Basic '.repeat(1_000_000)), '');
  t.end();
});

t.test('credentials are found by path and realm', (t) => {
  const credentials = new HttpCredentials();
  t.equal(credentials.find('http://a.example/'), undefined);
  credentials.set('http://me:x@a.example/dir/page?q', 'one', 'Basic 1');
  t.equal(credentials.find('http://a.example/dir/other'), 'Basic 1');
  t.equal(credentials.find('http://a.example/dir/deeper/x'), 'Basic 1');
  t.equal(credentials.find('http://a.example/dir'), undefined);
  t.equal(credentials.find('http://a.example/directory/'), undefined);
  t.equal(credentials.find('https://a.example/dir/page'), undefined);
  t.equal(credentials.find('http://a.example:81/dir/page'), undefined);
  t.equal(credentials.find('http://b.example/?http://a.example/dir/page'), undefined);
  t.equal(credentials.get('http://a.example/elsewhere', 'one'), 'Basic 1');
  t.equal(credentials.get('http://b.example/', 'one'), undefined);
  credentials.set('http://a.example/dir/deeper/', 'two', 'Basic 2');
  t.equal(credentials.find('http://a.example/dir/deeper/x'), 'Basic 2', 'the deepest holds');
  credentials.set('http://a.example/x', 'one', 'Basic 3');
  t.equal(credentials.find('http://a.example/dir/other'), 'Basic 3', 'what is new holds for the whole realm');
  t.same(
    credentials.entries().find(({ realm }) => realm === 'one')?.paths,
    ['/'],
    'a path takes those below it in',
  );
  credentials.remove('http://a.example/', 'one', 'Basic 1');
  t.equal(
    credentials.get('http://a.example/', 'one'),
    'Basic 3',
    'nothing but what was refused is forgotten',
  );
  credentials.remove('http://a.example/', 'one', 'Basic 3');
  t.equal(credentials.get('http://a.example/', 'one'), undefined);

  const copy = new HttpCredentials();
  copy.set('http://gone.example/', '', 'Basic 0');
  copy.replace(structuredClone(credentials.entries()));
  t.same(copy.entries(), credentials.entries());

  for (let index = 0; index < 300; index++) {
    credentials.set(`http://a.example/${index}/`, String(index), 'Basic x');
    credentials.find('http://a.example/0/');
    credentials.set(`http://a.example/${index}/`, 'all', 'Basic y');
  }
  t.equal(credentials.entries().length, 256);
  t.ok(credentials.get('http://a.example/', '0'), 'what is used is kept');
  t.notOk(credentials.get('http://a.example/', '1'));
  t.equal(credentials.entries().find(({ realm }) => realm === 'all')?.paths.length, 16);
  t.end();
});

t.test('what counts as trustworthy', (t) => {
  for (const url of [
    'https://a.example/',
    'http://localhost/',
    'http://a.localhost:80/',
    'http://127.0.0.1:1/',
    'http://127.9.9.9/',
    'http://[::1]/',
    'http://me@localhost/',
  ]) {
    t.ok(isPotentiallyTrustworthy(url), url);
  }
  for (const url of [
    'http://a.example/',
    'http://localhost.example/',
    'http://notlocalhost/',
    'http://128.0.0.1/',
    'http://[::2]/',
    'http://a.example/localhost',
    'http://127.0.0.1.example/',
  ]) {
    t.notOk(isPotentiallyTrustworthy(url), url);
  }
  t.end();
});

t.test('the referrer, by policy', (t) => {
  const page = 'https://a.example/page?q';
  const [same, other, down] = ['https://a.example/x', 'https://b.example/x', 'http://b.example/x'];
  const origin = 'https://a.example/';
  const cases: Record<string, (string | undefined)[]> = {
    'no-referrer': [undefined, undefined, undefined],
    origin: [origin, origin, origin],
    'unsafe-url': [page, page, page],
    'strict-origin': [origin, origin, undefined],
    'origin-when-cross-origin': [page, origin, origin],
    'same-origin': [page, undefined, undefined],
    'no-referrer-when-downgrade': [page, page, undefined],
    'strict-origin-when-cross-origin': [page, origin, undefined],
  };
  const referrerOf = (url: string, referrerPolicy: string, referrer = page): string | undefined =>
    determineReferrer({
      ...ongoingRequestOf(fetchRequestOf(url), makeFetchClient({ referrer })),
      referrerPolicy,
    });
  for (const [policy, expected] of Object.entries(cases)) {
    t.same(
      [same, other, down].map((url) => referrerOf(url, policy)),
      expected,
      policy,
    );
  }
  t.equal(referrerOf(same, 'unsafe-url', `${origin}${'a'.repeat(4_100)}`), origin, 'a long one is shortened');
  t.equal(
    parseReferrerPolicy('no-referrer, unknown, SAME-origin,'),
    'same-origin',
    'the last known one holds',
  );
  t.equal(parseReferrerPolicy('unknown'), undefined);
  t.end();
});

t.test('the Referer that is sent', async (t) => {
  const [here, there] = await Promise.all(
    [0, 1].map(() =>
      originServer((request, response) => {
        const query = new URL(request.url, 'http://x').searchParams;
        const policy = query.get('policy');
        if (policy !== null) response.setHeader('referrer-policy', policy);
        if (query.has('to')) response.writeHead(302, { location: query.get('to') ?? '' });
        response.end(request.headers.referer ?? '(none)');
      }),
    ),
  );
  if (here === undefined || there === undefined) throw new Error('no servers');
  const referrer = `${here.origin}/page?q`;
  const client = makeFetchClient({ referrer });
  const ask = async (url: string): Promise<string> => (await runFetch(client, url)).text;
  t.equal(await ask(`${here.origin}/x`), referrer);
  t.equal(await ask(there.origin), `${here.origin}/`);
  t.equal(await ask(`${here.origin}/?to=${there.origin}/`), `${here.origin}/`);
  t.equal(
    await ask(`${there.origin}/?to=${here.origin}/`),
    `${here.origin}/`,
    'what is left out does not come back',
  );
  t.equal(await ask(`${here.origin}/?policy=no-referrer&to=/`), '(none)', 'a redirect may say so');
  t.equal(await ask(`${here.origin}/?policy=nonsense&to=/`), referrer);
  const secure = makeFetchClient({ referrer: 'https://a.example/page' });
  t.equal(
    (await runFetch(secure, `http://localhost:${new URL(here.origin).port}/`)).text,
    'https://a.example/',
  );
  await Promise.all([here.close(), there.close()]);
});
