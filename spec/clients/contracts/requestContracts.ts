import { type Echo } from './ClientBench.js';
import { type ClientContract } from './ClientContract.js';

const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const textOf = (echo: Echo): string => new TextDecoder().decode(echo.bytes);

/** What is sent. */
export const requestContracts: readonly ClientContract[] = [
  {
    name: 'gets JSON',
    async run(t, bench) {
      const { status, body } = await bench.send('/user?id=1');
      t.same([status, body], [200, { id: 1, name: 'Zoë' }]);
      t.equal(bench.requests.length, 1, 'over our class');
    },
  },
  {
    name: 'sends methods, query and headers',
    async run(t, bench) {
      const headers = { 'x-own': 'a, b', accept: 'application/vnd.own+json' };
      for (const method of ['GET', 'DELETE', 'PUT', 'PATCH']) {
        const echo = await bench.echo({ method, headers }, '/echo?a=%20b&c=é');
        t.match(echo, { method, path: '/echo?a=%20b&c=%C3%A9', headers }, method);
      }
    },
  },
  {
    name: 'posts JSON',
    async run(t, bench) {
      const echo = await bench.echo({ method: 'POST', body: { name: 'Zoë', list: [1, null] } });
      t.match(echo.headers['content-type'], /^application\/json/);
      t.same(JSON.parse(textOf(echo)), { name: 'Zoë', list: [1, null] });
    },
  },
  {
    name: 'posts text',
    async run(t, bench) {
      const headers = { 'content-type': 'text/plain' };
      const echo = await bench.echo({ method: 'POST', body: 'aé€😀', headers });
      t.match(echo.headers['content-type'], /^text\/plain/);
      t.equal(echo.headers['content-length'], '10');
      t.equal(textOf(echo), 'aé€😀');
    },
  },
  {
    name: 'posts a form',
    async run(t, bench) {
      const echo = await bench.echo({ method: 'POST', body: new URLSearchParams({ a: 'é', b: '1 2' }) });
      t.match(echo.headers['content-type'], /^application\/x-www-form-urlencoded/);
      t.same(
        [...new URLSearchParams(textOf(echo))],
        [
          ['a', 'é'],
          ['b', '1 2'],
        ],
      );
      t.notMatch(textOf(echo), /[^\0-\x7f ]/);
    },
  },
  {
    name: 'posts FormData with files',
    async run(t, bench) {
      const body = new FormData();
      body.append('field', 'é');
      body.append('file', new File([bytes], 'é.bin', { type: 'image/x-test' }));
      body.append('blob', new Blob(['text']), 'named.txt');
      const echo = await bench.echo({ method: 'POST', body });
      const type = echo.headers['content-type'] ?? '';
      t.match(type, /^multipart\/form-data; ?boundary=/);
      const form = await new Response(echo.bytes, { headers: { 'content-type': type } }).formData();
      t.equal(form.get('field'), 'é');
      const file = form.get('file') as File;
      t.match(file, { name: 'é.bin', type: 'image/x-test' });
      t.same(new Uint8Array(await file.arrayBuffer()), bytes);
      t.match(form.get('blob'), { name: 'named.txt', size: 4 });
    },
  },
  {
    name: 'posts a Blob and an ArrayBuffer',
    async run(t, bench) {
      for (const body of [new Blob([bytes]), bytes.buffer]) {
        const headers = { 'content-type': 'image/x-test' };
        const echo = await bench.echo({ method: 'POST', body, headers });
        t.equal(echo.headers['content-type'], 'image/x-test');
        t.equal(echo.headers['content-length'], '256');
        t.same(echo.bytes, bytes);
      }
    },
  },
  {
    name: 'makes many requests at once',
    async run(t, bench) {
      const ids = Array.from({ length: 20 }, (_, id) => `${id}`);
      const echoes = await Promise.all(
        ids.map((id) => bench.echo({ method: 'POST', body: { id } }, `/echo?${id}`)),
      );
      t.same(
        echoes.map(({ path }) => path),
        ids.map((id) => `/echo?${id}`),
      );
      t.same(
        echoes.map((echo) => JSON.parse(textOf(echo)) as unknown),
        ids.map((id) => ({ id })),
      );
    },
  },
];
