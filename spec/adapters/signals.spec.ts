import { getEventListeners } from 'node:events';
import { type AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import t from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import { normalizeRequest } from '../../source/request/normalizeRequest.js';
import { XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { record } from '../helpers/record.js';

const server = createServer((request, response) => {
  if (request.url === '/silent') request.resume();
  else response.end('ok');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
t.teardown(() => {
  server.close();
  server.closeAllConnections();
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const adapters = { node: nodeAdapter(), fetch: fetchAdapter(), xhr: xhrAdapter({ XMLHttpRequest }) };

for (const [name, adapter] of Object.entries(adapters)) {
  t.test(`many requests of the ${name} adapter share a signal without a warning of leaks`, async (t) => {
    const warnings: Error[] = [];
    const warned = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', warned);
    t.teardown(() => process.off('warning', warned));
    const controller = new AbortController();
    const { signal } = controller;
    const done = Array.from({ length: 20 }, () => record(adapter(normalizeRequest(origin, { signal }))));
    const held = Array.from({ length: 20 }, () =>
      record(adapter(normalizeRequest(`${origin}/silent`, { signal }))),
    );
    t.equal(getEventListeners(signal, 'abort').length, 1);
    for (const { states } of await Promise.all(done)) t.equal(states, '1234');
    const left = new AbortController();
    const subscriptions = Array.from({ length: 12 }, () =>
      adapter(normalizeRequest(`${origin}/silent`, { signal: left.signal })).subscribe(),
    );
    for (const subscription of subscriptions) subscription.unsubscribe();
    t.same(getEventListeners(left.signal, 'abort'), [], 'nothing of a request stays behind');
    controller.abort(new Error('enough'));
    for (const { states, error } of await Promise.all(held)) {
      t.equal(states, '1');
      t.match(error, { code: 'ERR_ABORTED', cause: { message: 'enough' } });
    }
    t.same(getEventListeners(signal, 'abort'), []);
    await new Promise(setImmediate);
    t.same(warnings, []);
  });
}
