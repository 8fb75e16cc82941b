import t from 'tap';
import { type EncodedBody } from '../../../source/body/RequestBody.js';
import { isReadystreamError } from '../../../source/errors/guards.js';
import { type ReadystreamError } from '../../../source/errors/ReadystreamError.js';
import { type FetchClient, ongoingRequestOf } from '../../../source/node/fetching/FetchClient.js';
import { type FetchRequest } from '../../../source/node/fetching/fetchContract.js';
import { httpRedirectFetch } from '../../../source/node/fetching/httpRedirectFetch.js';
import { makeFetchClient, makePlainClient } from '../../../source/node/fetching/makeFetchClient.js';
import { type OngoingRequest } from '../../../source/node/fetching/OngoingRequest.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { fetchRequestOf } from '../../helpers/runFetch.js';

const bytes: EncodedBody = { bytes: new Uint8Array(3), length: 3, contentType: undefined, repeatable: true };
const stream: EncodedBody = { ...bytes, repeatable: false };
const from = 'http://a.example/dir/page?q#part';

/** What becomes of a request, for either kind of client. */
type Outcome = OngoingRequest | ReadystreamError | undefined;
type Follow = (status: number, location: string, request?: Partial<FetchRequest>, before?: number) => Outcome;

function follower(client: FetchClient): Follow {
  return (status, location, request = {}, before = 0) => {
    const ongoing = ongoingRequestOf(fetchRequestOf(from, request), client);
    ongoing.redirects = Array.from({ length: before }, () => ({ url: from, status }));
    const response = {
      url: from,
      status,
      statusText: '',
      headers: ['location', location],
      redirects: [],
      total: undefined,
    };
    const followed = httpRedirectFetch(ongoing, response);
    return followed === true ? ongoing : followed === false ? undefined : followed;
  };
}

function requestIn(outcome: Outcome): OngoingRequest | undefined {
  return isReadystreamError(outcome) ? undefined : outcome;
}

for (const client of [makePlainClient({}), makeFetchClient()]) {
  const follow = follower(client);
  const urlOf = (...parameters: Parameters<Follow>) => requestIn(follow(...parameters))?.url;

  t.test(`redirects of ${client.maker}`, (t) => {
    t.test('resolve the location, inherit the fragment, and are remembered', (t) => {
      t.equal(urlOf(302, '../x'), 'http://a.example/x#part');
      t.equal(urlOf(302, 'x#own'), 'http://a.example/dir/x#own');
      t.equal(urlOf(302, 'x#'), 'http://a.example/dir/x#');
      t.equal(urlOf(302, '//b.example'), 'http://b.example/#part');
      t.equal(urlOf(302, ''), 'http://a.example/dir/page?q#part');
      t.same(requestIn(follow(302, '/'))?.redirects, [{ url: 'http://a.example/dir/page?q', status: 302 }]);
      const none = { url: from, status: 302, statusText: '', headers: [], redirects: [], total: undefined };
      t.equal(httpRedirectFetch(ongoingRequestOf(fetchRequestOf(from), client), none), false);
      t.end();
    });

    t.test("read the location's bytes as UTF-8, or as code points if invalid", (t) => {
      t.equal(urlOf(302, Buffer.from('/é').toString('latin1')), 'http://a.example/%C3%A9#part');
      t.equal(urlOf(302, '/\xe9'), 'http://a.example/%C3%A9#part');
      t.end();
    });

    t.test('change the method as in the standard', (t) => {
      const cases: [status: number, method: string, then: string][] = [
        [301, 'POST', 'GET'],
        [302, 'POST', 'GET'],
        [303, 'POST', 'GET'],
        [303, 'PUT', 'GET'],
        [303, 'DELETE', 'GET'],
        [303, 'HEAD', 'HEAD'],
        [303, 'GET', 'GET'],
        [301, 'PUT', 'PUT'],
        [302, 'DELETE', 'DELETE'],
        [307, 'POST', 'POST'],
        [308, 'POST', 'POST'],
      ];
      for (const [status, method, then] of cases) {
        const headers = [
          'Content-Type',
          'a/b',
          'content-length',
          '3',
          'content-language',
          'en',
          'X-Own',
          '1',
        ];
        const body = method === 'POST' ? bytes : undefined;
        const next = requestIn(follow(status, '/', { method, headers, body }));
        t.equal(next?.method, then, `${status} ${method}`);
        if (method !== 'POST') continue;
        t.equal(next?.body, then === 'POST' ? bytes : undefined);
        t.same(next?.headers, then === 'POST' ? headers : ['X-Own', '1']);
      }
      t.end();
    });

    t.test('send a stream only once', (t) => {
      for (const [status, method] of [
        [307, 'POST'],
        [308, 'POST'],
        [301, 'PUT'],
      ] as const) {
        t.match(follow(status, '/', { method, body: stream }), {
          name: 'NetworkError',
          message: /only once/,
          request: { repeatable: false },
        });
      }
      t.equal(requestIn(follow(303, '/', { method: 'POST', body: stream }))?.method, 'GET');
      t.end();
    });

    t.test('keep credentials on their origin', (t) => {
      const secret = ['Authorization', 'Basic x', 'COOKIE', 'a=b', 'proxy-authorization', 'y', 'Host', 'v'];
      const headers = [...secret, 'accept', '*/*'];
      t.same(requestIn(follow(302, '/elsewhere', { headers }))?.headers, headers);
      for (const location of ['http://b.example/', 'http://a.example:81/', 'https://a.example/']) {
        t.same(requestIn(follow(302, location, { headers }))?.headers, ['accept', '*/*'], location);
      }
      t.equal(urlOf(302, 'http://user:secret@b.example/'), 'http://b.example/#part');
      const own = urlOf(302, 'http://user:secret@a.example/');
      t.equal(own, `http://${client.actsAsBrowser ? 'user:secret@' : ''}a.example/#part`);
      t.end();
    });

    t.test('never leave http and https', (t) => {
      for (const to of ['data:,x', 'file:///etc/passwd', 'ftp://a.example/', 'blob:x', 'javascript:1']) {
        t.match(follow(302, to), { code: 'ERR_NETWORK', message: /only http: and https:/ }, to);
      }
      t.match(follow(302, 'http://['), { message: /invalid URL/ });
      t.end();
    });

    t.test('stop at maxRedirects, and at a URL that has grown past limits.urlBytes', (t) => {
      t.ok(requestIn(follow(302, '/', { maxRedirects: 2 }, 1)));
      t.match(follow(302, '/', { maxRedirects: 2 }, 2), { message: /more than 2 redirects/ });
      t.match(follow(302, '/', {}, 20), { message: /more than 20 redirects/ });
      const path = `/${'x'.repeat(65_536 - from.indexOf('/dir') - '/#part'.length)}`;
      t.ok(requestIn(follow(302, path)), 'at the limit');
      t.match(follow(302, `${path}x`), { code: 'ERR_LIMIT', limit: 'urlBytes', value: 65_536 });
      const limits = { ...defaultLimits, urlBytes: 20 };
      t.match(follow(302, '/abc', { limits }), { code: 'ERR_LIMIT', limit: 'urlBytes', value: 20 });
      t.ok(requestIn(follow(302, path, { limits: { ...limits, urlBytes: Infinity } })));
      t.end();
    });

    t.test('are refused if the caller wants so', (t) => {
      t.match(follow(302, '/', { redirect: 'error' }), { code: 'ERR_NETWORK', message: /redirect: 'error'/ });
      t.end();
    });

    t.test('leave no body on their errors', (t) => {
      const error = follow(307, '/', { method: 'POST', body: stream });
      t.same(Object.keys((isReadystreamError(error) ? error.request : undefined) ?? {}).sort(), [
        'method',
        'repeatable',
        'url',
      ]);
      t.end();
    });
    t.end();
  });
}
