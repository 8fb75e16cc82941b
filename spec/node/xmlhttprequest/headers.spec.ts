import t from 'tap';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { rawServer } from '../../helpers/rawServer.js';
import { completed, fired } from '../../helpers/xhrEvents.js';

let fields: readonly string[] = [];
const server = await rawServer((socket) => {
  socket.write(
    Buffer.from(`HTTP/1.1 200 OK\r\n${[...fields, 'Content-Length: 2'].join('\r\n')}\r\n\r\nok`, 'latin1'),
  );
});
t.teardown(() => server.close());
const XMLHttpRequest = createXMLHttpRequest();

/** The response to a request that is answered with these header fields. */
const answered = (...given: readonly string[]): Promise<XMLHttpRequest> => {
  fields = given;
  return completed(new XMLHttpRequest(), server.origin);
};

t.test('getAllResponseHeaders() has names in lower case, sorted as if they were in upper case', async (t) => {
  const xhr = await answered(
    'X-B: 2',
    'x-a: 1',
    'A: 3',
    'X_A: 4',
    'XA: 5',
    'x^a: 6',
    'X`A: 7',
    'x~a: 8',
    'X.A: 9',
  );
  t.equal(
    xhr.getAllResponseHeaders(),
    [
      ...['a: 3', 'content-length: 2', 'x-a: 1', 'x-b: 2', 'x.a: 9', 'xa: 5'],
      ...['x^a: 6', 'x_a: 4', 'x`a: 7', 'x~a: 8', ''],
    ].join('\r\n'),
  );
  t.equal(
    (await answered('B: 1', 'c: 2', 'A: 3', 'Ab: 4', 'A-b: 5')).getAllResponseHeaders(),
    'a: 3\r\na-b: 5\r\nab: 4\r\nb: 1\r\nc: 2\r\ncontent-length: 2\r\n',
  );
});

t.test('values of one name are combined in their order', async (t) => {
  const xhr = await answered('X-A: 2', 'X-B: b', 'x-a: 1', 'X-A:', 'X-A: 2, 3');
  t.equal(xhr.getResponseHeader('X-a'), '2, 1, , 2, 3');
  t.equal(xhr.getAllResponseHeaders(), 'content-length: 2\r\nx-a: 2, 1, , 2, 3\r\nx-b: b\r\n');
});

t.test('a value is trimmed, and otherwise kept byte for byte', async (t) => {
  const xhr = await answered(
    'X-A:   a \t b \t ',
    'X-B:',
    'X-C: \xe9\xff',
    'X-D: a:b: c',
    'X-E: ,',
    'X-F: "a, b"',
  );
  const values = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => xhr.getResponseHeader(`x-${name}`));
  t.same(values, ['a \t b', '', '\xe9\xff', 'a:b: c', ',', '"a, b"']);
});

t.test('getResponseHeader() matches names in any case, and only those', async (t) => {
  const xhr = await answered('X-Case: 1');
  for (const name of ['x-case', 'X-CASE', 'X-Case']) t.equal(xhr.getResponseHeader(name), '1', name);
  for (const name of [
    '',
    ' x-case',
    'x-case ',
    'x-case:',
    'x',
    'constructor',
    '__proto__',
    'é',
    '\n',
    'x-ſase',
  ]) {
    if (/[^\0-\xff]/.test(name)) t.throws(() => xhr.getResponseHeader(name), TypeError);
    else t.equal(xhr.getResponseHeader(name), null, JSON.stringify(name));
  }
  t.throws(() => xhr.getResponseHeader(Symbol('a') as unknown as string), TypeError);
});

t.test('cookies are hidden from scripts', async (t) => {
  const xhr = await answered('Set-Cookie: a=1', 'set-cookie: b=2', 'Set-Cookie2: c=3', 'X-Set-Cookie: kept');
  t.equal(xhr.getResponseHeader('set-cookie'), null);
  t.equal(xhr.getResponseHeader('Set-Cookie2'), null);
  t.equal(xhr.getAllResponseHeaders(), 'content-length: 2\r\nx-set-cookie: kept\r\n');
});

t.test('header fields are available from HEADERS_RECEIVED on', async (t) => {
  const xhr = new XMLHttpRequest();
  const seen: unknown[] = [];
  const see = (): void => {
    seen.push([xhr.readyState, xhr.getResponseHeader('content-length'), xhr.getAllResponseHeaders()]);
  };
  fields = [];
  see();
  xhr.onreadystatechange = see;
  await completed(xhr, server.origin);
  xhr.onreadystatechange = null;
  xhr.abort();
  see();
  t.same(seen, [
    [0, null, ''],
    [1, null, ''],
    ...[2, 3, 4].map((state) => [state, '2', 'content-length: 2\r\n']),
    [0, null, ''],
  ]);
  xhr.open('GET', 'unknown:');
  xhr.send();
  await fired(xhr, 'error');
  t.same([xhr.getResponseHeader('content-length'), xhr.getAllResponseHeaders()], [null, '']);
});

t.test('across origins, only the fields that the server exposes are visible', async (t) => {
  const Class = createXMLHttpRequest({ origin: 'http://page.example' });
  fields = [
    'Access-Control-Allow-Origin: *',
    'Access-Control-Expose-Headers: X-B',
    'X-A: 1',
    'X-B: 2',
    'Expires: 0',
  ];
  const xhr = await completed(new Class(), server.origin);
  t.equal(xhr.getAllResponseHeaders(), 'content-length: 2\r\nexpires: 0\r\nx-b: 2\r\n');
  t.equal(xhr.getResponseHeader('X-A'), null);
});
