import t from 'tap';
import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { completed, fired } from '../../helpers/xhrEvents.js';

const server = await originServer((_, response) => response.end('ok'));
t.teardown(() => server.close());

/** Sets header fields, sends, and gives all fields of a name as they were written. */
async function sent(
  name: string,
  ...fields: readonly (readonly [name: unknown, value: unknown])[]
): Promise<string[]> {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', server.origin);
  for (const [name, value] of fields) setWith(xhr, name, value);
  xhr.send();
  await fired(xhr, 'loadend');
  return fieldsOf(name);
}

function fieldsOf(name: string): string[] {
  const { rawHeaders = [] } = server.requests.at(-1) ?? {};
  const isWanted = (_: string, index: number): boolean =>
    rawHeaders[index - (index % 2)]?.toLowerCase() === name.toLowerCase();
  const found = rawHeaders.filter(isWanted);
  return found.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${found[index + 1] ?? ''}`] : []));
}

/** Calls `setRequestHeader()` with whatever a script may pass. */
function setWith(xhr: XMLHttpRequest, ...given: readonly unknown[]): void {
  (xhr as unknown as { setRequestHeader(...given: readonly unknown[]): void }).setRequestHeader(...given);
}

t.test('header fields can only be set between open() and send()', async (t) => {
  const xhr = new XMLHttpRequest();
  const tried: string[] = [];
  const isRefused = (name: string): void => {
    tried.push(name);
    t.throws(
      () => {
        xhr.setRequestHeader('bad name', 'bad\0value');
      },
      { name: 'InvalidStateError', constructor: DOMException },
      name,
    );
  };
  isRefused('before open()');
  xhr.open('GET', server.origin);
  xhr.addEventListener('loadstart', () => {
    isRefused('once it is sent');
  });
  xhr.addEventListener('readystatechange', () => {
    isRefused(`in state ${xhr.readyState}`);
  });
  xhr.send();
  isRefused('after send()');
  await fired(xhr, 'loadend');
  isRefused('at the end');
  xhr.abort();
  isRefused('after abort()');
  t.same(tried, [
    ...['before open()', 'once it is sent', 'after send()'],
    ...['in state 2', 'in state 3', 'in state 4', 'at the end', 'after abort()'],
  ]);
});

t.test('a name is a token, and a value has no line break and no NUL', (t) => {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', server.origin);
  const isRefused = (name: unknown, value: unknown, error: { readonly name: string }): void => {
    t.throws(
      () => {
        setWith(xhr, name, value);
      },
      error,
      JSON.stringify([String(name), String(value)]),
    );
  };
  const syntaxError = { name: 'SyntaxError', constructor: DOMException };
  for (const name of ['', ' a', 'a ', 'a b', 'a:', 'a\n', 'ä', '(a)', 'a/b', '"a"', '{', '\x7f']) {
    isRefused(name, 'x', syntaxError);
  }
  for (const value of ['a\nb', 'a\rb', 'a\r\nb: c', 'a\0b', '\0']) isRefused('X-A', value, syntaxError);
  isRefused('X-Ā', 'x', { name: 'TypeError' });
  isRefused('X-A', 'aĀ', { name: 'TypeError' });
  isRefused(Symbol('a'), 'x', { name: 'TypeError' });
  isRefused('X-A', Symbol('a'), { name: 'TypeError' });
  isRefused('bad name', 'bad\nĀ', { name: 'TypeError' });
  t.doesNotThrow(() => {
    xhr.setRequestHeader('Host', 'forbidden, which is silent');
  });
  isRefused('Host', 'a\nb', syntaxError);
  t.end();
});

t.test('a value is sent unchanged, except for white space around it', async (t) => {
  const cases = [
    ['a', 'a'],
    [' \t\r\n a \t b \n', 'a \t b'],
    ['', ''],
    [' ', ''],
    ['\xe9\xff\x80', '\xe9\xff\x80'],
    [',,', ',,'],
    [undefined, 'undefined'],
    [null, 'null'],
    [1, '1'],
    [{ toString: () => 'made' }, 'made'],
  ] as const;
  for (const [given, value] of cases) {
    t.same(await sent('x-a', ['X-A', given]), [`X-A: ${value}`], JSON.stringify(given));
  }
});

t.test('fields of one name are combined, in the place and with the name of the first', async (t) => {
  t.same(await sent('x-a', ['X-A', '1'], ['X-B', '2'], ['x-a', '3'], ['X-a', ''], ['X-A', ' 4 ']), [
    'X-A: 1, 3, , 4',
  ]);
  t.same(await sent('x-a', ['X-A', ''], ['X-A', '1']), ['X-A: , 1']);
  const { rawHeaders = [] } = server.requests.at(-1) ?? {};
  t.ok(rawHeaders.includes('X-A'), 'a name is written as it was given');
  t.same(await sent('content-type', ['content-type', 'a/b'], ['Content-Type', 'c/d']), [
    'content-type: a/b, c/d',
  ]);
});

t.test('forbidden fields are silently ignored', async (t) => {
  const forbidden = [
    ...[
      'Accept-Charset',
      'Accept-Encoding',
      'Access-Control-Request-Headers',
      'Access-Control-Request-Method',
    ],
    ...[
      'Access-Control-Request-Private-Network',
      'Connection',
      'Content-Length',
      'Cookie',
      'Cookie2',
      'Date',
      'DNT',
    ],
    ...[
      'Expect',
      'Host',
      'Keep-Alive',
      'Origin',
      'Referer',
      'Set-Cookie',
      'TE',
      'Trailer',
      'Transfer-Encoding',
    ],
    ...['Upgrade', 'Via', 'Proxy-', 'Proxy-Authorization', 'Sec-', 'Sec-Fetch-Mode', 'SEC-A', 'pRoXy-B'],
  ];
  const overrides = ['X-HTTP-Method', 'x-http-method-override', 'X-Method-Override'];
  const xhr = new XMLHttpRequest();
  xhr.open('GET', server.origin);
  for (const name of forbidden) {
    xhr.setRequestHeader(name, 'forbidden');
    xhr.setRequestHeader(name.toLowerCase(), 'forbidden');
  }
  for (const name of overrides) {
    for (const value of ['CONNECT', 'trace', ' TRACK', 'GET, track ,PUT', 'GET,\tConnect']) {
      xhr.setRequestHeader(name, value);
    }
  }
  xhr.send();
  await fired(xhr, 'loadend');
  const { headers = {} } = server.requests.at(-1) ?? {};
  t.equal(JSON.stringify(headers).includes('forbidden'), false);
  for (const name of overrides) t.equal(headers[name.toLowerCase()], undefined, name);
});

t.test('similar fields are sent', async (t) => {
  const allowed = [
    ...[
      'Accept',
      'Accept-Language',
      'Authorization',
      'Cookie-X',
      'Proxy',
      'Sec',
      'Security',
      'X-Host',
      'Content-Language',
    ],
    ...[
      'User-Agent',
      'Range',
      'X-Requested-With',
      'X-Sec-A',
      'Hosts',
      'Dates',
      'If-None-Match',
      'Pragma',
      'X-HTTP-Methods',
    ],
  ];
  for (const name of allowed) t.same(await sent(name, [name, 'mine']), [`${name}: mine`], name);
  for (const value of ['GET', 'CONNECTS', 'x trace', 'trace;', '"trace"', 'a, GET']) {
    t.same(await sent('x-http-method', ['X-HTTP-Method', value]), [`X-HTTP-Method: ${value}`], value);
  }
});

t.test('a header field applies to one request', async (t) => {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', server.origin);
  xhr.setRequestHeader('X-A', '1');
  xhr.open('GET', server.origin);
  xhr.setRequestHeader('X-B', '2');
  xhr.send();
  await fired(xhr, 'load');
  t.same([fieldsOf('x-a'), fieldsOf('x-b')], [[], ['X-B: 2']]);
  await completed(xhr, server.origin);
  t.same(fieldsOf('x-b'), []);
});
