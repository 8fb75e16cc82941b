import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { type SyncEnvironment } from '../../../source/node/xmlhttprequest/sync/protocol.js';
import { bindWorker } from '../../../source/node/xmlhttprequest/sync/SyncThread.js';
import { serverThread } from '../../helpers/serverThread.js';
import {
  startSyncWorker,
  syncEnvironment,
  syncRequest,
  syncWorkerUrl,
  textOf,
} from '../../helpers/syncRequest.js';

const server = await serverThread();
t.teardown(() => server.close());
t.afterEach(() => {
  bindWorker(startSyncWorker);
});
const hello = `${server.origin}/answer?body=hello`;
const helper = new URL('../../helpers/syncRequest.js', import.meta.url);

const cause = `const cause = Object.assign(new TypeError('uncaught'), { code: 'EWHY' });`;
const directory = t.testdir({
  'exit.mjs': dispatcher('process.exit(0);'),
  'throw.mjs': dispatcher(`${cause} setImmediate(() => { throw cause; }); return true;`),
  'reject.mjs': dispatcher(`${cause} Promise.reject(cause); return true;`),
  'exitAfterwards.mjs': dispatcher(`
    const { onResponseEnd } = handler;
    handler.onResponseEnd = (...parameters) => {
      onResponseEnd.apply(handler, parameters);
      process.exit(0);
    };`),
  'throwWhenIdle.mjs': dispatcher(`
    const isIdle = () => process.env.SYNC_THREAD_IDLE !== undefined;
    setInterval(() => { if (isIdle()) throw new Error('idle'); }, 10);`),
  'block.mjs': dispatcher(`
    process.env.SYNC_THREAD_BLOCKED = 'blocked';
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    while (process.env.SYNC_THREAD_GO === undefined) Atomics.wait(sleeper, 0, 0, 10);`),
  'unlinkable.mjs': "import { missing } from 'node:path';",
  'startLate.mjs': `
    import { setTimeout } from 'node:timers/promises';
    while (process.env.SYNC_THREAD_START === undefined) await setTimeout(10);
    await import(process.env.SYNC_THREAD_START);`,
  'nested.mjs': `
    import { parentPort, workerData } from 'node:worker_threads';
    import { syncRequest, textOf } from ${JSON.stringify(helper)};
    parentPort.postMessage(textOf(syncRequest(workerData + '/answer?body=hello')));
    syncRequest(workerData + '/silent?id=nested');`,
});

/** A client with this dispatcher. */
const dispatching = (name: string): SyncEnvironment =>
  syncEnvironment({}, { hasDispatcher: true, syncDispatcher: pathToFileURL(join(directory, name)) });

const nextWarning = async (): Promise<string> => {
  const [warning] = (await once(process, 'warning')) as [Error];
  return warning.message;
};

t.test('a thread that ends during a request makes it fail, and the next request has another', (t) => {
  t.match(syncRequest(hello, { environment: dispatching('exit.mjs') }), {
    type: 'failed',
    error: { name: 'NetworkError', phase: 'headers', message: /ended during the request/ },
  });
  t.equal(textOf(syncRequest(hello)), 'hello');
  t.end();
});

t.test('an uncaught error in the thread makes the request fail, as its cause', (t) => {
  for (const name of ['throw.mjs', 'reject.mjs']) {
    t.match(syncRequest(hello, { environment: dispatching(name) }), {
      type: 'failed',
      error: { name: 'NetworkError', cause: { name: 'TypeError', message: 'uncaught', code: 'EWHY' } },
    });
    t.equal(textOf(syncRequest(hello)), 'hello');
  }
  t.end();
});

t.test('a thread that ends between two requests is replaced, even if unnoticed', (t) => {
  t.equal(textOf(syncRequest(hello, { environment: dispatching('exitAfterwards.mjs') })), 'hello');
  t.equal(textOf(syncRequest(hello)), 'hello');
  t.end();
});

t.test('a thread that fails between requests is replaced, with a warning', async (t) => {
  t.teardown(() => delete process.env['SYNC_THREAD_IDLE']);
  const warning = nextWarning();
  t.equal(textOf(syncRequest(hello, { environment: dispatching('throwWhenIdle.mjs') })), 'hello');
  process.env['SYNC_THREAD_IDLE'] = 'idle';
  t.match(await warning, /The thread of synchronous requests has ended.*: idle/);
  t.equal(textOf(syncRequest(hello)), 'hello');
});

t.test('a thread that does not start makes the request fail with advice', async (t) => {
  const starts: readonly (readonly [module: URL, warning: RegExp])[] = [
    [new URL('./missing.worker.js', syncWorkerUrl), /missing\.worker\.js/],
    [pathToFileURL(join(directory, 'unlinkable.mjs')), /missing/],
  ];
  for (const [module, expected] of starts) {
    syncRequest(hello, { environment: dispatching('exit.mjs') });
    bindWorker((options) => new Worker(module, { ...options, execArgv: [] }));
    const warning = nextWarning();
    t.match(syncRequest(hello), {
      type: 'failed',
      error: {
        name: 'NetworkError',
        phase: 'connect',
        message: /does not start: its module, xmlhttprequest\.worker\.js, must be next to the bundle/,
      },
    });
    t.match(await warning, expected);
    bindWorker(startSyncWorker);
    t.equal(textOf(syncRequest(hello)), 'hello');
  }
  syncRequest(hello, { environment: dispatching('exit.mjs') });
  bindWorker(() => {
    throw new Error('not permitted');
  });
  t.match(syncRequest(hello), {
    error: { message: /cannot be used/, cause: { message: 'not permitted' } },
  });
});

t.test('a thread starts with the options inherited from Node', (t) => {
  syncRequest(hello, { environment: dispatching('exit.mjs') });
  bindWorker((options) => new Worker(syncWorkerUrl, options));
  t.equal(textOf(syncRequest(hello)), 'hello');
  t.end();
});

t.test('a time limit counts the start of the thread', (t) => {
  t.teardown(() => delete process.env['SYNC_THREAD_START']);
  syncRequest(hello, { environment: dispatching('exit.mjs') });
  bindWorker((options) => new Worker(join(directory, 'startLate.mjs'), { ...options, execArgv: [] }));
  t.same(syncRequest(hello, { timeout: 300 }), { type: 'timeout' });
  process.env['SYNC_THREAD_START'] = syncWorkerUrl.href;
  t.equal(textOf(syncRequest(hello)), 'hello');
  t.end();
});

t.test('a request that timed out before the thread has started it is never started', (t) => {
  t.teardown(() => {
    for (const name of ['GO', 'BLOCKED']) Reflect.deleteProperty(process.env, `SYNC_THREAD_${name}`);
  });
  // Over this connection a request would go out at once.
  t.equal(textOf(syncRequest(hello)), 'hello');
  // Where the machine is busy, the time may be up before the thread has begun.
  for (let timeout = 100; process.env['SYNC_THREAD_BLOCKED'] === undefined; timeout *= 2) {
    t.same(syncRequest(hello, { environment: dispatching('block.mjs'), timeout }), { type: 'timeout' });
  }
  t.same(syncRequest(`${server.origin}/echo?id=late`, { body: 'once', timeout: 30 }), { type: 'timeout' });
  process.env['SYNC_THREAD_GO'] = 'go';
  t.match(JSON.parse(textOf(syncRequest(`${server.origin}/log?id=late`))), { requests: 0 });
  t.end();
});

t.test('a worker thread makes synchronous requests too, and can be ended while it waits', async (t) => {
  const worker = new Worker(join(directory, 'nested.mjs'), { workerData: server.origin });
  t.same(await once(worker, 'message'), ['hello']);
  await fetch(`${server.origin}/log?id=nested&requests=1`);
  await worker.terminate();
  const log = await fetch(`${server.origin}/log?id=nested&broken=1`);
  t.match(await log.json(), { broken: 1 });
});

/** The source of a dispatcher that does this before anything else. */
function dispatcher(before: string): string {
  return `
    import { Agent } from 'undici';
    export default new Agent().compose((dispatch) => (options, handler) => {
      ${before}
      return dispatch(options, handler);
    });`;
}
