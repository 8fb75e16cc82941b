import { inspect } from 'node:util';
import { EMPTY, type Observable } from 'rxjs';
import t from 'tap';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { normalizeRequest } from '../../source/request/normalizeRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { optionNames, type RequestOptions } from '../../source/request/RequestOptions.js';

const url = 'https://example.org/';

t.test('a request has its options, with all defaults filled in', (t) => {
  t.match(normalizeRequest(url), {
    method: 'GET',
    url,
    repeatable: true,
    body: undefined,
    timeout: undefined,
    responseType: 'stream',
    withCredentials: false,
    redirect: 'follow',
    maxRedirects: 20,
    limits: { bufferedBytes: 512 * 1024 * 1024 },
  });
  t.end();
});

t.test('methods are checked and normalized as Fetch does', (t) => {
  const method = (given: string): string => normalizeRequest(url, { method: given }).method;
  t.equal(method('get'), 'GET');
  t.equal(method('post'), 'POST');
  t.equal(method('patch'), 'patch', 'Fetch leaves it unchanged');
  t.equal(method('PROPFIND'), 'PROPFIND');
  for (const bad of ['', 'a b', 'G\r\nET']) t.throws(() => method(bad), /is malformed/);
  for (const bad of ['connect', 'TRACE', 'Track']) t.throws(() => method(bad), /forbidden/);
  t.end();
});

t.test('targets are resolved by the URL standard', (t) => {
  const resolve = (target: string, options: RequestOptions = {}): string =>
    normalizeRequest(target, options).url;
  t.equal(
    resolve('items?a=1#top', { baseURL: 'https://example.org/v1/' }),
    'https://example.org/v1/items?a=1#top',
  );
  t.equal(resolve('/items', { baseURL: 'https://example.org/v1/' }), 'https://example.org/items');
  t.equal(resolve('https://ex ample.org/'.replace(' ', '')), url);
  t.throws(() => resolve('items'), {
    name: 'TypeError',
    message: /Cannot resolve the URL 'items' against no baseURL/,
  });
  t.throws(() => resolve('//', { baseURL: 'nonsense' }), /Cannot resolve the URL '\/\/' against nonsense/);
  t.equal(
    resolve(`${url}?a=1`, { query: { b: 'ü&', c: [1, true], d: null, e: undefined } }),
    `${url}?a=1&b=%C3%BC%26&c=1&c=true`,
  );
  t.equal(resolve(url, { query: new URLSearchParams('x=1&x=2') }), `${url}?x=1&x=2`);
  t.end();
});

t.test('a query is appended to the URL, whose existing query stays unchanged', (t) => {
  const resolve = (target: string, query: RequestOptions['query'], baseURL?: string): string =>
    normalizeRequest(target, { query, baseURL }).url;
  const rows: readonly (readonly [target: string, expected: string])[] = [
    ['/f', '/f?x=1'],
    ['/f?', '/f?x=1'],
    ['/f?&', '/f?&x=1'],
    ['/f??', '/f??&x=1'],
    ['/f?q=%E9', '/f?q=%E9&x=1'],
    ['/f?flag&s=a%20b~', '/f?flag&s=a%20b~&x=1'],
    ['/f?a=1&', '/f?a=1&x=1'],
    ['/f?x=0&x=0', '/f?x=0&x=0&x=1'],
    ['/f?a+b=c+d&e=%2B%2f%ff%', '/f?a+b=c+d&e=%2B%2f%ff%&x=1'],
    ["/f?a=(b)*!'[c]|d;e,f=:@/?g", '/f?a=(b)*!%27[c]|d;e,f=:@/?g&x=1'],
    ['/f?q=ü', '/f?q=%C3%BC&x=1'],
    ['/f?a#', '/f?a&x=1#'],
    ['/f#h?i', '/f?x=1#h?i'],
    ['/f?a=b=c#h&i=j', '/f?a=b=c&x=1#h&i=j'],
    ['?q=%E9', '/dir/base?q=%E9&x=1'],
    ['', '/dir/base?s=a%20b~&x=1'],
    ['#h', '/dir/base?s=a%20b~&x=1#h'],
  ];
  const base = 'https://example.org/dir/base?s=a%20b~#there';
  for (const [target, expected] of rows) {
    t.equal(resolve(target, { x: 1 }, base), `https://example.org${expected}`, target);
    const alone = new URL(target, base).href;
    for (const none of [undefined, {}, [], { x: undefined }, { x: null, y: [] }]) {
      t.equal(resolve(target, none, base), alone, `${target}, without a query of its own`);
    }
  }
  t.equal(resolve('data:text/plain,a%20b?c=%E9', { x: 1 }), 'data:text/plain,a%20b?c=%E9&x=1');
  const pairs = [
    ['a', '1'],
    ['b', '2 &=#+%ü~'],
    ['a', ''],
  ] as const;
  t.equal(resolve('/f', pairs, base), 'https://example.org/f?a=1&b=2+%26%3D%23%2B%25%C3%BC%7E&a=');
  t.equal(resolve('/f', new Map(pairs), base), 'https://example.org/f?a=&b=2+%26%3D%23%2B%25%C3%BC%7E');
  const target = new URL('/f?q=%E9', base);
  normalizeRequest(target, { query: { x: 1 }, username: 'ada' });
  t.equal(target.href, 'https://example.org/f?q=%E9', "the caller's own URL is left alone");
  t.end();
});

t.test('credentials leave the URL and become a header', (t) => {
  const { url: clean, headers } = normalizeRequest('https://us%65r:p%3Ass@example.org/');
  t.equal(clean, url);
  t.equal(headers.get('authorization'), `Basic ${btoa('user:p:ss')}`);
  t.equal(
    normalizeRequest(url, { username: 'ü', password: '1' }).headers.get('authorization'),
    'Basic w7w6MQ==',
  );
  const own = { authorization: 'Bearer 1' };
  t.equal(normalizeRequest(url, { username: 'u', headers: own }).headers.get('authorization'), 'Bearer 1');
  t.throws(() => normalizeRequest(url, { username: 'a:b' }), /not contain a colon/);
  t.throws(() => normalizeRequest('https://a%3Ab:c@example.org/'), /not contain a colon/);
  const long = 'x'.repeat(500_000);
  t.equal(
    normalizeRequest(url, { username: 'u', password: long }).headers.get('authorization'),
    `Basic ${btoa(`u:${long}`)}`,
  );
  t.throws(() => normalizeRequest('https://a%3Ab@example.org/'), /not contain a colon/);
  t.end();
});

t.test('credentials in a URL are sent byte by byte, whatever they are', (t) => {
  const sent = (target: string, options: RequestOptions = {}) =>
    Buffer.from(
      normalizeRequest(target, options).headers.get('authorization')?.replace('Basic ', '') ?? '',
      'base64',
    ).toString('latin1');
  t.equal(sent('http://ada:50%off@host/'), 'ada:50%off');
  t.equal(sent('http://%:%%4@host/'), '%:%%4');
  t.equal(sent('http://%ff:%C3%A9@host/'), '\xff:\xc3\xa9');
  t.equal(sent('ftp://ada:%@host/'), 'ada:%');
  t.equal(sent('http://ada:%@host/', { password: '%41' }), 'ada:%41', 'an option is not part of a URL');
  t.equal(sent('http://ada:1@host/', { username: '', password: '' }), '');
  t.equal(normalizeRequest('http://ada:50%off@host/').url, 'http://host/');
  t.equal(
    normalizeRequest('x://ada:50%off@host/').url,
    'x://ada:50%off@host/',
    'only the URL can carry them',
  );
  t.end();
});

t.test('credentials are percent-decoded to bytes, whatever they are', (t) => {
  const sent = (credentials: string, options: RequestOptions = {}): string => {
    const { headers } = normalizeRequest(`https://${credentials}@example.org/`, options);
    return Buffer.from(headers.get('authorization')?.slice('Basic '.length) ?? '', 'base64').toString(
      'latin1',
    );
  };
  const rows = [
    ['ada:50%off', 'ada:50%off'],
    ['%:%', '%:%'],
    ['a%2:%zz%4', 'a%2:%zz%4'],
    ['a%25:%2525', 'a%:%25'],
    ['%E9:%c3%A9', '\xe9:\xc3\xa9'],
    ['a%00:%0D%0a', 'a\0:\r\n'],
    ['ada', 'ada:'],
    [':secret', ':secret'],
    ['é:ü', '\xc3\xa9:\xc3\xbc'],
  ] as const;
  for (const [credentials, expected] of rows) t.equal(sent(credentials), expected, credentials);
  t.equal(sent('ada:50%off', { username: '50%' }), '50%:50%off', 'an option is not percent-decoded');
  t.equal(sent('ada:50%off', { password: '' }), 'ada:');
  t.end();
});

t.test('an error for an invalid URL does not show its password', (t) => {
  for (const target of [
    'http://ada:secret@ho st/',
    'http://ada:se/cret@host/',
    '//ada:secret@host/',
    '\\\\ada:secret@[',
  ]) {
    for (const baseURL of [undefined, 'http://ada:secret@ho st/', '//ada:secret@host/']) {
      try {
        normalizeRequest(target, { baseURL });
        t.fail(`${target} was read`);
      } catch (error) {
        t.match(error, TypeError);
        t.match(error, { message: /^Cannot resolve the URL '/ });
        t.notMatch(inspect(error, { depth: 9 }), /ada|secret|cret@/);
      }
    }
  }
  t.end();
});

t.test('headers are checked, and cannot smuggle anything in', (t) => {
  const read = (headers: RequestOptions['headers']): readonly string[] =>
    normalizeRequest(url, { headers }).headers.raw;
  t.same(read({ 'X-One': ' 1\t' }), ['X-One', '1']);
  t.same(
    read([
      ['a', '1'],
      ['A', '2'],
    ]),
    ['a', '1', 'A', '2'],
  );
  t.same(read(new Headers({ b: '2' })), ['b', '2']);
  t.same(read({ a: undefined, b: '2' }), ['b', '2'], 'undefined values are omitted');
  for (const name of ['', 'a b', 'a:', 'a\r\nb', 'ü'])
    t.throws(() => read({ [name]: '1' }), /header '.*' is malformed/s);
  for (const value of ['a\r\nb: 1', 'a\0', 'a\nb', '€'])
    t.throws(() => read({ a: value }), /header 'a' is malformed: .* its value must not contain line breaks/);
  t.end();
});

t.test('a body needs a method that allows one, and only one form of it', (t) => {
  const body = (options: RequestOptions): NormalizedRequest => normalizeRequest(url, options);
  t.throws(() => body({ body: 'x' }), /A GET request cannot have a body/);
  t.throws(() => body({ method: 'HEAD', json: 1 }), /A HEAD request cannot have a body/);
  t.throws(() => body({ method: 'POST', body: 'x', json: 1 }), /either body or json/);
  t.throws(() => body({ method: 'POST', json: () => 1 }), /cannot be written as JSON/);
  t.throws(() => body({ method: 'POST', body: 7 as never }), {
    name: 'TypeError',
    message: /of the kind Number/,
  });
  const json = body({ method: 'POST', json: { a: 'ü' } });
  t.equal(json.body, '{"a":"ü"}');
  t.equal(json.headers.get('content-type'), 'application/json');
  const problem = body({
    method: 'POST',
    json: null,
    headers: { 'Content-Type': 'application/problem+json' },
  });
  t.same([problem.body, problem.headers.get('content-type')], ['null', 'application/problem+json']);
  t.equal(body({ method: 'POST', body: new ReadableStream() }).repeatable, false);
  t.equal(body({ method: 'POST', body: new Blob(['x']) }).repeatable, true);
  t.end();
});

t.test('options with unknown names or impossible values are rejected', (t) => {
  t.throws(() => normalizeRequest(url, { timeuot: 1 } as never), {
    name: 'TypeError',
    message: /Unknown request option 'timeuot': use one of method, headers, .*timeout/,
  });
  t.same(normalizeRequest(url, { timeout: 5 }).timeout, { total: 5 });
  t.throws(() => normalizeRequest(url, { timeout: 0 }), {
    name: 'RangeError',
    message: /timeout\.total is 0/,
  });
  t.throws(() => normalizeRequest(url, { timeout: '100' as never }), /timeout\.total is 100: use a number/);
  t.throws(() => normalizeRequest(url, { timeout: { idle: Number.NaN } }), /timeout\.idle is NaN/);
  t.throws(
    () => normalizeRequest(url, { timeout: { read: 1 } as never }),
    /Unknown timeout 'read': use one of connect, send, headers/,
  );
  t.throws(
    () => normalizeRequest(url, { limits: { depth: 1 } as never }),
    /Unknown limits 'depth': use one of headerBytes/,
  );
  for (const [options, name, message] of [
    [{ limits: { xmlDepth: -1 } }, 'RangeError', /limits\.xmlDepth is -1/],
    [{ maxRedirects: -1 }, 'RangeError', /maxRedirects is -1/],
    [
      { redirect: 'error ' as never },
      'TypeError',
      /Unknown redirect 'error ': use one of follow, manual, error/,
    ],
    [
      { responseType: 'json' as never },
      'TypeError',
      /Unknown responseType 'json': use one of stream, arraybuffer/,
    ],
    [{ mimeType: 'nonsense' }, 'TypeError', /'nonsense' is not a MIME type/],
  ] satisfies [RequestOptions, string, RegExp][]) {
    t.throws(() => normalizeRequest(url, options), { name, message });
  }
  t.end();
});

t.test('the known options are those of the type', (t) => {
  const typed: Record<keyof RequestOptions, true> = {
    method: true,
    headers: true,
    query: true,
    body: true,
    json: true,
    baseURL: true,
    responseType: true,
    mimeType: true,
    timeout: true,
    signal: true,
    withCredentials: true,
    username: true,
    password: true,
    redirect: true,
    maxRedirects: true,
    limits: true,
    xsrf: true,
    adapter: true,
    interceptors: true,
  };
  t.same(optionNames, Object.keys(typed));
  t.end();
});

t.test('xsrf sends the token only to its own origin, with requests that change something', (t) => {
  const xsrf = { origin: 'https://example.org', token: () => 'secret' };
  const sent = (target: string, options: RequestOptions): string | undefined =>
    normalizeRequest(target, { xsrf, baseURL: url, ...options }).headers.get('x-xsrf-token');
  t.equal(sent('/a', { method: 'POST' }), 'secret');
  t.equal(sent('/a', {}), undefined, 'not with GET');
  t.equal(sent('//elsewhere.example/', { method: 'POST' }), undefined, 'not to another origin');
  t.equal(sent('/a', { method: 'POST', headers: { 'X-XSRF-TOKEN': 'own' } }), 'own');
  t.equal(sent('/a', { method: 'POST', xsrf: { ...xsrf, token: () => undefined } }), undefined);
  t.throws(() => normalizeRequest(url, { method: 'POST', xsrf: true }), /there is no page: set xsrf/);
  for (const bad of ['a\r\nb: 1', '€']) {
    t.throws(() => sent('/a', { method: 'POST', xsrf: { ...xsrf, token: () => bad } }), {
      name: 'TypeError',
      message: /^xsrf: the header 'X-XSRF-TOKEN' or the token for it is malformed$/,
    });
  }
  t.throws(
    () => sent('/a', { method: 'POST', xsrf: { ...xsrf, headerName: 'a b' } }),
    /^xsrf: the header 'a…'/,
  );
  t.end();
});

t.test('xsrf reads the cookie of the page, whatever its content', (t) => {
  const rows = [
    ['XSRF-TOKEN=abc', 'abc'],
    ['a=1; XSRF-TOKEN=a%20b%2B; XSRF-TOKEN=2', 'a b+'],
    ['XSRF-TOKEN=50%off', '50%off'],
    ['XSRF-TOKEN=%', '%'],
    ['XSRF-TOKEN=%zz%4', '%zz%4'],
    ['XSRF-TOKEN=%c3%A9', 'é'],
    ['XSRF-TOKEN=%e9', '%e9'],
    ['XSRF-TOKEN=%E2%82%AC', '%E2%82%AC'],
    ['XSRF-TOKEN=a%0D%0Ab', 'a%0D%0Ab'],
    ['XSRF-TOKEN=%20a%20', 'a'],
    ['XSRF-TOKEN=', ''],
    ['OTHER=1', undefined],
  ] as const;
  for (const [cookie, expected] of rows) {
    t.intercept(globalThis, 'document', { value: { cookie, baseURI: url } });
    const options = { method: 'POST', xsrf: { origin: 'https://example.org' } };
    t.equal(normalizeRequest('/a', options).headers.get('x-xsrf-token'), expected, cookie);
  }
  t.end();
});

t.test('xsrf reads the cookie of a page, percent-decoded if it is encoded', (t) => {
  const platform = globalThis as { document?: unknown; location?: unknown };
  t.teardown(() => {
    delete platform.document;
    delete platform.location;
  });
  platform.location = { origin: 'https://example.org', href: url };
  for (const [value, expected] of [
    ['a%3Db', 'a=b'],
    ['50%off', '50%off'],
    ['%', '%'],
    ['a=b', 'a=b'],
    ['', ''],
  ] as const) {
    platform.document = { cookie: `x=1; XSRF-TOKEN=${value}; y=2`, baseURI: url };
    t.equal(
      normalizeRequest('/a', { method: 'POST', xsrf: true }).headers.get('x-xsrf-token'),
      expected,
      value,
    );
  }
  t.end();
});

t.test('nothing happens before subscription, and errors arrive on the error channel', (t) => {
  let asked = 0;
  const request = requestFactory(() => {
    asked += 1;
    return () => EMPTY;
  })();
  const wrong = [
    request('relative'),
    request(url, { nonsense: 1 } as never),
    request.get(url, { body: 'x' }),
  ];
  t.equal(asked, 0);
  const failures: unknown[] = [];
  for (const one of wrong) one.subscribe({ error: (error: unknown) => failures.push(error) });
  t.equal(failures.length, 3);
  t.match(failures[0], { name: 'TypeError', message: /^Cannot resolve the URL 'relative'/ });
  t.match(failures[1], { name: 'TypeError', message: /^Unknown request option 'nonsense'/ });
  t.match(failures[2], { name: 'TypeError', message: /^A GET request cannot have a body/ });
  t.equal(asked, 3);
  t.end();
});

t.test('each verb sends its method, and a body if it allows one', (t) => {
  const sent: string[] = [];
  const request = requestFactory(() => (normalized) => {
    sent.push(`${normalized.method} ${typeof normalized.body === 'string' ? normalized.body : '-'}`);
    return EMPTY;
  })();
  for (const one of [
    request(url),
    request.get(url),
    request.head(url),
    request.delete(url),
    request.options(url),
    request.post(url, 'a'),
    request.put(url, 'b', {}),
    request.patch(url, null, { json: 1 }),
    request.post(url, undefined, { json: 2 }),
  ]) {
    one.subscribe();
  }
  t.same(sent, ['GET -', 'GET -', 'HEAD -', 'DELETE -', 'OPTIONS -', 'POST a', 'PUT b', 'PATCH 1', 'POST 2']);
  t.end();
});

t.test('createRequest merges its defaults with those of the call', (t) => {
  const seen: NormalizedRequest[] = [];
  const order: string[] = [];
  const tag =
    (name: string) =>
    (next: (request: NormalizedRequest) => Observable<ReadyStateEvent>) =>
    (request: NormalizedRequest): Observable<ReadyStateEvent> => {
      order.push(name);
      return next({ ...request, headers: request.headers.with(`x-${name}`, '1') });
    };
  const request = requestFactory(() => () => EMPTY)({
    baseURL: url,
    headers: { accept: 'text/xml', 'x-a': '1' },
    limits: { xmlDepth: 5 },
    timeout: 100,
    interceptors: [tag('outer')],
    adapter: (normalized) => {
      seen.push(normalized);
      return EMPTY;
    },
  });
  request('items', {
    headers: { Accept: 'text/csv' },
    limits: { xmlAttributes: 6 },
    interceptors: [tag('inner')],
    timeout: undefined,
  }).subscribe();
  const [sent] = seen;
  t.equal(sent?.url, `${url}items`);
  t.same(Object.fromEntries(sent?.headers ?? []), {
    accept: 'text/csv',
    'x-a': '1',
    'x-outer': '1',
    'x-inner': '1',
  });
  t.match(sent?.limits, { xmlDepth: 5, xmlAttributes: 6, headerBytes: 262_144 });
  t.same(sent?.timeout, { total: 100 }, 'an undefined option keeps the default');
  t.same(order, ['outer', 'inner']);
  t.end();
});

t.test('HeaderMap ignores case, keeps order and repeated fields, and copies on change', (t) => {
  const map = new HeaderMap(['Set-Cookie', 'a=1, b', 'Via', '1', 'set-cookie', 'c=2', 'VIA', '2']);
  t.equal(map.get('via'), '1, 2');
  t.same(map.getAll('Via'), ['1', '2']);
  t.same(map.getSetCookie(), ['a=1, b', 'c=2']);
  t.equal(map.size, 2);
  t.same([...map.keys()], ['set-cookie', 'via']);
  t.ok(map.has('SET-COOKIE'));
  t.equal(map.get('nothing'), undefined);
  const changed = map.with('via', '3').without('Set-Cookie').with('x', '4');
  t.same(
    [...changed],
    [
      ['via', '3'],
      ['x', '4'],
    ],
  );
  t.same(changed.raw, ['via', '3', 'x', '4']);
  t.equal(map.get('via'), '1, 2', 'the original is unchanged');
  const walked: string[] = [];
  changed.forEach((value, name) => walked.push(`${name}=${value}`));
  t.same(walked, ['via=3', 'x=4']);
  t.same([...changed.values()], ['3', '4']);
  t.equal(Object.prototype.toString.call(changed), '[object HeaderMap]');
  t.end();
});
