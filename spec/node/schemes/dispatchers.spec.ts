import t from 'tap';
import { createXMLHttpRequest } from '../../../source/node/xmlhttprequest/createXMLHttpRequest.js';
import { nodeWays } from '../../helpers/nodeWays.js';
import { rawServer } from '../../helpers/rawServer.js';
import { undiciVersions } from '../../helpers/undiciVersions.js';
import { publicHosts } from '../../../source/node/schemes/publicHosts.js';
import { type HttpDispatcher } from '../../../source/node/schemes/HttpDispatcher.js';

for (const { version, undici } of await undiciVersions()) {
  t.test(`dispatchers of undici ${version}`, async (t) => {
    let requests = 0;
    const server = await rawServer((socket, head) => {
      const isRefused = head.startsWith('GET /again') && ++requests % 2 === 1;
      const status = isRefused ? '503 Service Unavailable' : '200 OK';
      socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nok`);
    });
    const mock = new undici.MockAgent();
    mock.disableNetConnect();
    mock.get('http://stock.example').intercept({ path: '/' }).reply(200, 'mocked').persist();
    const agent = new undici.Agent();
    const guarded = new undici.Agent({ connect: publicHosts({ allow: ['127.0.0.1'] }) });
    const composed = agent.compose(undici.interceptors.retry({ minTimeout: 1 }));
    t.teardown(async () => {
      await Promise.all([agent.destroy(), guarded.destroy(), mock.close(), server.close()]);
    });
    const cases: readonly (readonly [HttpDispatcher, string, string])[] = [
      [agent, `${server.origin}/`, 'ok'],
      [guarded, `${server.origin}/`, 'ok'],
      [composed, `${server.origin}/again`, 'ok'],
      [mock, 'http://stock.example/', 'mocked'],
    ];
    for (const [dispatcher, url, body] of cases) {
      for (const [name, ask] of Object.entries(nodeWays(dispatcher))) {
        const { status, text, error } = await ask(url);
        t.same([status, text, error], [200, body, undefined], `${name}: ${url}`);
      }
    }
    t.doesNotThrow(() => createXMLHttpRequest({ dispatcher: agent }));
  });

  t.test(`a proxy that hangs up, with undici ${version}`, async (t) => {
    const proxy = await rawServer((socket) => socket.end());
    const dispatcher = new undici.ProxyAgent(proxy.origin);
    t.teardown(async () => {
      await dispatcher.destroy();
      await proxy.close();
    });
    for (const [name, ask] of Object.entries(nodeWays(dispatcher))) {
      for (const url of ['https://shop.example/', 'http://shop.example/']) {
        const before = proxy.sockets.length;
        t.match((await ask(url)).error, { code: 'ERR_NETWORK' }, `${name}: ${url}`);
        t.equal(proxy.sockets.length - before, 1, 'is dialled once');
      }
    }
  });

  t.test(`the cache of undici ${version} when it may not ask the server`, async (t) => {
    const agent = new undici.Agent();
    t.teardown(() => agent.destroy());
    for (const ask of Object.values(nodeWays(agent.compose(undici.interceptors.cache())))) {
      const { status } = await ask('http://127.0.0.1:1/', { headers: { 'cache-control': 'only-if-cached' } });
      t.equal(status, 504);
    }
  });
}

/** What undici 6 and older call on a handler. */
interface OldHandler {
  onConnect(abort: () => void): void;
  onHeaders(status: number, fields: readonly Buffer[], resume: () => void, statusText: string): boolean;
  onData(chunk: Buffer): boolean;
  onComplete(trailers: readonly Buffer[]): void;
}

t.test('a dispatcher of undici 6 or older is an error that says what to do', async (t) => {
  const old: Readonly<Record<string, (handler: OldHandler) => void>> = {
    client: () => {
      throw Object.assign(new Error('invalid onError method'), { code: 'UND_ERR_INVALID_ARG' });
    },
    mock: (handler) => {
      handler.onConnect(() => undefined);
      handler.onHeaders(200, [], () => undefined, 'OK');
      handler.onData(Buffer.from('x'));
      handler.onComplete([]);
    },
    'delayed mock': (handler) => {
      setImmediate(() => {
        handler.onHeaders(200, [], () => undefined, 'OK');
        handler.onData(Buffer.from('x'));
        handler.onComplete([]);
      });
    },
    'mock whose connection is all': (handler) => {
      handler.onConnect(() => undefined);
    },
  };
  for (const [what, dispatch] of Object.entries(old)) {
    const dispatcher: HttpDispatcher = {
      dispatch(_, handler) {
        dispatch(handler as OldHandler);
        return true;
      },
    };
    for (const [name, ask] of Object.entries(nodeWays(dispatcher))) {
      const { error } = await ask('http://shop.example/');
      t.match(
        error,
        { code: 'ERR_NETWORK', message: /undici 6 or older: give a dispatcher of undici 7 or 8/ },
        `${name}: ${what}`,
      );
    }
  }
});
