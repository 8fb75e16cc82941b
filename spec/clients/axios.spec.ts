import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';
import { runClientProgram } from './contracts/runClientProgram.js';

const bench = await openBench(t, 'axios');
const { server } = bench;
// Not before: it looks for the class when it is loaded.
const { default: axios, isAxiosError } = await import('axios');

applyClientContracts(t, bench);

t.test('takes its xhr adapter of itself, and by its name', async (t) => {
  for (const config of [{}, { adapter: 'xhr' }]) {
    bench.use();
    const response = await axios.get<unknown>(server.url('/user'), config);
    t.equal(response.request, bench.requests[0]);
    t.match(response, { status: 200, statusText: 'OK', data: { id: 1, name: 'Zoë' } });
  }
});

t.test('has no xhr adapter where it was loaded before the class was there', async (t) => {
  const { stdout, stderr } = await runClientProgram('axiosTooEarly');
  t.equal(
    stdout,
    'ERR_NOT_SUPPORT There is no suitable adapter to dispatch the request  - adapter xhr is not supported by the environment\n',
    stderr,
  );
});

t.test('sends fields as multipart/form-data', async (t) => {
  const { data } = await axios.postForm<{ headers: Record<string, string>; body: string }>(
    server.url('/echo'),
    { field: 'é', file: new File(['text'], 'a.txt', { type: 'text/plain' }) },
  );
  const sent = new Response(Buffer.from(data.body, 'base64'), {
    headers: { 'content-type': data.headers['content-type'] ?? '' },
  });
  const form = await sent.formData();
  t.equal(form.get('field'), 'é');
  t.match(form.get('file'), { name: 'a.txt', size: 4, type: 'text/plain' });
});

t.test('tells what went wrong, with the request', async (t) => {
  bench.use();
  for (const [url, code] of [
    [server.url('/answer?status=404'), 'ERR_BAD_REQUEST'],
    [server.url('/answer?status=500'), 'ERR_BAD_RESPONSE'],
    [await server.refused(), 'ERR_NETWORK'],
  ] as const) {
    const error: unknown = await axios.get(url).catch((error: unknown) => error);
    if (!isAxiosError(error)) throw error;
    t.equal(error.code, code);
    t.equal(error.request, bench.requests.at(-1));
  }
});

t.test('tells rate and share of a download', async (t) => {
  const shares: number[] = [];
  await axios.get(server.url('/download?size=1000000'), {
    responseType: 'arraybuffer',
    onDownloadProgress: ({ progress = -1, bytes, lengthComputable }) => {
      shares.push(lengthComputable && bytes > 0 ? progress : -1);
    },
  });
  t.equal(shares.at(-1), 1);
  t.notOk(shares.includes(-1), 'each time');
});

t.test('sends credentials, parameters and defaults of an instance, through interceptors', async (t) => {
  const api = axios.create({ baseURL: server.origin, headers: { 'x-own': '1' }, params: { a: 'é' } });
  api.interceptors.request.use((config) => {
    config.headers.set('x-intercepted', config.method);
    return config;
  });
  const { data } = await api.delete<unknown>('/echo', { auth: { username: 'zoe', password: 'secret' } });
  t.match(data, {
    method: 'DELETE',
    path: '/echo?a=%C3%A9',
    headers: {
      'x-own': '1',
      'x-intercepted': 'delete',
      authorization: `Basic ${btoa('zoe:secret')}`,
    },
  });
});

t.test('a controller aborts many requests', async (t) => {
  const id = bench.id();
  const controller = new AbortController();
  const { signal } = controller;
  const outcomes = [1, 2, 3].map(() => axios.get(server.url(`/silent?id=${id}`), { signal }));
  const settled = Promise.allSettled(outcomes);
  await server.until(id, 'requests', 3);
  controller.abort();
  for (const outcome of await settled) t.match(outcome, { reason: { code: 'ERR_CANCELED' } });
  await server.until(id, 'broken', 3);
});
