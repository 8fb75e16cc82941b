import { inspect } from 'node:util';
import t, { type Test } from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import { main } from '../../source/cli/main.js';
import { HttpStatusError } from '../../source/errors/HttpStatusError.js';
import { LimitError } from '../../source/errors/LimitError.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { ParseError } from '../../source/errors/ParseError.js';
import { shownUrl } from '../../source/http/serializedUrl.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { type RequestOptions } from '../../source/request/RequestOptions.js';
import { createXMLHttpRequest, XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { fakeIo } from '../cli/fakeIo.js';
import { responseOf } from '../helpers/events.js';
import { originServer } from '../helpers/originServer.js';
import { record } from '../helpers/record.js';

const adapters: Readonly<Record<string, Adapter>> = {
  node: nodeAdapter({ schemes: ['file', 'ftp', 'ftps'] }),
  fetch: fetchAdapter(),
  xhr: xhrAdapter({ XMLHttpRequest }),
};

/** URLs, and text meant to be one; all of them fail. */
const failing: readonly string[] = [
  'http://user:SECRET@host:99999/',
  'http://user:SECRET@[::1/',
  'http://user:SECRET@ho st/',
  ' http://user:SECRET@host:99999/',
  'ht\ntp://user:SECRET@host:99999/',
  'http:user:SECRET@host:99999/',
  'http:\\\\user:SECRET@host:99999/',
  'http://user:SEC/SECRET@host/',
  'http://user:p?SECRET@host/',
  'http://user:p#SECRET@host/',
  'http://SECRET@host:99999/',
  'http://user:SECRET@@host:99999/',
  'https//user:SECRET@host/',
  'htp://user:SECRET@host/',
  'htp://SECRET@host/',
  'user:SECRET@host/',
  'user:SEC/SECRET@host/',
  '1user:SECRET@host/',
  '//user:SECRET@host:99999/',
  'file://user:SECRET@host/',
  'ftp://user:SECRET@127.0.0.1:1/',
  'ftps://user:SECRET@127.0.0.1:1/',
  'ftp://user:SECRET@host:99999/',
  'http://user:SECRET@127.0.0.1:1/',
  'blob:http://user:SECRET@host/x',
];

/** Everything of an error that a log may print: message, stack, causes and all properties. */
const allOf = (error: unknown): string => inspect(error, { depth: Infinity, showHidden: true });

function keepsSecrets(t: Test, error: unknown, what: string): void {
  t.ok(error instanceof Error, `${what} fails`);
  t.notMatch(allOf(error), /SECRET/, what);
}

const run = (options: RequestOptions & { readonly target: string }): Promise<{ readonly error: unknown }> => {
  const { target, ...rest } = options;
  return record(requestFactory(() => nodeAdapter())()(target, rest));
};

t.test('shows no password, and as much of the rest as certainly contains none', (t) => {
  const rows = [
    ['http://host/a?b#c', 'http://host/a?b#c'],
    ['http://user:SECRET@host/a@b', 'http://host/a@b'],
    ['http://host/users/@me?q=@', 'http://host/users/@me?q=@'],
    ['http://user:SECRET@host:99999/', 'http://…@host:99999/'],
    ['//user:SECRET@host:99999/', '//…@host:99999/'],
    ['https//user:SECRET@host/', 'https//…@host/'],
    ['user:SECRET@host/', 'user:…@host/'],
    ['/users/@me', '/users/@me'],
    ['items/@me?q', 'items/@me?q'],
    ['data:,user:x@host', 'data:,user:x@host'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ] as const;
  for (const [text, expected] of rows) t.equal(shownUrl(text), expected, text);
  const long = `1user:${'x'.repeat(100_000)}`;
  t.equal(shownUrl(`${long}@host`), '1user:…@host');
  t.equal(shownUrl(`${'@'.repeat(100_000)}:`).length, 100_001);
  t.end();
});

t.test("every error of the family omits its request's credentials", (t) => {
  const url = 'https://user:SECRET@example.org/feed';
  const request = { method: 'GET', url, repeatable: true };
  const response = responseOf({ response: { url: 'https://user:SECRET@example.org/other', status: 404 } });
  for (const error of [
    new NetworkError('connect', { request }),
    new LimitError('headerBytes', 1, { request }),
    new HttpStatusError({ ...response, url: 'https://example.org/' }, { request }),
    new ParseError('json', 'No JSON', { request }),
    new ParseError('json', 'No JSON', { url }),
  ]) {
    keepsSecrets(t, error, error.name);
    t.match(error.message, /example\.org/);
  }
  const { message } = new HttpStatusError(response, { request });
  t.match(message, /GET https:\/\/example\.org\/feed .* at https:\/\/example\.org\/other$/);
  t.notMatch(message, /SECRET/);
  t.end();
});

for (const [name, adapter] of Object.entries(adapters)) {
  t.test(`the ${name} adapter`, async (t) => {
    const request = requestFactory(() => adapter)();
    for (const target of failing) keepsSecrets(t, (await record(request(target))).error, target);
    // As an interceptor may pass it on.
    const behind = requestFactory(() => (given) => adapter({ ...given, url: 'htp://user:SECRET@host/' }))();
    keepsSecrets(t, (await record(behind('http://host/'))).error, 'after an interceptor');
    for (const value of ['SECRET\nx', 'SECRET\0', 'SECRET\u2713']) {
      const signed = requestFactory(
        () => (given) => adapter({ ...given, headers: given.headers.with('authorization', value) }),
      )();
      keepsSecrets(t, (await record(signed('http://127.0.0.1:1/'))).error, 'a malformed field');
    }
  });
}

t.test('a request with options', async (t) => {
  const secret = { baseURL: 'http://user:SECRET@host:99999/' };
  keepsSecrets(t, (await run({ target: 'x', ...secret })).error, 'baseURL');
  keepsSecrets(
    t,
    (await run({ target: 'http://h:99999/', baseURL: 'http://user:SECRET@host/' })).error,
    'base',
  );
  for (const headers of [
    { authorization: 'Bearer SECRET\n' + 'x' },
    { 'Authorization: Bearer SECRET': '' },
    { 'Cookie: a=SECRET': '' },
  ]) {
    keepsSecrets(t, (await run({ target: 'http://h/', headers })).error, JSON.stringify(headers));
  }
  const withColon = { target: 'http://h/', username: 'a:b', password: 'SECRET' };
  keepsSecrets(t, (await run(withColon)).error, 'a colon in the user name');
  const token = { origin: 'http://h', token: () => 'SECRET\n' + 'x' };
  keepsSecrets(t, (await run({ target: 'http://h/', method: 'POST', xsrf: token })).error, 'xsrf');
  const headers = { authorization: 'Bearer SECRET', cookie: 'a=SECRET' };
  keepsSecrets(t, (await run({ target: 'http://127.0.0.1:1/', headers })).error, 'sent along');
});

t.test('a redirect', async (t) => {
  const server = await originServer((_, response) => {
    response.writeHead(302, { location: where }).end();
  });
  t.teardown(() => server.close());
  let where = '';
  const own = server.origin.replace('//', '//user:SECRET@');
  for (where of [
    'http://user:SECRET@host:99999/',
    '//user:SECRET@host:99999/',
    'http://user:SEC/SECRET@host/',
    'htp://user:SECRET@host/',
    'user:SECRET@host/',
    'http://user:SECRET@127.0.0.1:1/',
    own,
  ]) {
    for (const [name, adapter] of Object.entries(adapters)) {
      const request = requestFactory(() => adapter)();
      keepsSecrets(t, (await record(request(server.origin))).error, `${where} by ${name}`);
    }
    const Class = createXMLHttpRequest({ origin: 'http://elsewhere.example' });
    const crossing = requestFactory(() => xhrAdapter({ XMLHttpRequest: Class }))();
    keepsSecrets(t, (await record(crossing(server.origin))).error, `${where} by a class with an origin`);
  }
});

t.test('the class', (t) => {
  for (const url of failing) {
    const Class = createXMLHttpRequest({ schemes: ['file', 'ftp', 'ftps'] });
    const xhr = new Class();
    try {
      xhr.open('GET', url, false);
      xhr.send();
      t.fail(`${url} must fail`);
    } catch (error) {
      keepsSecrets(t, error, url);
    }
  }
  const throwing: readonly (() => unknown)[] = [
    () => createXMLHttpRequest({ baseURL: 'http://user:SECRET@host:99999/' }),
    () => createXMLHttpRequest({ origin: 'http://user:SECRET@host:99999/' }),
    () => createXMLHttpRequest({ referrer: 'http://user:SECRET@host:99999/' }),
    () => {
      const Class = createXMLHttpRequest({ baseURL: () => 'http://user:SECRET@host:99999/' });
      new Class().open('GET', '/');
    },
    () => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', 'http://host/');
      xhr.setRequestHeader('Authorization: Bearer SECRET', '');
    },
    () => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', 'http://host/');
      xhr.setRequestHeader('Authorization', 'Bearer SECRET\nx');
    },
    () => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', 'http://host/');
      xhr.setRequestHeader('Authorization', 'Bearer SECRET\u2713');
    },
    ...['nonsense//user:SECRET@host', 'https://user:SECRET@host/x.js'].map((syncDispatcher) => () => {
      const xhr = new (createXMLHttpRequest({ syncDispatcher }))();
      xhr.open('GET', 'http://127.0.0.1:1/', false);
      xhr.send();
    }),
  ];
  for (const [index, run] of throwing.entries()) {
    try {
      run();
      t.fail(`${index} must fail`);
    } catch (error) {
      keepsSecrets(t, error, String(index));
    }
  }
  t.end();
});

t.test('responseURL is as the standard says', async (t) => {
  const server = await originServer((_, response) => response.end('ok'));
  t.teardown(() => server.close());
  const xhr = new XMLHttpRequest();
  xhr.open('GET', server.origin.replace('//', '//user:SECRET@'));
  await new Promise((resolve) => {
    xhr.onload = resolve;
    xhr.send();
  });
  t.match(xhr.responseURL, /^http:\/\/user:SECRET@127/);
});

t.test('the command', async (t) => {
  const told = async (...args: string[]): Promise<void> => {
    const io = fakeIo();
    t.not(await main(args, io), 0, args.join(' '));
    t.notMatch(io.stderr.text + io.stdout.text, /SECRET/, args.join(' '));
  };
  for (const url of failing) {
    await told(url);
    // Without a scheme it is the path of a file.
    if (/^[a-z][a-z\d]*:/.test(url)) await told('--allow-file', url);
  }
  for (const header of ['Authorization Bearer SECRET', 'SECRET', 'Bad Name SECRET: x', 'a: SECRET\nx']) {
    await told('http://127.0.0.1:1/', '--header', header);
  }
});
