import { gzipSync } from 'node:zlib';
import t from 'tap';
import { isLimitError } from '../../../source/errors/guards.js';
import { type Limits } from '../../../source/options/limits.js';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { completed, fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await originServer(({ url }, response) => {
  if (url === '/gzip') {
    const body = gzipSync('x'.repeat(1000));
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
  } else if (url === '/zeros') {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(zeros);
  } else if (url === '/headers') response.setHeader('x-long', 'x'.repeat(20_000)).end('ok');
  else response.end('x'.repeat(1000));
});
/** 80 MB of nothing. */
const zeros = gzipSync(Buffer.alloc(80_000_000));
t.teardown(() => server.close());

/** What became of a request of a class with these limits: its last events, its error, and its response. */
async function outcome(
  limits: Partial<Limits>,
  path: string,
  responseType: XMLHttpRequestResponseType = '',
): Promise<{ type: string | undefined; error: unknown; response: unknown }> {
  const xhr = new (createXMLHttpRequest({ limits }))();
  const log = logEvents(xhr);
  let error: unknown;
  xhr.responseType = responseType;
  xhr.addEventListener('error', (event) => ({ error } = event as { error?: unknown }));
  await completed(xhr, `${server.origin}${path}`);
  return { type: log.at(-2)?.split(' ')[0], error, response: xhr.response as unknown };
}

t.test('a response may have at most bufferedBytes bytes', async (t) => {
  for (const path of ['/', '/gzip']) {
    t.match(await outcome({ bufferedBytes: 1000 }, path), { type: 'load', response: 'x'.repeat(1000) }, path);
    const { type, error, response } = await outcome({ bufferedBytes: 999 }, path);
    t.same([type, response], ['error', ''], path);
    t.ok(isLimitError(error));
    t.match(error, {
      limit: 'bufferedBytes',
      value: 999,
      message: /bufferedBytes/,
      request: { method: 'GET' },
    });
  }
});

t.test('whatever its type', async (t) => {
  for (const type of ['', 'text', 'json', 'arraybuffer', 'blob', 'document'] as const) {
    const { type: event, response } = await outcome({ bufferedBytes: 999 }, '/', type);
    t.same([event, response], ['error', type === '' || type === 'text' ? '' : null], type);
  }
});

t.test('a response over a limit is cut off', async (t) => {
  const prompted = await promptedServer();
  t.teardown(() => prompted.close());
  const xhr = new (createXMLHttpRequest({ limits: { bufferedBytes: 3 } }))();
  const log = logEvents(xhr);
  xhr.open('GET', prompted.origin);
  xhr.send();
  const { response } = await prompted.take();
  const broken = new Promise((resolve) => void response.on('close', resolve));
  response.write('abc');
  await fired(xhr, 'progress');
  log.length = 0;
  response.write('d');
  await broken;
  t.same(log, ['readystatechange 4', 'error 0', 'loadend 0']);
  t.equal(xhr.responseText, '');
});

t.test('a bomb is detected by its growth', async (t) => {
  const { type, error } = await outcome({}, '/zeros', 'arraybuffer');
  t.equal(type, 'error');
  t.match(error, { limit: 'decompressionRatio' });
  t.equal((await outcome({ decompressionRatio: Infinity }, '/zeros', 'blob')).type, 'load');
});

t.test('a head that is too long is an error', async (t) => {
  const { type, error } = await outcome({ headerBytes: 10_000 }, '/headers');
  t.equal(type, 'error');
  t.match(error, { limit: 'headerBytes', value: 10_000 });
  t.equal((await outcome({ headerBytes: 30_000 }, '/headers')).type, 'load');
});

t.test('each class has its own limits, and the defaults for the others', async (t) => {
  t.equal((await outcome({ bufferedBytes: 1 }, '/')).type, 'error');
  t.equal((await outcome({}, '/')).type, 'load');
  for (const bufferedBytes of [-1, NaN, '1', null]) {
    t.throws(
      () => createXMLHttpRequest({ limits: { bufferedBytes } } as object),
      RangeError,
      String(bufferedBytes),
    );
  }
  t.throws(() => createXMLHttpRequest({ limits: { bytes: 1 } } as object), {
    name: 'TypeError',
    message: /bytes/,
  });
});
