import { runInNewContext } from 'node:vm';
import { JSDOM } from 'jsdom';
import t from 'tap';
import { XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { testServer } from '../../helpers/testServer.js';
import { fired } from '../../helpers/xhrEvents.js';

const server = await testServer();
t.teardown(() => server.close());

/** What came of a request's body. */
interface Sent {
  readonly body: string;
  readonly length: string | undefined;
  readonly type: string | undefined;
}

/** Sends a body, does something else, and tells what arrived; the bytes as latin1. */
async function sent(body: unknown, after?: () => void, method = 'POST'): Promise<Sent> {
  const xhr = new XMLHttpRequest();
  xhr.responseType = 'json';
  xhr.open(method, `${server.origin}/echo`);
  sendWith(xhr, body);
  after?.();
  await fired(xhr, 'load');
  const echo = xhr.response as { readonly headers: Record<string, string>; readonly body: string };
  return {
    body: Buffer.from(echo.body, 'base64').toString('latin1'),
    length: echo.headers['content-length'],
    type: echo.headers['content-type'],
  };
}

/** Calls `send()` with whatever a script may pass. */
function sendWith(xhr: XMLHttpRequest, ...given: readonly unknown[]): void {
  (xhr as unknown as { send(...given: readonly unknown[]): void }).send(...given);
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const isOpened = (method = 'POST'): XMLHttpRequest => {
  const xhr = new XMLHttpRequest();
  xhr.open(method, `${server.origin}/echo`);
  return xhr;
};

t.test('send() may be called once, after open()', async (t) => {
  const xhr = new XMLHttpRequest();
  const tried: string[] = [];
  const isRefused = (name: string): void => {
    tried.push(name);
    t.throws(
      () => {
        xhr.send();
      },
      { name: 'InvalidStateError', constructor: DOMException },
      name,
    );
  };
  isRefused('before open()');
  xhr.open('GET', 'data:,');
  xhr.addEventListener('loadstart', () => {
    isRefused('while it is sent');
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
    ...['before open()', 'while it is sent', 'after send()'],
    ...['in state 2', 'in state 4', 'at the end', 'after abort()'],
  ]);
});

t.test('null and undefined send no body', async (t) => {
  for (const none of [null, undefined]) {
    t.same(await sent(none), { body: '', length: '0', type: undefined });
    t.same(await sent(none, undefined, 'DELETE'), { body: '', length: undefined, type: undefined });
  }
  const xhr = isOpened();
  sendWith(xhr);
  await fired(xhr, 'load');
  t.match(xhr.responseText, /"body":""/);
});

t.test('text is sent as UTF-8', async (t) => {
  const type = 'text/plain;charset=UTF-8';
  t.same(await sent('aé€😀'), { body: utf8('aé€😀'), length: '10', type });
  t.same(await sent(''), { body: '', length: '0', type });
  t.same(await sent('\uFEFFa\0'), { body: utf8('\uFEFFa\0'), length: '5', type }, 'nothing is taken away');
  t.same(
    await sent('a\uD800b\uDC00'),
    { body: utf8('a\uFFFDb\uFFFD'), length: '8', type },
    'lone surrogates',
  );
  t.same(await sent('\uDC00\uD800'), { body: utf8('\uFFFD\uFFFD'), length: '6', type });
  const large = 'é'.repeat(500_000);
  t.equal((await sent(large)).body, utf8(large));
});

t.test('other values are converted to text', async (t) => {
  const bare: unknown = Object.create(null);
  const cases: readonly (readonly [given: unknown, text: string])[] = [
    [1.5, '1.5'],
    [0, '0'],
    [false, 'false'],
    [NaN, 'NaN'],
    [10n, '10'],
    [{}, '[object Object]'],
    [{ toString: () => 'own' }, 'own'],
    [{ toString: () => undefined }, 'undefined'],
    [{ toString: null, valueOf: () => 5 }, '5'],
    [{ [Symbol.toPrimitive]: (hint: string) => hint }, 'string'],
    [[1, [2, 3], null], '1,2,3,'],
    [new String('object'), 'object'],
    [new Map(), '[object Map]'],
    [new ReadableStream(), '[object ReadableStream]'],
    [Promise.resolve(), '[object Promise]'],
    [new Error('text'), 'Error: text'],
    [/a/g, '/a/g'],
    [Object.assign(() => 1, { toString: () => 'function' }), 'function'],
  ];
  for (const [given, text] of cases) {
    t.match(await sent(given), { body: utf8(text), type: 'text/plain;charset=UTF-8' }, text);
  }
  for (const given of [bare, Symbol('a'), { toString: () => Symbol('b') }, { toString: () => ({}) }]) {
    const xhr = isOpened();
    t.throws(() => {
      sendWith(xhr, given);
    }, TypeError);
    t.equal(xhr.readyState, 1);
    t.doesNotThrow(() => {
      xhr.setRequestHeader('X-A', 'it was not sent');
    });
  }
});

t.test('the body is converted before all else', (t) => {
  const calls: string[] = [];
  const body = (name: string): object => ({ toString: () => void calls.push(name) });
  const unsent = new XMLHttpRequest();
  t.throws(
    () => {
      sendWith(unsent, Symbol('a'));
    },
    { name: 'TypeError' },
    'also where it is too early',
  );
  const opening = new XMLHttpRequest();
  t.doesNotThrow(() => {
    const toString = (): void => {
      opening.open('POST', `${server.origin}/echo`);
    };
    sendWith(opening, { toString });
  }, 'what it calls may well open the request');
  opening.abort();
  const get = isOpened('GET');
  sendWith(get, body('GET'));
  get.abort();
  t.same(calls, ['GET'], 'also where it is not sent');
  t.throws(() => {
    sendWith(isOpened('GET'), new SharedArrayBuffer(1));
  }, TypeError);
  t.end();
});

t.test('bytes are sent unchanged, without a type', async (t) => {
  const bytes = Uint8Array.from({ length: 8 }, (_, byte) => byte + 250);
  const { buffer } = bytes;
  const all = '\xfa\xfb\xfc\xfd\xfe\xff\x00\x01';
  const cases: readonly (readonly [given: unknown, body: string, name: string])[] = [
    [buffer, all, 'ArrayBuffer'],
    [bytes, all, 'Uint8Array'],
    [new Uint8Array(buffer, 1, 3), all.slice(1, 4), 'a part'],
    [new Uint16Array(buffer, 2, 2), all.slice(2, 6), 'Uint16Array'],
    [new DataView(buffer, 3), all.slice(3), 'DataView'],
    [new BigInt64Array(buffer), all, 'BigInt64Array'],
    [new Float64Array(buffer), all, 'Float64Array'],
    [new Int32Array(buffer, 8), '', 'a part that is empty'],
    [new Uint8ClampedArray(0), '', 'empty'],
    [new ArrayBuffer(0), '', 'an empty buffer'],
    [Buffer.from('pooled'), 'pooled', "Node's Buffer"],
    [runInNewContext('new Uint8Array([1, 2])'), '\x01\x02', "another realm's view"],
    [runInNewContext('new Uint8Array([1, 2]).buffer'), '\x01\x02', "another realm's buffer"],
  ];
  for (const [given, body, name] of cases) {
    t.same(await sent(given), { body, length: `${body.length}`, type: undefined }, name);
  }
  const large = Buffer.alloc(300_000, 'abc');
  t.equal((await sent(large)).body, large.toString());
});

t.test('bytes may change after send()', async (t) => {
  const bytes = new Uint8Array([97, 98, 99, 100]);
  const part = bytes.subarray(1, 3);
  const overwrite = (): void => void bytes.fill(120);
  t.equal((await sent(part, overwrite)).body, 'bc');
  bytes.set([97, 98, 99, 100]);
  t.equal((await sent(bytes.buffer, overwrite)).body, 'abcd');
  const large = new Uint8Array(1_000_000).fill(97);
  t.equal((await sent(large, () => void large.fill(98))).body, 'a'.repeat(1_000_000));
  const moved = new Uint8Array([97]);
  t.equal((await sent(moved, () => structuredClone(moved, { transfer: [moved.buffer] }))).body, 'a');
  t.same(await sent(moved), { body: '', length: '0', type: undefined }, 'what was moved away is empty');
  t.equal((await sent(moved.buffer)).body, '');
});

t.test('shared and resizable memory is refused', (t) => {
  const shared = new SharedArrayBuffer(4);
  const resizable: unknown = Reflect.construct(ArrayBuffer, [4, { maxByteLength: 8 }]);
  const cases: readonly (readonly [given: unknown, message: RegExp])[] = [
    [shared, /shared between threads/],
    [new Uint8Array(shared), /shared between threads/],
    [new DataView(shared), /shared between threads/],
    [resizable, /resized/],
    [new Uint8Array(resizable as ArrayBuffer), /resized/],
  ];
  for (const [given, message] of cases) {
    t.throws(
      () => {
        sendWith(isOpened(), given);
      },
      { name: 'TypeError', message },
    );
  }
  t.end();
});

t.test('a Blob is sent with its type, a form as multipart, a query as such', async (t) => {
  const blob = new Blob(['a', new Uint8Array([0xff])], { type: 'X/Y;z=1' });
  t.same(await sent(blob), { body: 'a\xff', length: '2', type: 'x/y;z=1' });
  t.same(await sent(new Blob(['a'])), { body: 'a', length: '1', type: undefined });
  t.same(await sent(new Blob([])), { body: '', length: '0', type: undefined });
  t.match(await sent(new File(['file'], 'name', { type: 'a/b' })), { body: 'file', type: 'a/b' });

  const query = new URLSearchParams([
    ['a b', 'é&='],
    ['c', ''],
  ]);
  const queryType = 'application/x-www-form-urlencoded;charset=UTF-8';
  const addToQuery = (): void => {
    query.append('later', '1');
  };
  t.same(await sent(query, addToQuery), { body: 'a+b=%C3%A9%26%3D&c=', length: '19', type: queryType });

  const form = new FormData();
  form.append('a', '1\n2');
  form.append('f', new Blob(['file'], { type: 'a/b' }), 'é".txt');
  const { body, length, type } = await sent(form, () => {
    form.append('later', '2');
  });
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type ?? '')?.[1] ?? '';
  const parts = [
    'Content-Disposition: form-data; name="a"\r\n\r\n1\r\n2\r\n',
    `Content-Disposition: form-data; name="f"; filename="é%22.txt"\r\nContent-Type: a/b\r\n\r\nfile\r\n`,
  ];
  t.equal(body, utf8(parts.map((part) => `--${boundary}\r\n${part}`).join('') + `--${boundary}--\r\n`));
  t.equal(length, `${body.length}`);
});

t.test("objects of another DOM are recognized: jsdom's blobs, forms and queries", async (t) => {
  const { window } = new JSDOM();
  t.match(await sent(new window.Blob(['blob'], { type: 'a/b' })), { body: 'blob', length: '4', type: 'a/b' });
  t.match(await sent(new window.URLSearchParams('a=b')), { body: 'a=b', type: /^application\/x-www-form/ });
  const form = new window.FormData();
  form.append('a', 'b');
  form.append('f', new window.File(['file'], 'n.txt'));
  t.match(await sent(form), { body: /name="a"\r\n\r\nb\r\n[^]*filename="n.txt"[^]*\r\n\r\nfile\r\n/ });
});

t.test('GET and HEAD send no body, whatever the argument', async (t) => {
  const target = await originServer((_, response) => response.end());
  t.teardown(() => target.close());
  const events: string[] = [];
  for (const method of ['GET', 'HEAD', 'get']) {
    const xhr = new XMLHttpRequest();
    xhr.open(method, target.origin);
    xhr.upload.onloadstart = () => events.push(method);
    sendWith(xhr, new Blob(['body'], { type: 'a/b' }));
    await fired(xhr, 'load');
  }
  t.same(
    target.requests.map(({ method, body, headers }) => [
      ...[method, body],
      ...[headers['content-type'], headers['content-length'], headers['transfer-encoding']],
    ]),
    ['GET', 'HEAD', 'GET'].map((method) => [method, '', undefined, undefined, undefined]),
  );
  t.same(events, [], 'and so nothing is uploaded');
});
