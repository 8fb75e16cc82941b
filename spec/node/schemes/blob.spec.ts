import { openAsBlob } from 'node:fs';
import { appendFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { blob, fetchBlob } from '../../../source/node/schemes/blob.js';
import { parseSingleRangeHeaderValue } from '../../../source/node/schemes/parseSingleRangeHeaderValue.js';
import { record } from '../../helpers/record.js';
import { requestOf } from '../../helpers/requestOf.js';
import { runScheme } from '../../helpers/runScheme.js';

const text = 'A simple Hello, World! example';

function urlOf(t: Test, object: Blob): string {
  const url = URL.createObjectURL(object);
  t.teardown(() => {
    URL.revokeObjectURL(url);
  });
  return url;
}

t.test("a blob's response has its bytes, length and type", async (t) => {
  const url = urlOf(t, new Blob([text], { type: 'text/plain' }));
  const { calls, head, body, received } = await runScheme(blob, url).ended;
  t.equal(calls, 'head data end');
  t.match(head, { url, status: 200, statusText: 'OK', total: 30 });
  t.same(head?.redirects, []);
  t.same(head?.headers, ['content-length', '30', 'content-type', 'text/plain']);
  t.equal(String(body), text);
  t.equal(received, 30);
});

t.test('a blob without a type or bytes works too', async (t) => {
  const { calls, head } = await runScheme(blob, urlOf(t, new Blob([]))).ended;
  t.equal(calls, 'head end');
  t.same(head?.headers, ['content-length', '0', 'content-type', '']);
});

t.test('nothing is reported before the handler has returned', async (t) => {
  const run = runScheme(blob, urlOf(t, new Blob([text])));
  t.equal(run.now().calls, '');
  await run.ended;
});

t.test('a large blob comes in chunks', async (t) => {
  const bytes = Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251));
  const { body, chunks } = await runScheme(blob, urlOf(t, new Blob([bytes]))).ended;
  t.ok(bytes.equals(body));
  t.same(chunks, [262_144, 262_144, 262_144, 213_568]);
});

t.test('the URL is looked up when the request is made', async (t) => {
  const url = URL.createObjectURL(new Blob([text]));
  const run = runScheme(blob, `${url}#part`);
  URL.revokeObjectURL(url);
  const { body, head } = await run.ended;
  t.equal(String(body), text);
  t.equal(head?.url, `${url}#part`);
  t.match((await runScheme(blob, url).ended).error, {
    code: 'ERR_NETWORK',
    message: /the blob: URL is unknown in this thread, or was revoked/,
  });
});

t.test('a URL without a blob is a network error', async (t) => {
  const url = urlOf(t, new Blob([text]));
  for (const wrong of [`${url}?query`, 'blob:', 'blob:https://a.example/1', 'blob:nodedata:1']) {
    const { calls, error } = await runScheme(blob, wrong).ended;
    t.equal(calls, 'error', wrong);
    t.match(error, { code: 'ERR_NETWORK', message: /the blob: URL is unknown in this thread/ }, wrong);
  }
});

t.test('only GET is possible', async (t) => {
  const url = urlOf(t, new Blob([text]));
  for (const method of ['HEAD', 'POST', 'PUT']) {
    t.match((await runScheme(blob, url, { method }).ended).error, {
      code: 'ERR_NETWORK',
      message: new RegExp(`only supports GET, not ${method}`),
    });
  }
});

t.test('a range is answered with its part', async (t) => {
  const url = urlOf(t, new Blob([text], { type: 'text/plain' }));
  const cases: [range: string, contentRange: string, body: string][] = [
    ['bytes=9-21', 'bytes 9-21/30', 'Hello, World!'],
    ['bytes=0-0', 'bytes 0-0/30', 'A'],
    ['bytes=23-', 'bytes 23-29/30', 'example'],
    ['bytes=23-1000000', 'bytes 23-29/30', 'example'],
    ['bytes=-7', 'bytes 23-29/30', 'example'],
    ['bytes=-1000', 'bytes 0-29/30', text],
    ['bytes \t= 9 -\t21', 'bytes 9-21/30', 'Hello, World!'],
  ];
  for (const [range, contentRange, part] of cases) {
    const { head, headers, body } = await runScheme(blob, url, { headers: ['Range', range] }).ended;
    t.match(head, { status: 206, statusText: 'Partial Content', total: part.length }, range);
    t.same(headers, {
      'content-length': String(part.length),
      'content-type': 'text/plain',
      'content-range': contentRange,
    });
    t.equal(String(body), part);
  }
});

t.test('a malformed or empty range is a network error', async (t) => {
  const url = urlOf(t, new Blob([text]));
  const malformed = [
    '',
    'bytes',
    'byte=0-',
    'bytes=',
    'bytes=-',
    'bytes=5',
    'bytes=x-5',
    'bytes=5-x',
    'bytes=5-4',
  ];
  for (const range of [
    ...malformed,
    'bytes=0-5,15-',
    'bytes=0-5, 15-',
    'bytes=0-5,',
    'Bytes=0-',
    'bytes=0-5 ',
  ]) {
    t.equal(parseSingleRangeHeaderValue(range), undefined, range);
    const { error } = await runScheme(blob, url, { headers: ['range', range] }).ended;
    t.match(error, { code: 'ERR_NETWORK', message: /is not a single range of bytes/ }, range);
  }
  for (const range of ['bytes=30-', 'bytes=30-40', 'bytes=-0']) {
    const { error } = await runScheme(blob, url, { headers: ['range', range] }).ended;
    t.match(error, { code: 'ERR_NETWORK', message: /lies outside the 30 bytes/ }, range);
  }
  const twice = ['range', 'bytes=0-1', 'accept', '*/*', 'Range', 'bytes=2-3'];
  t.match((await runScheme(blob, url, { headers: twice }).ended).error, { message: /not a single range/ });
  const empty = urlOf(t, new Blob([]));
  t.match((await runScheme(blob, empty, { headers: ['range', 'bytes=-5'] }).ended).error, {
    message: /outside/,
  });
});

t.test('an abort stops the reading, and nothing is reported after it', async (t) => {
  const url = urlOf(t, new Blob([new Uint8Array(1_000_000)]));
  const before = runScheme(blob, url);
  before.abort();
  const atHead = runScheme(blob, url, {}, (call, { abort }) => {
    if (call === 'head') abort();
  });
  const atData = runScheme(blob, url, {}, (call, { abort }) => {
    if (call === 'data') abort();
  });
  const afterHead = runScheme(blob, url, {}, (call, { abort }) => {
    if (call === 'head') queueMicrotask(abort);
  });
  await runScheme(blob, url).ended;
  await runScheme(blob, url).ended;
  t.equal(afterHead.now().calls, 'head');
  t.equal(before.now().calls, '');
  t.equal(atHead.now().calls, 'head');
  t.same(atData.now().chunks, [262_144]);
  t.equal(atData.now().calls, 'head data');
});

t.test('a file behind a blob that has changed is an error', async (t) => {
  const path = join(t.testdir(), 'file');
  await writeFile(path, Buffer.alloc(600_000, 'x'));
  const object = await openAsBlob(path);
  const url = urlOf(t, object);
  t.equal((await runScheme(blob, url).ended).received, 600_000);
  await appendFile(path, 'more');
  const { calls, error } = await runScheme(blob, url).ended;
  t.equal(calls, 'head error');
  t.match(error, {
    code: 'ERR_NETWORK',
    phase: 'body',
    message: /the blob could not be read to its end/,
    cause: { name: 'NotReadableError' },
  });
  await unlink(path);
  t.match((await runScheme(blob, url).ended).error, { phase: 'body' });
});

t.test('fetchBlob sends a blob that was looked up before', async (t) => {
  const held = runScheme((request, sink) => fetchBlob(new Blob([text]), request, sink), 'blob:nodedata:gone');
  t.equal(String((await held.ended).body), text);
});

t.test('the adapter for Node supports blob: URLs', async (t) => {
  const url = urlOf(t, new Blob([text], { type: 'text/x' }));
  const { states, response, body, done } = await record(nodeAdapter()(requestOf(url)));
  t.equal(states, '1234');
  t.equal(response?.headers.get('content-type'), 'text/x');
  t.equal(String(body), text);
  t.same(done?.progress, { loaded: 30, transferred: 30, total: 30 });
});
