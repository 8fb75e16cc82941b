import t from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import { headerPairs, receivedPairs } from '../../../source/node/schemes/fieldsOf.js';
import { normalizeRequest } from '../../../source/request/normalizeRequest.js';
import { rawServer } from '../../helpers/rawServer.js';
import { record } from '../../helpers/record.js';
import { runFetch } from '../../helpers/runFetch.js';
import { undiciVersions } from '../../helpers/undiciVersions.js';

t.test('long runs of blanks in a value cost no more than other characters', (t) => {
  // What is not linear takes a minute here, for a header section that the limits allow.
  const long = `a${' '.repeat(250_000)}b`;
  t.same(headerPairs({ a: `${long} ` }), ['a', long]);
  t.end();
});

t.test('fields are as received, but for what an interceptor changed', (t) => {
  const raw = ['X-B', '1', 'set-Cookie', 'a', 'x-B', '2', 'Set-cookie', 'b', 'Content-Encoding', 'gzip'].map(
    (text) => Buffer.from(text),
  );
  t.same(receivedPairs(raw, { 'x-b': ['1', '2 '], 'set-cookie': ['a', 'b', 'added'], etag: '"new"' }), [
    'X-B',
    '1',
    'set-Cookie',
    'a',
    'x-B',
    '2',
    'Set-cookie',
    'b',
    'set-cookie',
    'added',
    'etag',
    '"new"',
  ]);
  t.same(receivedPairs(['A', 'b'], { a: 'c' }), ['A', 'c']);
  t.same(receivedPairs(undefined, { a: ['b', 'c'] }), ['a', 'b', 'a', 'c']);
  t.end();
});

for (const { version, undici } of await undiciVersions()) {
  t.test(`a response keeps the order and letter case of its fields, over undici ${version}`, async (t) => {
    const server = await rawServer((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\nX-One: 1\r\nTransfer-Encoding: chunked\r\nx-TWO: 2\r\nX-one: 3\r\n\r\n' +
          '2\r\nok\r\n0\r\nX-Sum: 4\r\n\r\n',
      ),
    );
    const dispatcher = new undici.Agent();
    t.teardown(async () => {
      await dispatcher.destroy();
      await server.close();
    });
    for (const adapter of [nodeAdapter(), nodeAdapter({ dispatcher })]) {
      const { response, done } = await record(adapter(normalizeRequest(server.origin)));
      t.same(response?.headers.raw, [
        'X-One',
        '1',
        'Transfer-Encoding',
        'chunked',
        'x-TWO',
        '2',
        'X-one',
        '3',
      ]);
      t.equal(response?.headers.get('x-one'), '1, 3');
      t.same([...(response?.headers.keys() ?? [])], ['x-one', 'transfer-encoding', 'x-two']);
      t.same(done?.trailers?.raw, ['X-Sum', '4']);
    }
    const { response } = await runFetch(makeFetchClient({ dispatcher }), server.origin);
    t.same(response?.headers, ['x-one', '1', 'x-one', '3', 'transfer-encoding', 'chunked', 'x-two', '2']);
  });
}
