import { gzipSync } from 'node:zlib';
import t from 'tap';
import { ProgressEvent, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { rawServer } from '../../helpers/rawServer.js';
import { completed, fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await originServer(({ url }, response) => {
  const answers: Readonly<Record<string, () => void>> = {
    '/length': () => response.writeHead(200, { 'content-length': 5 }).end('abcde'),
    '/chunked': () => {
      response.write('abcde');
      response.end();
    },
    '/empty': () => response.writeHead(200, { 'content-length': 0 }).end(),
    '/emptyChunked': () => {
      response.flushHeaders();
      response.end();
    },
    '/204': () => response.writeHead(204).end(),
    '/205': () => response.writeHead(205, { 'content-length': 0 }).end(),
    '/304': () => response.writeHead(304, { 'content-length': 5 }).end(),
    '/404': () => response.writeHead(404, { 'content-length': 4 }).end('none'),
    '/gzip': () => {
      const body = gzipSync('abcde');
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
    },
    '/redirect': () => response.writeHead(307, { location: '/length' }).end('moved'),
  };
  answers[url]?.();
});
const prompted = await promptedServer();
/** Cuts off every response in the middle of its body. */
const cutting = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc'));
t.teardown(() => Promise.all([server.close(), prompted.close(), cutting.close()]));

async function eventsOf(url: string, method = 'GET', body?: string, upload = false): Promise<string[]> {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr, upload);
  await completed(xhr, new URL(url, server.origin).href, method, body);
  return log;
}

const begin = ['readystatechange 1', 'loadstart 0'];
const head = 'readystatechange 2';
/** How a body of so many bytes is told, if any came. */
const told = (amount: string): string[] => [
  ...(amount.startsWith('0') ? [] : ['readystatechange 3']),
  ...[`progress ${amount}`, 'readystatechange 4', `load ${amount}`, `loadend ${amount}`],
];
const failed = (type: string, uploads: readonly string[] = []): string[] => [
  'readystatechange 4',
  ...uploads.map((upload) => `upload.${upload} 0`),
  ...[`${type} 0`, 'loadend 0'],
];

t.test('a response is reported from its head to its end', async (t) => {
  t.same(await eventsOf('/length'), [...begin, head, ...told('5/5')]);
  t.same(await eventsOf('/chunked'), [...begin, head, ...told('5')], 'of unknown length');
  t.same(await eventsOf('/gzip'), [...begin, head, ...told('5')], 'the length of what is coded says nothing');
  t.same(await eventsOf('/404'), [...begin, head, ...told('4/4')], 'whatever its status');
  t.same(await eventsOf('/redirect'), [...begin, head, ...told('5/5')], 'and a redirect not at all');
  t.same(await eventsOf('data:,abc'), [...begin, head, ...told('3')], 'whatever its scheme');
});

t.test('a response without a body is never LOADING', async (t) => {
  for (const url of ['/empty', '/emptyChunked', '/204', '/205']) {
    t.same(await eventsOf(url), [...begin, head, ...told('0')], url);
  }
  t.same(
    await eventsOf('/length', 'HEAD'),
    [...begin, head, ...told('0/5')],
    'HEAD, with the length there would be',
  );
  t.same(await eventsOf('/304'), [...begin, head, ...told('0/5')], '304');
});

t.test('an upload is reported before the response', async (t) => {
  const uploaded = (amount: string): string[] =>
    ['progress', 'load', 'loadend'].map((type) => `upload.${type} ${amount}`);
  const withUpload = [...begin, 'upload.loadstart 0/4', ...uploaded('4/4'), head];
  t.same(await eventsOf('/length', 'POST', 'body', true), [...withUpload, ...told('5/5')]);
  t.same(
    await eventsOf('/redirect', 'POST', 'body', true),
    [...withUpload, ...told('5/5')],
    'sent twice, told once',
  );
  t.same(await eventsOf('/204', 'PUT', 'body', true), [...withUpload, ...told('0')]);
  t.same(
    await eventsOf('/length', 'POST', '', true),
    [...begin, 'upload.loadstart 0', ...uploaded('0'), head, ...told('5/5')],
    'an empty body is a body',
  );
  t.same(await eventsOf('/length', 'POST', undefined, true), [...begin, head, ...told('5/5')], 'none is not');
  t.same(
    await eventsOf('/length', 'GET', 'body', true),
    [...begin, head, ...told('5/5')],
    'nor is that of a GET',
  );
});

t.test('an error is reported instead of the end', async (t) => {
  t.same(await eventsOf('unknown:scheme'), [...begin, ...failed('error')]);
  t.same(await eventsOf('data:no%20comma'), [...begin, ...failed('error')]);
  t.same(
    await eventsOf('unknown:scheme', 'POST', 'body', true),
    [...begin, 'upload.loadstart 0/4', ...failed('error', ['error', 'loadend'])],
    'the upload first',
  );
  t.same(
    await eventsOf(cutting.origin),
    [...begin, head, 'readystatechange 3', 'progress 3/5', ...failed('error')],
    'a response that is cut short',
  );
});

t.test('a timeout and an abort are reported like an error', async (t) => {
  // More than the system takes: the server does not read it.
  const body = 'x'.repeat(20_000_000);
  for (const type of ['timeout', 'abort']) {
    const xhr = new XMLHttpRequest();
    const log = logEvents(xhr, true);
    xhr.open('POST', prompted.origin);
    xhr.send(body);
    if (type === 'abort') xhr.abort();
    else xhr.timeout = 20;
    if (type === 'timeout') await fired(xhr, 'loadend');
    t.same(
      log.filter((entry) => !entry.startsWith('upload.progress')),
      [...begin, 'upload.loadstart 0/20000000', ...failed(type, [type, 'loadend'])],
    );
  }
});

t.test('only loadstart fires before send() has returned', async (t) => {
  for (const url of [`${server.origin}/length`, 'data:,a', 'unknown:', 'data:']) {
    const xhr = new XMLHttpRequest();
    const log = logEvents(xhr);
    xhr.open('GET', url);
    xhr.send();
    t.same(log, begin, url);
    await fired(xhr, 'loadend');
  }
});

t.test('events are those of the standard', async (t) => {
  const xhr = new XMLHttpRequest();
  const events: Event[] = [];
  for (const type of ['readystatechange', 'loadstart', 'progress', 'load', 'loadend']) {
    for (const target of [xhr, xhr.upload]) {
      target.addEventListener(type, (event) => {
        t.same([event.target, event.currentTarget, event.eventPhase], [target, target, 2], type);
        events.push(event);
      });
    }
  }
  await completed(xhr, `${server.origin}/length`, 'POST', 'body');
  t.equal(events.length, 12);
  for (const event of events) {
    t.match(event, { bubbles: false, cancelable: false, composed: false, defaultPrevented: false });
    const Class = event.type === 'readystatechange' ? Event : ProgressEvent;
    t.equal(Object.getPrototypeOf(event), Class.prototype, event.type);
  }
});

t.test('the property error of an event explains the failure', async (t) => {
  const xhr = new XMLHttpRequest();
  const reasons: unknown[] = [];
  for (const type of ['error', 'loadend']) {
    xhr.addEventListener(type, (event) => reasons.push((event as { error?: Error }).error?.message));
  }
  await completed(xhr, cutting.origin);
  t.equal(reasons.length, 2);
  t.match(reasons[0], /^GET http:.* \(body\)/);
  t.equal(reasons[1], undefined);
});
