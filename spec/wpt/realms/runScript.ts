import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { runInThisContext } from 'node:vm';
import { type Implementation } from '../implementations/Implementation.js';
import { type ChildMessage } from './ChildMessage.js';
import { type Job } from './Job.js';
import { reportTests } from './reportTests.js';
import { type TestScope } from './TestScope.js';

/** Runs a script with this process's globals as its globals: what a worker has beside Node's is added to them. */
export async function runScript(
  implementation: Implementation,
  { test, origin, scope, limit }: Job,
  send: (message: ChildMessage) => void,
): Promise<void> {
  const location = new URL(test.page, origin);
  const urls = ['/resources/testharness.js', ...test.scripts].map((path) => new URL(path, origin));
  const sources = await Promise.all(urls.map(download));

  const dispatch = addWorkerGlobals(location, scope);
  const reportError = (error: unknown): void => {
    dispatch('error', { error, message: messageOf(error) });
  };
  process.on('uncaughtException', reportError);
  process.on('unhandledRejection', (reason) => {
    dispatch('unhandledrejection', { reason });
  });
  implementation.install(globalThis, {
    baseURL: () => location.href,
    url: location.href,
    origin: location.origin,
    scope,
    isHttp2: test.server === 'h2',
    reportError,
  });

  const testScope = globalThis as unknown as TestScope;
  for (const [index, source] of sources.entries()) {
    try {
      runInThisContext(source, { filename: String(urls[index]) });
    } catch (error) {
      reportError(error);
    }
    if (index > 0) continue;
    reportTests(testScope, (message) => {
      send(withTitle(message, test.title));
    });
    nameScope(scope === 'worker' ? 'DedicatedWorkerGlobalScope' : 'Window');
  }
  setTimeout(() => {
    testScope.timeout();
  }, limit);
}

async function download(url: URL): Promise<string> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    get(url, { agent: false, rejectUnauthorized: false }, (response) => {
      if (response.statusCode === 200) text(response).then(resolve, reject);
      else reject(new Error(`${url.href} was answered with ${response.statusCode ?? 'nothing'}`));
    }).on('error', reject);
  });
}

function addWorkerGlobals(location: URL, scope: Job['scope']): (type: string, members: object) => void {
  const bus = new EventTarget();
  const NodeEvent = Event; // An implementation may replace the global one.
  const { fetch } = globalThis;
  Object.assign(globalThis, {
    self: globalThis,
    GLOBAL: {
      isWindow: () => scope === 'window',
      isWorker: () => scope === 'worker',
      isShadowRealm: () => false,
    },
    location,
    addEventListener: bus.addEventListener.bind(bus),
    removeEventListener: bus.removeEventListener.bind(bus),
    dispatchEvent: bus.dispatchEvent.bind(bus),
    fetch: (input: string | URL | Request, init?: RequestInit) =>
      fetch(typeof input === 'string' ? new URL(input, location) : input, init),
  });
  // Node makes some of its globals when they are first asked for, by getters, which idlharness.js takes for a fault.
  Object.defineProperty(globalThis, 'FormData', { configurable: true, writable: true, value: FormData });
  return (type, members) => {
    bus.dispatchEvent(Object.assign(new NodeEvent(type, { cancelable: true }), members));
  };
}

/**
 * Tells idlharness.js what scope it is in. Not before testharness.js has been run, which would take this for a worker's
 * scope and wait for a port.
 */
function nameScope(name: string): void {
  const value = { [Symbol.hasInstance]: (one: unknown) => one === globalThis };
  Object.defineProperty(globalThis, name, { configurable: true, value });
}

/** Outside a page testharness.js calls tests without a name "Untitled"; a page's are called as it. */
function withTitle(message: ChildMessage, title: string): ChildMessage {
  const rename = (name: string): string => name.replace(/^Untitled(?=$| \d+$)/, title);
  switch (message.type) {
    case 'started':
      return { ...message, name: rename(message.name) };
    case 'ended':
      return { ...message, subtest: { ...message.subtest, name: rename(message.subtest.name) } };
    case 'completed':
      return { ...message, subtests: message.subtests.map((one) => ({ ...one, name: rename(one.name) })) };
    case 'ready':
    case 'failed':
      return message;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
