import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest';
import { lastValueFrom } from 'rxjs';
import { ajax } from 'rxjs/ajax';
import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { type ClientCall, type ClientReply } from './contracts/Client.js';
import { openBench } from './contracts/openBench.js';
import { plain } from './subjects/plain.js';

const bench = await openBench(t, 'interceptors');
const { server } = bench;
const interceptor = new XMLHttpRequestInterceptor();
const client = plain();
const send = (path: string, call: Omit<ClientCall, 'url'> = {}): Promise<ClientReply> =>
  client.send({ ...call, url: server.url(path) });

applyClientContracts(t, bench);

t.test('answers in the place of the server', async (t) => {
  interceptor.apply();
  t.teardown(() => {
    interceptor.dispose();
  });
  interceptor.on('request', ({ request, controller }) => {
    const { pathname } = new URL(request.url);
    if (pathname !== '/user') return;
    controller.respondWith(
      Response.json({ id: 2, method: request.method }, { status: 201, headers: { 'x-own': '1' } }),
    );
  });
  const mocked = await send('/user', { method: 'PUT', body: { a: 1 } });
  t.match(mocked, { status: 201, body: { id: 2, method: 'PUT' } });
  t.equal(mocked.header('X-Own'), '1');
  for (const responseType of ['text', 'arraybuffer', 'blob'] as const) {
    const { body } = await send('/user', { responseType });
    t.equal(await new Response(body as BodyInit).text(), '{"id":2,"method":"GET"}', responseType);
  }
  t.equal((await send('/text', { responseType: 'text' })).body, 'aé€😀', 'others pass');
});

t.test('shows what is sent and what is answered', async (t) => {
  const seen: unknown[] = [];
  interceptor.apply();
  t.teardown(() => {
    interceptor.dispose();
  });
  interceptor.on('request', ({ request }) => {
    const { headers, credentials } = request;
    seen.push([request.method, request.url, headers.get('x-own'), credentials]);
    void request
      .clone()
      .text()
      .then((text) => seen.push(text));
  });
  interceptor.on('response', ({ response, isMockedResponse }) => {
    seen.push([response.status, response.headers.get('x-own'), isMockedResponse]);
  });
  const call = { method: 'POST', body: 'é', headers: { 'x-own': '1' }, withCredentials: true };
  await send('/user', call);
  t.same(seen, [['POST', server.url('/user'), '1', 'include'], 'é', [200, 'of the server', false]]);
});

t.test('makes requests fail', async (t) => {
  interceptor.apply();
  t.teardown(() => {
    interceptor.dispose();
  });
  interceptor.on('request', ({ controller }) => {
    controller.respondWith(Response.error());
  });
  t.match(await send('/user').catch(client.failureOf), { kind: 'network' });
});

t.test('answers clients that stand on the class', async (t) => {
  interceptor.apply();
  t.teardown(() => {
    interceptor.dispose();
  });
  interceptor.on('request', ({ controller }) => {
    controller.respondWith(Response.json({ mocked: true }));
  });
  t.same(await lastValueFrom(ajax.getJSON('https://shop.example/')), { mocked: true });
});

t.test('leaves the class as it was', async (t) => {
  const { XMLHttpRequest } = globalThis;
  interceptor.apply();
  t.not(globalThis.XMLHttpRequest, XMLHttpRequest);
  interceptor.dispose();
  t.equal(globalThis.XMLHttpRequest, XMLHttpRequest);
  t.equal((await send('/user')).status, 200);
});
