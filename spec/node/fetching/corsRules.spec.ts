import t from 'tap';
import { extractHeaderList } from '../../../source/http/headerList.js';
import {
  corsUnsafeRequestHeaderNames,
  isCorsSafelistedRequestHeader,
} from '../../../source/node/fetching/corsSafelist.js';
import { ongoingRequestOf } from '../../../source/node/fetching/FetchClient.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { type OngoingRequest } from '../../../source/node/fetching/OngoingRequest.js';
import { PreflightCache } from '../../../source/node/fetching/PreflightCache.js';
import { fetchRequestOf } from '../../helpers/runFetch.js';

t.test('safelisted request headers', (t) => {
  const safe: [name: string, value: string][] = [
    ['Accept', '*/*'],
    ['accept', 'a'.repeat(128)],
    ['ACCEPT', 'text/html;q=0.8,\t\xe9'],
    ['Accept-Language', 'de-CH, en;q=0.5, *'],
    ['Content-Language', ''],
    ['Content-Type', 'text/plain'],
    ['content-type', 'TEXT/plain; charset=x'],
    ['Content-Type', 'multipart/form-data;boundary=x'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Range', 'bytes=0-'],
    ['range', 'bytes=10-20'],
  ];
  for (const [name, value] of safe) t.ok(isCorsSafelistedRequestHeader(name, value), `${name}: ${value}`);
  const unsafe: [name: string, value: string][] = [
    ['Accept', 'a'.repeat(129)],
    ...Array.from('"():<>?@[\\]{}\x7f\x01\x1f', (byte): [string, string] => ['accept', `a${byte}b`]),
    ['Accept-Language', 'de_CH'],
    ['Content-Language', 'd\u00e9'],
    ['Accept-Language', '@'],
    ['Content-Type', 'application/json'],
    ['Content-Type', 'text/plain;a="b"'],
    ['Content-Type', 'text'],
    ['Content-Type', ''],
    ['Content-Type', 'text/plain, text/plain'],
    ['Range', 'bytes=-500'],
    ['Range', 'bytes=0-1,3-4'],
    ['Range', 'bytes = 0-1'],
    ['Range', 'bytes=2-1'],
    ['X-A', '1'],
    ['Authorization', ''],
    ['DPR', '1'],
  ];
  for (const [name, value] of unsafe)
    t.notOk(isCorsSafelistedRequestHeader(name, value), `${name}: ${value}`);
  t.end();
});

t.test('their unsafe names are sorted, in lower case, each once', (t) => {
  t.same(corsUnsafeRequestHeaderNames(['X-B', '1', 'Accept', 'a', 'x-a', '1', 'x-b', '2']), ['x-a', 'x-b']);
  const full = Array.from({ length: 8 }, () => ['Accept', 'a'.repeat(128)]).flat();
  t.same(corsUnsafeRequestHeaderNames(full), [], '1024 bytes in all');
  t.same(corsUnsafeRequestHeaderNames([...full, 'Content-Language', 'x', 'X-A', '']), [
    'accept',
    'content-language',
    'x-a',
  ]);
  t.end();
});

t.test('lists of the CORS protocol', (t) => {
  const list = (...fields: string[]): unknown =>
    extractHeaderList(['x', 'y', ...fields.flatMap((field) => ['list', field])], 'list');
  t.equal(list(), undefined);
  t.same(list(''), []);
  t.same(list(' a,b\t, ,,*'), ['a', 'b', '*']);
  t.same(list('a', 'b, c'), ['a', 'b', 'c']);
  // What is not linear takes a minute here.
  t.equal(list(`a${' '.repeat(250_000)}b`), 'failure');
  for (const malformed of ['a b', '"a"', 'a;b', 'a,b c', '(', 'é'])
    t.equal(list(malformed), 'failure', malformed);
  t.end();
});

t.test('the preflight cache', (t) => {
  const client = makeFetchClient({ origin: 'https://shop.example' });
  const requestOf = (
    method: string,
    includeCredentials = false,
    url = 'http://a.example/x',
  ): OngoingRequest => ongoingRequestOf(fetchRequestOf(url, { method, includeCredentials }), client);
  let now = 1_000_000;
  t.intercept(Date, 'now', { value: () => now });

  const cache = new PreflightCache();
  cache.store(requestOf('PUT'), ['PUT', '*'], ['x-a', '*'], 10);
  t.ok(cache.allowsMethod(requestOf('PUT', false, 'http://a.example/x#other')), 'fragments are no matter');
  t.notOk(cache.allowsMethod(requestOf('PUT', false, 'http://a.example/x?other')));
  t.ok(cache.allowsMethod(requestOf('DELETE')), 'by a star');
  t.ok(cache.allowsHeader(requestOf('GET'), 'x-b'));
  t.notOk(cache.allowsHeader(requestOf('GET'), 'authorization'), 'for which no star stands');
  t.notOk(cache.allowsMethod(requestOf('PUT', true)));
  const tainted = requestOf('PUT');
  tainted.isRedirectTainted = true;
  t.notOk(cache.allowsMethod(tainted), 'the origin null is another one');

  const copy = new PreflightCache();
  copy.replace(structuredClone(cache.entries()));
  t.ok(copy.allowsMethod(requestOf('PUT')));
  copy.replace([]);
  t.notOk(copy.allowsMethod(requestOf('PUT')));

  now += 9_999;
  t.ok(cache.allowsMethod(requestOf('PUT')));
  now += 1;
  t.notOk(cache.allowsMethod(requestOf('PUT')), 'what the server said is over');

  cache.store(requestOf('PUT', true), ['PUT', '*'], ['x-a', '*'], 1e9);
  t.notOk(cache.allowsMethod(requestOf('DELETE', true)), 'with credentials a star is a star');
  t.notOk(cache.allowsHeader(requestOf('PUT', true), 'x-b'));
  t.ok(cache.allowsHeader(requestOf('PUT', true), 'x-a'));
  now += 7_199_999;
  t.ok(cache.allowsMethod(requestOf('PUT', true)));
  now += 1;
  t.notOk(cache.allowsMethod(requestOf('PUT', true)), 'two hours at most');
  cache.store(requestOf('PUT'), ['PUT'], [], 5);
  now -= 10_000_000;
  t.notOk(cache.allowsMethod(requestOf('PUT')), 'a clock that is set back does not lengthen it');

  cache.store(requestOf('PUT'), ['PUT'], ['x'.repeat(10_000)], 5);
  t.notOk(cache.allowsMethod(requestOf('PUT')), 'what is too long is not kept');
  for (let index = 0; index < 300; index++)
    cache.store(requestOf('PUT', false, `http://a.example/${index}`), ['PUT'], [], 5);
  t.equal(cache.entries().length, 256);
  t.notOk(cache.allowsMethod(requestOf('PUT', false, 'http://a.example/43')), 'the oldest went');
  t.ok(cache.allowsMethod(requestOf('PUT', false, 'http://a.example/44')));
  t.end();
});
