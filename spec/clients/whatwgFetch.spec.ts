import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';

const bench = await openBench(t, 'whatwgFetch');
const { server } = bench;
const polyfill = await import('whatwg-fetch');

applyClientContracts(t, bench);

t.test('leaves the fetch of Node where it is', (t) => {
  t.not(globalThis.fetch, polyfill.fetch);
  t.end();
});

t.test('sends a Request, and makes a Response with all header fields', async (t) => {
  const request = new polyfill.Request(server.url('/echo'), {
    method: 'PUT',
    headers: new polyfill.Headers({ 'x-own': 'é' }),
    body: 'text',
  });
  const response = await polyfill.fetch(request);
  t.ok(response instanceof polyfill.Response);
  t.match(response, { ok: true, status: 200, statusText: 'OK', url: server.url('/echo') });
  t.equal(response.headers.get('content-type'), 'application/json');
  const copy = response.clone();
  t.match(await response.json(), { method: 'PUT', headers: { 'x-own': 'é' } });
  t.match(await copy.json(), { method: 'PUT' });
});

t.test('rejects with an AbortError, before and in the request', async (t) => {
  bench.use();
  await t.rejects(polyfill.fetch(server.url('/user'), { signal: AbortSignal.abort() }), {
    name: 'AbortError',
  });
  t.equal(bench.requests.length, 0);
  const controller = new AbortController();
  const outcome = polyfill.fetch(server.url('/silent'), { signal: controller.signal });
  controller.abort();
  await t.rejects(outcome, { name: 'AbortError' });
});
