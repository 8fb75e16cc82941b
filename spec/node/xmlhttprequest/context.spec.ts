import { AsyncLocalStorage } from 'node:async_hooks';
import t from 'tap';
import { Agent } from 'undici';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { fired } from '../../helpers/xhrEvents.js';

const server = await promptedServer();
t.teardown(() => server.close());
const context = new AsyncLocalStorage<string>();

const types = ['readystatechange', 'loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'];

/** Keeps in which context each event comes: `'load: in send()'`. */
function logContexts(xhr: XMLHttpRequest): string[] {
  const log: string[] = [];
  context.run('in addEventListener()', () => {
    for (const type of types) {
      xhr.addEventListener(type, () => log.push(`${type}: ${context.getStore() ?? 'none'}`));
      xhr.upload.addEventListener(type, () => log.push(`upload.${type}: ${context.getStore() ?? 'none'}`));
    }
  });
  return log;
}

/** Sends a request in a context of its own, and forgets what has been logged until then. */
function send(
  xhr: XMLHttpRequest,
  log: string[],
  url: string,
  method = 'GET',
  body?: string | Uint8Array<ArrayBuffer>,
): void {
  context.run('in open()', () => {
    xhr.open(method, url);
  });
  log.length = 0;
  context.run('in send()', () => {
    xhr.send(body);
  });
}

const inSend = (log: readonly string[]): boolean =>
  log.length > 0 && log.every((entry) => entry.endsWith(': in send()'));

t.test('listeners run in the asynchronous context of send()', async (t) => {
  const xhr = new XMLHttpRequest();
  const log = logContexts(xhr);
  send(xhr, log, server.origin, 'POST', 'body');
  const { request, response } = await server.take();
  request.resume();
  response.write('a');
  await fired(xhr, 'progress');
  // This one is told by a timer.
  response.write('b');
  await fired(xhr, 'progress');
  response.end('c');
  await fired(xhr, 'loadend');
  t.ok(inSend(log), log.join('\n'));
  t.ok(
    ['upload.progress', 'upload.loadend', 'progress', 'load', 'loadend'].every((type) =>
      log.includes(`${type}: in send()`),
    ),
  );
});

t.test('even for a request that reuses the connection of another', async (t) => {
  const dispatcher = new Agent({ connections: 1 });
  t.teardown(() => dispatcher.close());
  const Class = createXMLHttpRequest({ dispatcher });
  const sockets = new Set<unknown>();
  const first = new Class();
  first.open('GET', server.origin);
  context.run('of the connection', () => {
    first.send();
  });
  (await server.take()).response.end();
  await fired(first, 'loadend');
  for (const end of ['load', 'load', 'error'] as const) {
    const xhr = new Class();
    const log = logContexts(xhr);
    send(xhr, log, server.origin);
    await context.run('not in send()', async () => {
      const { request, response } = await server.take();
      sockets.add(request.socket);
      response.write('a');
      await fired(xhr, 'progress');
      response.write('b');
      await fired(xhr, 'progress');
      if (end === 'error') response.destroy();
      else response.end();
      await fired(xhr, 'loadend');
    });
    t.ok(log.includes(`${end}: in send()`));
    t.ok(inSend(log), log.join('\n'));
  }
  t.equal(sockets.size, 1);
});

t.test('even if a request fails or times out', async (t) => {
  for (const url of ['unknown:', 'data:', 'http://127.0.0.1:1/']) {
    const xhr = new XMLHttpRequest();
    const log = logContexts(xhr);
    send(xhr, log, url, 'POST', 'body');
    await fired(xhr, 'error');
    t.ok(inSend(log), url);
  }
  const xhr = new XMLHttpRequest();
  const log = logContexts(xhr);
  send(xhr, log, server.origin);
  context.run('in timeout', () => {
    xhr.timeout = 1;
  });
  await fired(xhr, 'timeout');
  t.ok(inSend(log), 'timeout');
  const limited = new (createXMLHttpRequest({ limits: { bufferedBytes: 1 } }))();
  const limitLog = logContexts(limited);
  send(limited, limitLog, 'data:,abc');
  await fired(limited, 'error');
  t.ok(inSend(limitLog), 'a limit');
});

t.test('events that a method fires itself are in the context of its call', (t) => {
  const xhr = new XMLHttpRequest();
  const log = logContexts(xhr);
  context.run('in open()', () => {
    xhr.open('GET', server.origin);
  });
  t.same(log, ['readystatechange: in open()']);
  log.length = 0;
  xhr.send();
  t.same(log, ['loadstart: none']);
  log.length = 0;
  context.run('in abort()', () => {
    xhr.abort();
  });
  t.same(log, ['readystatechange: in abort()', 'abort: in abort()', 'loadend: in abort()']);
  t.end();
});

t.test('a request that a listener sends has its context', async (t) => {
  const xhr = new XMLHttpRequest();
  const seen: unknown[] = [];
  xhr.addEventListener(
    'load',
    () => {
      xhr.addEventListener('load', () => seen.push(context.getStore()));
      xhr.open('GET', 'data:,b');
      xhr.send();
    },
    { once: true },
  );
  send(xhr, [], 'data:,a');
  await fired(xhr, 'loadend');
  await fired(xhr, 'loadend');
  t.same(seen, ['in send()']);
});
