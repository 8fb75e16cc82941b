import t from 'tap';
import { RequestTimeoutError } from '../../../source/errors/RequestTimeoutError.js';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { type Exchange, promptedServer } from '../../helpers/promptedServer.js';
import { completed, fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await promptedServer();
/** For requests that nobody answers. */
const silent = await promptedServer();
t.teardown(() => Promise.all([server.close(), silent.close()]));

/** A GET under way, which the server has and does not answer by itself. */
async function sent(timeout: number): Promise<{ xhr: XMLHttpRequest; log: string[] } & Exchange> {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr);
  xhr.open('GET', server.origin);
  xhr.timeout = timeout;
  xhr.send();
  log.length = 0;
  return { xhr, log, ...(await server.take()) };
}

/** Waits until a time limit of some milliseconds has passed, that of another request. */
async function limitPassed(): Promise<void> {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', silent.origin);
  xhr.timeout = 5;
  xhr.send();
  await fired(xhr, 'timeout');
}

const timedOut = ['readystatechange 4', 'timeout 0', 'loadend 0'];
const done = [
  'readystatechange 2',
  'readystatechange 3',
  'progress 2/2',
  'readystatechange 4',
  'load 2/2',
  'loadend 2/2',
];
const answer = ({ response }: Exchange): void => {
  response.writeHead(200, { 'content-length': 2 }).end('ok');
};

t.test('a timeout is an unsigned long', (t) => {
  const xhr = new XMLHttpRequest();
  t.equal(xhr.timeout, 0);
  const cases: readonly (readonly [given: unknown, timeout: number])[] = [
    [1000, 1000],
    [1.9, 1],
    [-1, 4_294_967_295],
    [4_294_967_301, 5],
    ['20', 20],
    ['text', 0],
    [NaN, 0],
    [Infinity, 0],
    [true, 1],
    [null, 0],
    [undefined, 0],
    [{ valueOf: () => 7 }, 7],
  ];
  for (const [given, timeout] of cases) {
    (xhr as { timeout: unknown }).timeout = given;
    t.equal(xhr.timeout, timeout, String(given));
  }
  for (const given of [1n, Symbol('1')]) {
    t.throws(() => ((xhr as { timeout: unknown }).timeout = given), TypeError);
  }
  t.equal(xhr.timeout, 7);
  t.end();
});

t.test('a request that takes too long times out', async (t) => {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr);
  xhr.open('GET', silent.origin);
  xhr.timeout = 20;
  xhr.send();
  const { error } = (await fired(xhr, 'timeout')) as ProgressEvent & { error?: unknown };
  t.ok(error instanceof RequestTimeoutError);
  t.match(error, { limit: 'total', message: /20 ms/ });
  t.same(log, ['readystatechange 1', 'loadstart 0', ...timedOut]);
  t.same([xhr.readyState, xhr.status], [4, 0]);
});

t.test('and is cut off', async (t) => {
  const { xhr, log, response } = await sent(60_000);
  const broken = new Promise((resolve) => void response.on('close', resolve));
  xhr.timeout = 1;
  await broken;
  t.same(log, timedOut);
});

t.test('a request that is done in time does not', async (t) => {
  const exchange = await sent(60_000);
  answer(exchange);
  await fired(exchange.xhr, 'loadend');
  t.same(exchange.log, done);
  exchange.xhr.timeout = 1;
  await limitPassed();
  t.same(exchange.log, done, 'and a limit that is set afterwards is for another request');
  t.equal(exchange.xhr.responseText, 'ok');
});

t.test(
  'the limit may be set on the way: for the first time, to less, to less than has passed already',
  async (t) => {
    for (const first of [0, 60_000, 4_294_967_295]) {
      const { xhr, log } = await sent(first);
      await limitPassed();
      xhr.timeout = 1;
      await fired(xhr, 'loadend');
      t.same(log, timedOut, `from ${first}`);
    }
  },
);

t.test('it may be extended or removed', async (t) => {
  for (const then of [60_000, 0, 2_147_483_648, 4_294_967_295]) {
    const xhr = new XMLHttpRequest();
    const log = logEvents(xhr);
    xhr.open('GET', server.origin);
    xhr.timeout = 1;
    xhr.send();
    xhr.timeout = then;
    const exchange = await server.take();
    await limitPassed();
    answer(exchange);
    await fired(xhr, 'loadend');
    t.same(log.slice(2), done, `to ${then}`);
  }
});

t.test('more than a timer can wait is waited for', async (t) => {
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warn);
  t.teardown(() => process.off('warning', warn));
  for (const timeout of [2_147_483_647, 2_147_483_648, 4_294_967_295]) {
    const exchange = await sent(timeout);
    await limitPassed();
    answer(exchange);
    await fired(exchange.xhr, 'loadend');
    t.same(exchange.log, done, String(timeout));
  }
  t.same(warnings, [], 'by timers that can');
});

t.test('it applies until the end of the body', async (t) => {
  const { xhr, log, response } = await sent(60_000);
  response.write('abc');
  await fired(xhr, 'progress');
  t.equal(xhr.responseText, 'abc');
  log.length = 0;
  xhr.timeout = 1;
  await fired(xhr, 'timeout');
  t.same(log, timedOut);
  t.equal(xhr.responseText, '');
});

t.test('it applies across redirects', async (t) => {
  const { xhr, log, response } = await sent(60_000);
  response.writeHead(302, { location: '/next' }).end();
  await server.take();
  xhr.timeout = 1;
  await fired(xhr, 'loadend');
  t.same(log, timedOut);
});

t.test('it applies while a body is sent', async (t) => {
  const xhr = new XMLHttpRequest();
  xhr.open('POST', server.origin);
  const log = logEvents(xhr, true);
  // More than the system takes: the server does not read it.
  xhr.send('x'.repeat(20_000_000));
  await server.take();
  xhr.timeout = 1;
  await fired(xhr, 'loadend');
  t.same(log.slice(-5), [
    'readystatechange 4',
    'upload.timeout 0',
    'upload.loadend 0',
    'timeout 0',
    'loadend 0',
  ]);
});

t.test('it stays for the next request, and starts again', async (t) => {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr);
  xhr.timeout = 5;
  for (let again = 0; again < 3; again++) {
    log.length = 0;
    xhr.open('GET', silent.origin);
    xhr.send();
    await fired(xhr, 'loadend');
    t.same(log, ['readystatechange 1', 'loadstart 0', ...timedOut]);
  }
});

t.test('the limit of a replaced request does not affect its replacement', async (t) => {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', silent.origin);
  xhr.timeout = 1;
  xhr.send();
  xhr.open('GET', silent.origin);
  xhr.timeout = 0;
  const log = logEvents(xhr);
  xhr.send();
  await limitPassed();
  t.same(log, ['loadstart 0']);
  xhr.abort();
  xhr.timeout = 1;
  await limitPassed();
  t.same(log.slice(1), ['readystatechange 4', 'abort 0', 'loadend 0'], 'nor is it of one that was aborted');
});

t.test('a listener of a timeout may send the request again', async (t) => {
  const { xhr, log } = await sent(60_000);
  xhr.timeout = 1;
  xhr.addEventListener(
    'timeout',
    () => {
      xhr.timeout = 0;
      xhr.open('GET', 'data:,ok');
      xhr.send();
    },
    { once: true },
  );
  await fired(xhr, 'load');
  t.same(log.slice(0, 5), [
    'readystatechange 4',
    'timeout 0',
    'readystatechange 1',
    'loadstart 0',
    'loadend 0',
  ]);
  t.equal(xhr.responseText, 'ok');
});

t.test('a synchronous request of a window cannot have one', async (t) => {
  for (const scope of ['window', 'worker', undefined] as const) {
    const xhr = new (createXMLHttpRequest({ scope }))();
    xhr.open('GET', 'data:,', false);
    const set = (): void => void (xhr.timeout = 1);
    if (scope === 'window') t.throws(set, { name: 'InvalidAccessError', constructor: DOMException });
    else t.doesNotThrow(set);
    t.equal(xhr.timeout, scope === 'window' ? 0 : 1);
    xhr.open('GET', 'data:,');
    t.doesNotThrow(set, 'an asynchronous one does');
    await completed(xhr, 'data:,');
  }
});
