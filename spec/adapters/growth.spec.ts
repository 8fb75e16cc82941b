import t from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import { makeFetchClient } from '../../source/node/fetching/makeFetchClient.js';
import { type SchemeHandler } from '../../source/node/schemes/SchemeHandler.js';
import { normalizeRequest } from '../../source/request/normalizeRequest.js';
import { type RequestOptions } from '../../source/request/RequestOptions.js';
import { XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { originServer } from '../helpers/originServer.js';
import { record } from '../helpers/record.js';
import { fetchRequestOf, runFetch } from '../helpers/runFetch.js';

/** Redirects to a URL that is twice as long. */
const server = await originServer((request, response) => {
  const path = request.url;
  response.writeHead(302, { location: path + path }).end();
});
t.teardown(() => server.close());

const run = (options: RequestOptions = {}) =>
  record(nodeAdapter()(normalizeRequest(`${server.origin}/grow`, options)));

t.test(
  'a URL that redirects let grow ends at limits.urlBytes, for the adapter and for the class',
  async (t) => {
    const limit = { code: 'ERR_LIMIT', limit: 'urlBytes', message: /exceeded limits\.urlBytes/ };
    t.match((await run({ limits: { urlBytes: 1_000 } })).error, { ...limit, value: 1_000 });
    const client = makeFetchClient({ limits: { urlBytes: 2_000 } });
    t.match((await runFetch(client, `${server.origin}/grow`)).error, { ...limit, value: 2_000 });
    t.ok(server.requests.every(({ url }) => url.length < 2_000));
  },
);

t.test('a Cookie field that a jar lets grow ends at limits.cookieBytes, and nothing is sent', async (t) => {
  for (const [length, limits, isOver] of [
    [16_385, {}, true],
    [100, { cookieBytes: 100 }, false],
    [101, { cookieBytes: 100 }, true],
    [1_000, { cookieBytes: Infinity }, false],
  ] as const) {
    const cookies = {
      get: () => Promise.resolve('x'.repeat(length)),
      set: () => Promise.resolve(),
    };
    const before = server.requests.length;
    const { error } = await runFetch(
      makeFetchClient({ cookies, limits: { urlBytes: 30, ...limits } }),
      `${server.origin}/grow`,
      fetchRequestOf(`${server.origin}/grow`, { includeCredentials: true }),
    );
    t.match(error, { code: 'ERR_LIMIT', limit: isOver ? 'cookieBytes' : 'urlBytes' });
    t.equal(server.requests.length - before, isOver ? 0 : 1);
  }
});

t.test('adapters over an API of the platform refuse what they cannot bound', async (t) => {
  for (const adapter of [fetchAdapter(), xhrAdapter({ XMLHttpRequest })]) {
    for (const name of ['urlBytes', 'cookieBytes']) {
      const { error } = await record(adapter(normalizeRequest('data:,', { limits: { [name]: 5 } })));
      t.match(error, { name: 'TypeError', message: new RegExp(`cannot honour limits\\.${name}: `) });
      const lifted = await record(adapter(normalizeRequest('data:,', { limits: { [name]: Infinity } })));
      t.equal(lifted.error, undefined);
    }
  }
});

t.test('schemes are known however their names are written, by the adapter and by the class', async (t) => {
  const echo: SchemeHandler = ({ url }, sink) => {
    sink.head({ url, status: 200, statusText: '', headers: [], redirects: [], total: 0 });
    sink.end([]);
    return () => undefined;
  };
  const schemes = [['Echo', echo], 'FILE' as 'file'] as const;
  const adapter = nodeAdapter({ schemes });
  t.equal((await record(adapter(normalizeRequest('ECHO:x')))).states, '124');
  t.equal((await record(adapter({ ...normalizeRequest('echo:x'), url: 'eCHo:x' }))).states, '124');
  t.match((await record(adapter(normalizeRequest('file:///none')))).error, { message: /ENOENT/ });
  const client = makeFetchClient({ schemes });
  t.equal((await runFetch(client, 'echo:x')).response?.status, 200);
  t.match((await runFetch(client, 'file:///none')).error, { message: /ENOENT/ });
});
