import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { type RequestBody } from '../../../source/body/RequestBody.js';
import { serverThread } from '../../helpers/serverThread.js';
import { syncEnvironment, syncRequest, textOf } from '../../helpers/syncRequest.js';

const server = await serverThread();
t.teardown(() => server.close());

/** What `/echo` says of a request. */
interface Echo {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As base64. */
  readonly body: string;
}

const echoed = (body: RequestBody): { headers: Echo['headers']; body: string } => {
  const echo = JSON.parse(textOf(syncRequest(`${server.origin}/echo`, { body }))) as Echo;
  return { headers: echo.headers, body: Buffer.from(echo.body, 'base64').toString('latin1') };
};

t.test('a synchronous request returns the response and its body', (t) => {
  const url = `${server.origin}/answer?status=404&header=X-A:+b&header=X-A:+c&body=text#fragment`;
  const outcome = syncRequest(url);
  t.match(outcome, {
    type: 'response',
    response: { url: url.replace('#fragment', ''), status: 404, statusText: 'Not Found', isBodyNull: false },
  });
  const { headers } = outcome.type === 'response' ? outcome.response : { headers: [] };
  t.match(headers.join('\n'), /\nx-a\nb\nx-a\nc\n/);
  t.equal(textOf(outcome), 'text');
  const head = syncRequest(`${server.origin}/answer?body=text`, { method: 'HEAD' });
  t.match(head, { type: 'response', response: { status: 200, isBodyNull: true } }, 'HEAD');
  t.same('chunks' in head && head.chunks, []);
  const to = encodeURIComponent(`${server.origin}/answer?body=moved`);
  const redirected = syncRequest(`${server.origin}/redirect?to=${to}`);
  t.match(redirected, { response: { url: `${server.origin}/answer?body=moved` } }, 'a redirect');
  t.equal(textOf(redirected), 'moved');
  t.equal(textOf(syncRequest(`${server.origin}/gzip`)), 'gzip '.repeat(2_000), 'a content coding');
  t.end();
});

t.test('hundreds of requests one after another share a thread and its connection', (t) => {
  const ports = new Set(Array.from({ length: 300 }, () => textOf(syncRequest(`${server.origin}/port`))));
  t.equal(ports.size, 1);
  t.match([...ports][0], /^\d+$/);
  t.end();
});

t.test('a body of many chunks arrives whole', (t) => {
  for (const query of ['count=20000000', 'count=20000000&chunked', 'count=0', 'count=1']) {
    const outcome = syncRequest(`${server.origin}/count?${query}`);
    const bytes = Buffer.concat(outcome.type === 'response' ? outcome.chunks : []);
    const wanted = Buffer.alloc(
      parseInt(query.slice(6)),
      Uint8Array.from({ length: 256 }, (_, byte) => byte),
    );
    t.equal(bytes.compare(wanted), 0, query);
  }
  t.end();
});

t.test("each kind of body is sent, and the caller's memory stays usable", (t) => {
  const pooled = Buffer.from('pooled');
  const form = new FormData();
  form.append('field', 'value');
  form.append('file', new Blob(['in the ', 'file'], { type: 'text/x' }), 'name.txt');
  const cases: readonly (readonly [body: RequestBody, sent: string | RegExp, contentType?: string])[] = [
    ['text é', 'text Ã©'],
    ['', ''],
    [pooled, 'pooled'],
    [new Uint8Array([1, 2, 3, 4]).subarray(1, 3), '\x02\x03'],
    [new Uint8Array([1, 2]).buffer, '\x01\x02'],
    [new URLSearchParams({ a: 'b c' }), 'a=b+c'],
    [new Blob(['blob ', new Blob(['of ', new Uint8Array([0x62])]), 's']), 'blob of bs'],
    [new Blob([]), ''],
    [new File(['a file'], 'a'), 'a file'],
    [
      form,
      /name="field"\r\n\r\nvalue\r\n[^]*filename="name.txt"\r\nContent-Type: text\/x\r\n\r\nin the file\r\n--/,
    ],
  ];
  for (const [body, sent] of cases) {
    const title = Object.prototype.toString.call(body);
    const echo = echoed(body);
    t.match(echo.body, sent, title);
    t.equal(echo.headers['content-length'], String(echo.body.length), title);
  }
  t.equal(pooled.toString(), 'pooled');
  t.equal(echoed(pooled).body, 'pooled', 'again');
  const large = Buffer.alloc(3_000_000, 'large');
  t.equal(echoed(large).body, large.toString(), 'large bytes');
  t.equal(echoed(new Blob([large, large])).body, large.toString().repeat(2), 'a large Blob');
  t.end();
});

t.test('a body that cannot be read synchronously is refused with the reason', async (t) => {
  const directory = t.testdir({ 'file.txt': 'from the file' });
  const inFile = await openAsBlob(join(directory, 'file.txt'));
  const form = new FormData();
  form.append('file', inFile, 'file.txt');
  const unreadable = [inFile, inFile.slice(0, 4), new Blob(['a', inFile]), form];
  for (const body of unreadable) {
    const outcome = syncRequest(`${server.origin}/echo`, { body: body });
    t.match(outcome, {
      type: 'failed',
      error: {
        name: 'NetworkError',
        phase: 'send',
        message: /a Blob that is backed by a file.*blob\.arrayBuffer/,
      },
    });
  }
  const foreign = { [Symbol.toStringTag]: 'Blob', size: 1, type: '', stream: () => new Blob(['a']).stream() };
  t.match(syncRequest(`${server.origin}/echo`, { body: foreign as unknown as Blob }), { type: 'failed' });
  t.match(syncRequest(`${server.origin}/echo`, { body: new Blob(['a']).stream() }), {
    type: 'failed',
    error: { message: /a synchronous request cannot send a stream: pass its bytes/ },
  });
  const read = new Blob([await inFile.arrayBuffer()]);
  t.equal(echoed(read).body, 'from the file', 'what the message advises');
});

t.test('data: and blob: URLs are read, ranges included', async (t) => {
  t.equal(textOf(syncRequest('data:text/plain,hello')), 'hello');
  const url = URL.createObjectURL(new Blob(['blob ', 'of text'], { type: 'text/x' }));
  const outcome = syncRequest(`${url}#fragment`);
  t.equal(textOf(outcome), 'blob of text');
  t.match(outcome, { response: { url, status: 200 } });
  t.same('response' in outcome && outcome.response.headers, [
    'content-length',
    '12',
    'content-type',
    'text/x',
  ]);
  const range = syncRequest(url, { headers: ['Range', 'bytes=5-6'] });
  t.match(range, { response: { status: 206 } });
  t.equal(textOf(range), 'of');
  t.match(syncRequest(`${url}?query`), { type: 'failed' }, 'another URL');
  t.match(syncRequest(url, { body: 'a' }), { type: 'failed' }, 'POST');
  URL.revokeObjectURL(url);
  t.match(syncRequest(url), { type: 'failed', error: { message: /unknown in this thread, or was revoked/ } });
  const directory = t.testdir({ 'file.txt': 'from the file' });
  const inFile = URL.createObjectURL(await openAsBlob(join(directory, 'file.txt')));
  t.match(syncRequest(inFile), {
    type: 'failed',
    error: {
      phase: 'connect',
      message: /the Blob is backed by a file, which a synchronous request cannot read/,
    },
  });
  URL.revokeObjectURL(inFile);
});

t.test('limits apply in the thread, and free its connection', (t) => {
  const over = syncRequest(`${server.origin}/endless?id=limit`, {
    environment: syncEnvironment({ limits: { bufferedBytes: 1_000_000 } }),
  });
  t.match(over, {
    type: 'failed',
    error: {
      name: 'LimitError',
      limit: 'bufferedBytes',
      value: 1_000_000,
      message: /\/endless.*exceeded limits/,
    },
  });
  t.match(JSON.parse(textOf(syncRequest(`${server.origin}/log?id=limit&broken=1`))), { broken: 1 });
  const environment = syncEnvironment({ limits: { bufferedBytes: 1_000 } });
  t.match(syncRequest(`${server.origin}/count?count=1000`, { environment }), { type: 'response' });
  t.match(syncRequest(`${server.origin}/count?count=1001`, { environment }), { type: 'failed' });
  t.match(
    syncRequest(`${server.origin}/headers?count=1&bytes=3000`, {
      environment: syncEnvironment({ limits: { headerBytes: 2_000 } }),
    }),
    { type: 'failed', error: { name: 'LimitError', limit: 'headerBytes', value: 2_000 } },
  );
  t.end();
});
