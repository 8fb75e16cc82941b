import t, { type Test } from 'tap';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { closed, rawServer } from '../../helpers/rawServer.js';
import { fired, logEvents } from '../../helpers/xhrEvents.js';

interface Seen {
  readonly xhr: XMLHttpRequest;
  readonly events: readonly string[];
  /** Why it failed, by the event. */
  readonly error: Error | undefined;
}

async function get(
  url: string,
  Class = XMLHttpRequest,
  type: XMLHttpRequestResponseType = '',
): Promise<Seen> {
  const xhr = new Class();
  const events = logEvents(xhr);
  let error: Error | undefined;
  xhr.onerror = (event) => {
    ({ error } = event as unknown as { readonly error: Error });
  };
  xhr.open('GET', url);
  xhr.responseType = type;
  xhr.send();
  await fired(xhr, 'loadend');
  return { xhr, events, error };
}

/** What all failures have in common: nothing of the response can be seen any more. */
function isNetworkError(t: Test, { xhr, events, error }: Seen, why: RegExp): void {
  t.match(error?.message, why);
  t.same(events.slice(-3), ['readystatechange 4', 'error 0', 'loadend 0']);
  t.notOk(events.some((event) => event.startsWith('load ')));
  t.match(xhr, { readyState: 4, status: 0, statusText: '', responseURL: '', response: '', responseText: '' });
  t.equal(xhr.getAllResponseHeaders(), '');
}

t.test('a response that is cut short or framed wrongly is a network error', async (t) => {
  const answers: Readonly<Record<string, readonly [answer: string, why: RegExp]>> = {
    'fewer bytes than announced': ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort', /failed \(body\)/],
    'no last chunk': [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n',
      /failed \(body\)/,
    ],
    'a chunk cut short': [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhello',
      /failed \(body\)/,
    ],
    'a chunk size that is none': [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello',
      /chunk size/,
    ],
    'a chunk size that overflows': [
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'f'.repeat(17)}\r\nx`,
      /hunk size/,
    ],
    'two lengths': [
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      /failed \(headers\)/,
    ],
    'a length that is none': ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab', /failed \(headers\)/],
    'a length and chunks': [
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /failed \(headers\)/,
    ],
    'a status line that is none': ['HELLO\r\n\r\n', /failed \(headers\)/],
    'a field name with a blank': ['HTTP/1.1 200 OK\r\nX Y: z\r\n\r\n', /failed \(headers\)/],
    'a NUL in a value': ['HTTP/1.1 200 OK\r\nX: \0\r\n\r\n', /failed \(headers\)/],
    'nothing at all': ['', /failed \(headers\)/],
    'half a head': ['HTTP/1.1 200 OK\r\nX: y\r\n', /failed \(headers\)/],
    'a gzip body cut short': [
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb',
      /unexpected end of file/,
    ],
    'a gzip body that is none': [
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello',
      /incorrect header check/,
    ],
  };
  for (const [name, [answer, why]] of Object.entries(answers)) {
    await t.test(name, async (t) => {
      const server = await rawServer((socket) => socket.end(answer, 'latin1'));
      t.teardown(() => server.close());
      isNetworkError(t, await get(server.origin), why);
    });
  }
});

t.test('a response that is reset at any of its bytes is a network error', async (t) => {
  const answer = 'HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 4\r\n\r\nbody';
  let at = 0;
  const server = await rawServer((socket) => {
    socket.write(answer.slice(0, at), () => socket.resetAndDestroy());
  });
  t.teardown(() => server.close());
  for (; at < answer.length; at++) {
    const { events, error } = await get(server.origin);
    t.match(
      error,
      { name: 'NetworkError', phase: at <= answer.indexOf('body') ? /headers|body/ : 'body' },
      `after ${at} bytes`,
    );
    t.same(events.slice(-3), ['readystatechange 4', 'error 0', 'loadend 0']);
  }
  t.equal(server.sockets.length, answer.length, 'none is asked twice');
});

t.test('garbage after a response does not affect the next request', async (t) => {
  const server = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokGARBAGE\r\n\r\nHTTP/1.1 200 OK\r\n\r\nevil');
  });
  t.teardown(() => server.close());
  for (let count = 0; count < 3; count++) {
    const { xhr } = await get(server.origin);
    t.equal(xhr.responseText, 'ok');
  }
  t.equal(server.sockets.length, 3, 'the connection is not used again');
});

t.test(
  'an endless head ends at the limit of headers, an endless body at that of buffered bytes',
  async (t) => {
    const server = await rawServer((socket, head) => {
      const isHead = head.startsWith('GET /head');
      socket.write(isHead ? 'HTTP/1.1 200 OK\r\n' : 'HTTP/1.1 200 OK\r\n\r\n');
      const pour = (): void => {
        while (
          !socket.destroyed &&
          socket.write(isHead ? 'X-Y: '.padEnd(1_000, 'z') + '\r\n' : Buffer.alloc(65_536))
        );
      };
      socket.on('drain', pour);
      pour();
    });
    t.teardown(() => server.close());
    isNetworkError(t, await get(`${server.origin}/head`), /limits\.headerBytes \(262144\)/);
    const Small = createXMLHttpRequest({ limits: { bufferedBytes: 1_000_000 } });
    isNetworkError(t, await get(`${server.origin}/body`, Small), /limits\.bufferedBytes \(1000000\)/);
    await Promise.all(server.sockets.map(closed));
  },
);

t.test('hostile response header fields do no harm', async (t) => {
  const server = await rawServer((socket, head) => {
    const fold = head.startsWith('GET /folded') ? '\r\n c' : '';
    socket.end(
      `HTTP/1.1 200 \x1b[31mOK\xc3\xbf\r\nX-A: a\tb${fold}\r\nX-A:  d \r\nSet-Cookie: secret=1\r\nSet-Cookie2: secret=2\r\n` +
        '__proto__: x\r\nconstructor: y\r\nContent-Length: 0\r\n\r\n',
      'latin1',
    );
  });
  t.teardown(() => server.close());
  const { xhr, error } = await get(`${server.origin}/plain`);
  t.equal(error, undefined);
  t.equal(xhr.statusText, '\x1b[31mOK\xc3\xbf');
  t.equal(
    xhr.getAllResponseHeaders(),
    'constructor: y\r\ncontent-length: 0\r\nx-a: a\tb, d\r\n__proto__: x\r\n',
  );
  const names = ['x-a', '__proto__', 'constructor', 'toString', 'set-cookie', 'set-cookie2'];
  t.same(
    names.map((name) => xhr.getResponseHeader(name)),
    ['a\tb, d', 'x', 'y', null, null, null],
  );
  isNetworkError(t, await get(`${server.origin}/folded`), /failed \(headers\)/);
});

t.test('values of an author cannot break out of the request', async (t) => {
  const heads: string[] = [];
  const server = await rawServer((socket, head) => {
    heads.push(head);
    const status = head.startsWith('GET /protected') ? '401 No\r\nWWW-Authenticate: Basic' : '200 OK';
    socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
  });
  t.teardown(() => server.close());
  const xhr = new XMLHttpRequest();
  t.throws(
    () => {
      xhr.open('GET\r\nX: y', server.origin);
    },
    { name: 'SyntaxError' },
  );
  xhr.open('GET', `${server.origin}/a\r\nX-Injected: 1\r\n/b?c=\r\nd#e\r\nf`);
  t.throws(
    () => {
      xhr.setRequestHeader('X', 'a\r\nX-Injected: 1');
    },
    { name: 'SyntaxError' },
  );
  t.throws(
    () => {
      xhr.setRequestHeader('X\r\nX-Injected', '1');
    },
    { name: 'SyntaxError' },
  );
  xhr.send();
  await fired(xhr, 'loadend');
  t.equal(heads[0]?.split('\r\n')[0], 'GET /aX-Injected:%201/b?c=d HTTP/1.1');
  t.notMatch(heads[0], /^X-Injected/im);
  xhr.open('GET', `${server.origin}/protected`, true, 'us\r\ner', 'pa\r\nss');
  xhr.send();
  await fired(xhr, 'loadend');
  t.equal(heads.length, 3, 'the challenge is answered');
  const fields = heads[2]?.split('\r\n').filter((line) => /^authorization/i.test(line));
  t.same(fields, [`Authorization: Basic ${btoa('us\r\ner:pa\r\nss')}`]);
  t.notMatch(heads[2], /^(?:er|ss)/m);
});
