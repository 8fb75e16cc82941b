import t from 'tap';
import { type SchemeHandler } from '../../../source/node/schemes/SchemeHandler.js';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import '../../helpers/syncRequest.js';
import { testServer } from '../../helpers/testServer.js';
import { completed, fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await originServer(({ method, url, headers }, response) => {
  if (url.startsWith('/protected') && headers.authorization === undefined) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="here", charset="UTF-8"' }).end();
    return;
  }
  response.setHeader('x-method', method);
  response.end(`${method} ${url} ${headers.authorization ?? ''}`.trimEnd());
});
t.teardown(() => server.close());
const { origin } = server;

/** Calls `open()` with whatever a script may pass. */
const openWith = (xhr: XMLHttpRequest, ...given: readonly unknown[]): void => {
  (xhr as unknown as { open(...given: readonly unknown[]): void }).open(...given);
};

t.test('a method is a token, and some of them are forbidden', (t) => {
  const xhr = new XMLHttpRequest();
  for (const method of ['', ' GET', 'GET ', 'GE T', 'GET\n', 'GÉT', 'a/b', '"', '{}', '\0']) {
    t.throws(
      () => {
        xhr.open(method, origin);
      },
      { name: 'SyntaxError', constructor: DOMException },
      JSON.stringify(method),
    );
  }
  for (const method of ['CONNECT', 'connect', 'TRACE', 'tRaCe', 'TRACK', 'Track']) {
    t.throws(
      () => {
        xhr.open(method, 'http://');
      },
      { name: 'SecurityError' },
      `${method}, before the URL is looked at`,
    );
  }
  t.throws(
    () => {
      xhr.open('GĒT', origin);
    },
    TypeError,
    'what is no byte cannot be in a method',
  );
  t.throws(() => {
    openWith(xhr, Symbol('GET'), origin);
  }, TypeError);
  t.equal(xhr.readyState, 0);
  t.end();
});

t.test('six methods are normalized, all others sent unchanged', async (t) => {
  const cases = [
    ['get', 'GET'],
    ['pOsT', 'POST'],
    ['Put', 'PUT'],
    ['delete', 'DELETE'],
    ['Options', 'OPTIONS'],
    ['patch', 'patch'],
    ['PATCH', 'PATCH'],
    ['tRaCed', 'tRaCed'],
    ["!#$%&'*+-.^_`|~1", "!#$%&'*+-.^_`|~1"],
  ] as const;
  // What is no method to Node's server goes there all the same, and is refused by it.
  const known = new Set(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
  for (const [given, sent] of cases) {
    const xhr = await completed(new XMLHttpRequest(), `${origin}/a`, given);
    t.equal(xhr.status, known.has(sent) ? 200 : 400, given);
    if (known.has(sent)) t.equal(xhr.responseText, `${sent} /a`);
  }
  const head = await completed(new XMLHttpRequest(), origin, 'heAd');
  t.equal(head.getResponseHeader('x-method'), 'HEAD');
});

t.test('a URL that cannot be parsed is a SyntaxError, and changes nothing', async (t) => {
  const xhr = await completed(new XMLHttpRequest(), 'data:,before');
  for (const url of [
    '',
    'relative',
    '/path',
    '//host/',
    'http://',
    'http://a b/',
    'http://a:99999/',
    'http://[::1/',
  ]) {
    t.throws(
      () => {
        xhr.open('GET', url);
      },
      { name: 'SyntaxError', message: JSON.stringify(url) },
      JSON.stringify(url),
    );
  }
  t.throws(
    () => {
      xhr.open('GET', 'relative');
    },
    { message: /createXMLHttpRequest\(\{ baseURL \}\)/ },
    'a relative one says what would help',
  );
  t.same([xhr.readyState, xhr.status, xhr.responseText], [4, 200, 'before']);
});

t.test('a URL is resolved against the base at the time of open()', async (t) => {
  const bases: (string | URL)[] = [`${origin}/a/b`, new URL(`${origin}/c/`)];
  const Class = createXMLHttpRequest({ baseURL: () => bases.shift() ?? '' });
  t.equal((await completed(new Class(), 'x?q#f')).responseText, 'GET /a/x?q');
  t.equal((await completed(new Class(), '../y')).responseText, 'GET /y');
  t.throws(
    () => {
      new Class().open('GET', 'z');
    },
    { name: 'SyntaxError' },
    'a base that is none',
  );
  const xhr = new (createXMLHttpRequest({ baseURL: origin }))();
  t.equal((await completed(xhr, '/fixed')).responseText, 'GET /fixed');
  const object = { toString: () => `${origin}/made` };
  openWith(xhr, { toString: () => 'PUT' }, object);
  xhr.send();
  await fired(xhr, 'load');
  t.equal(xhr.responseText, 'PUT /made', 'and whatever it is, it is made a string');
  const { responseText } = await completed(xhr, '/\uD800');
  t.equal(responseText, 'GET /%EF%BF%BD', 'a lone surrogate is no scalar value');
});

t.test('a request is asynchronous if the argument is omitted or true', (t) => {
  const isSynchronous = (...given: readonly unknown[]): boolean => {
    const xhr = new (createXMLHttpRequest({ scope: 'window' }))();
    openWith(xhr, 'GET', 'data:,', ...given);
    try {
      xhr.timeout = 1;
      return false;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'InvalidAccessError') return true;
      throw error;
    }
  };
  t.notOk(isSynchronous());
  for (const truthy of [true, 1, 'false', {}, []]) t.notOk(isSynchronous(truthy), JSON.stringify(truthy));
  for (const falsy of [false, 0, '', null, undefined, NaN]) t.ok(isSynchronous(falsy), String(falsy));
  const xhr = new XMLHttpRequest();
  xhr.open('GET', 'data:,at%20once', false);
  xhr.send();
  t.same([xhr.readyState, xhr.responseText], [4, 'at once']);
  t.end();
});

t.test('a user name and a password replace those in the URL', async (t) => {
  const basic = (credentials: string): string =>
    `GET /protected Basic ${Buffer.from(credentials).toString('base64')}`;
  const of = async (url: string, ...credentials: readonly unknown[]): Promise<string> => {
    // A class of its own, which has no credentials from before.
    const xhr = new (createXMLHttpRequest())();
    openWith(xhr, 'GET', `http://${url}${new URL(origin).host}/protected`, true, ...credentials);
    xhr.send();
    await fired(xhr, 'loadend');
    return xhr.status === 401 ? '401' : xhr.responseText;
  };
  t.equal(await of(''), '401');
  t.equal(await of('', 'me', 'secret'), basic('me:secret'));
  t.equal(await of('her:own@', 'me', 'secret'), basic('me:secret'));
  t.equal(await of('her:own@'), basic('her:own'));
  t.equal(await of('her:own@', null, null), basic('her:own'), 'null is none');
  t.equal(await of('her:own@', undefined, undefined), basic('her:own'), 'undefined neither');
  t.equal(await of('her:own@', 'me'), basic('me:own'));
  t.equal(await of('her:own@', undefined, 'secret'), basic('her:secret'));
  t.equal(await of('her:own@', ''), basic(':own'), 'an empty one is one');
  t.equal(await of('', 'a@b/c', 'ü %:'), basic('a@b/c:ü %:'), 'as they are given');
  t.equal(await of('', 1, 2), basic('1:2'));
  const xhr = new XMLHttpRequest();
  xhr.open('GET', 'data:,no%20host', true, 'me', 'secret');
  xhr.send();
  await fired(xhr, 'loadend');
  t.equal(xhr.responseText, 'no host', 'a URL without a host has none');
});

t.test(
  'a user name and a password are set even if the host is empty, though files do not need them',
  async (t) => {
    const file = new URL(import.meta.url);
    for (const async of [true, false]) {
      const xhr = new (createXMLHttpRequest({ schemes: ['file'] }))();
      xhr.open('GET', file, async, 'me', 'a secret');
      xhr.send();
      if (async) await fired(xhr, 'loadend');
      t.match(xhr.responseText, /no file needs them/);
      t.equal(xhr.responseURL, file.href.replace('file://', 'file://me:a%20secret@'));
    }
    let seen: string | undefined;
    const handler: SchemeHandler = ({ url }) => {
      seen = url;
      return () => undefined;
    };
    const xhr = new (createXMLHttpRequest({ schemes: [['x', handler]] }))();
    xhr.open('GET', 'x:///p', true, 'me');
    xhr.send();
    t.equal(seen, 'x://me@/p');
    xhr.abort();
  },
);

t.test('a synchronous request of a window has no timeout and no responseType', (t) => {
  const cases = [
    ['window', true],
    ['worker', false],
    [undefined, false],
  ] as const;
  for (const [scope, isRefused] of cases) {
    const Class = createXMLHttpRequest({ scope });
    const isAllowed = (prepare: (xhr: XMLHttpRequest) => void, async: boolean): boolean => {
      const xhr = new Class();
      prepare(xhr);
      try {
        xhr.open('GET', 'data:,', async);
        return true;
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'InvalidAccessError')) throw error;
        t.equal(xhr.readyState, 0);
        return false;
      }
    };
    const withTimeout = (xhr: XMLHttpRequest): void => void (xhr.timeout = 1);
    const withType = (xhr: XMLHttpRequest): void => void (xhr.responseType = 'text');
    t.equal(isAllowed(withTimeout, false), !isRefused, `${scope}: timeout`);
    t.equal(isAllowed(withType, false), !isRefused, `${scope}: responseType`);
    t.ok(isAllowed(withTimeout, true), `${scope}: asynchronous`);
    t.ok(isAllowed(withType, true), `${scope}: asynchronous`);
    t.ok(
      isAllowed(() => undefined, false),
      `${scope}: neither`,
    );
  }
  t.end();
});

t.test(
  'opening again forgets the request and the response before, and keeps what the script has set',
  async (t) => {
    const xhr = new XMLHttpRequest();
    xhr.timeout = 60_000;
    xhr.withCredentials = true;
    xhr.responseType = 'text';
    xhr.overrideMimeType('text/plain;charset=iso-8859-1');
    xhr.open('PUT', `${origin}/a`);
    xhr.setRequestHeader('X-A', 'b');
    xhr.send('body');
    await fired(xhr, 'load');
    xhr.open('GET', `${origin}/é`);
    t.same(
      [
        xhr.readyState,
        xhr.status,
        xhr.statusText,
        xhr.responseURL,
        xhr.responseText,
        xhr.getAllResponseHeaders(),
      ],
      [1, 0, '', '', '', ''],
    );
    t.equal(xhr.getResponseHeader('x-method'), null);
    t.same([xhr.timeout, xhr.withCredentials, xhr.responseType], [60_000, true, 'text']);
    xhr.send();
    await fired(xhr, 'load');
    const { headers, method, body } = server.requests.at(-1) ?? {};
    t.same([method, body, headers?.['x-a'], headers?.['content-type']], ['GET', '', undefined, undefined]);
    xhr.open('GET', 'data:,%E9');
    xhr.send();
    await fired(xhr, 'load');
    t.equal(xhr.responseText, 'é', 'overrideMimeType() is set for all requests');
  },
);

t.test('readystatechange fires for OPENED, unless the request is already opened', (t) => {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr);
  xhr.open('GET', origin);
  t.same(log, ['readystatechange 1']);
  xhr.open('POST', origin);
  t.same(log, ['readystatechange 1']);
  t.throws(
    () => {
      xhr.open('GET', 'http://');
    },
    { name: 'SyntaxError' },
  );
  t.equal(xhr.readyState, 1);
  t.end();
});

t.test('opening ends the pending request without an event', async (t) => {
  const slow = await testServer();
  t.teardown(() => slow.close());
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr, true);
  xhr.open('POST', `${slow.origin}/silent?id=1`);
  xhr.send('body');
  const isAt = (what: string): Promise<Response> => fetch(`${slow.origin}/log?id=1&${what}=1`);
  await isAt('requests');
  const before = log.length;
  xhr.open('GET', 'data:,after');
  t.same(log.slice(before), [], 'not even that it is opened, which it was');
  xhr.setRequestHeader('X-A', 'it is before send() again');
  t.match(await (await isAt('broken')).json(), { broken: 1 });
  xhr.send();
  await fired(xhr, 'loadend');
  t.same(log.slice(before), [
    'loadstart 0',
    'readystatechange 2',
    'readystatechange 3',
    'progress 5',
    'readystatechange 4',
    'load 5',
    'loadend 5',
  ]);
});
