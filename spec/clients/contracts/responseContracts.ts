import { type ClientContract } from './ClientContract.js';

/** What is received. */
export const responseContracts: readonly ClientContract[] = [
  {
    name: 'tells the header fields',
    async run(t, bench) {
      const { header } = await bench.send('/user');
      t.equal(header('x-own'), 'of the server');
      t.equal(header('X-Many'), '1, 2');
      t.equal(header('content-type'), 'application/json');
      t.equal(header('x-none') ?? null, null);
    },
  },
  {
    name: 'gets text in its encoding',
    needs: ({ responseTypes }) => responseTypes.includes('text'),
    async run(t, bench) {
      t.equal((await bench.send('/text', { responseType: 'text' })).body, 'aé€😀');
    },
  },
  {
    name: 'gets an ArrayBuffer',
    needs: ({ responseTypes }) => responseTypes.includes('arraybuffer'),
    async run(t, bench) {
      const { body } = await bench.send('/bytes', { responseType: 'arraybuffer' });
      t.ok(body instanceof ArrayBuffer);
      t.same(
        new Uint8Array(body as ArrayBuffer),
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
      );
    },
  },
  {
    name: 'gets a Blob with its type',
    needs: ({ responseTypes }) => responseTypes.includes('blob'),
    async run(t, bench) {
      const { body } = await bench.send('/text', { responseType: 'blob' });
      t.ok(body instanceof Blob);
      t.equal((body as Blob).type, 'text/plain;charset=utf-8');
      t.equal(await (body as Blob).text(), 'aé€😀');
    },
  },
  {
    name: 'gets a document',
    needs: ({ responseTypes }) => responseTypes.includes('document'),
    async run(t, bench) {
      const feed = (await bench.send('/feed.xml', { responseType: 'document' })).body as Document;
      t.equal(feed.documentElement.firstElementChild?.getAttribute('id'), '1');
      const page = (await bench.send('/page.html', { responseType: 'document' })).body as Document;
      t.equal(page.getElementsByTagName('title')[0]?.textContent, 'é');
    },
  },
  {
    name: 'takes a response without a body',
    async run(t, bench) {
      const { status, body } = await bench.send('/answer?status=204');
      t.equal(status, 204);
      t.notOk(body, 'nothing, in whichever way the client has it');
    },
  },
  {
    name: 'tells statuses that are errors, with their body',
    async run(t, bench) {
      for (const status of [400, 404, 500, 503]) {
        const failure = await bench.failure(bench.send(`/answer?status=${status}`));
        t.same(failure, { kind: 'status', status, body: { problem: 'no such thing' } });
      }
    },
  },
  {
    name: 'follows redirects',
    async run(t, bench) {
      const { status, url, body } = await bench.send('/moved?status=302&to=/user');
      t.same([status, body], [200, { id: 1, name: 'Zoë' }]);
      t.equal(url, bench.client.can.tellUrl ? bench.server.url('/user') : undefined);
    },
  },
  {
    name: 'redirects a POST as a GET after 303, and as it is after 307',
    async run(t, bench) {
      const call = { method: 'POST', body: { a: 1 } };
      const seen = await bench.echo(call, '/moved?status=303&to=/echo');
      t.same([seen.method, seen.bytes.length], ['GET', 0]);
      const kept = await bench.echo(call, '/moved?status=307&to=/echo');
      t.equal(kept.method, 'POST');
      t.same(JSON.parse(new TextDecoder().decode(kept.bytes)), { a: 1 });
      t.match(kept.headers['content-type'], /^application\/json/);
    },
  },
];
