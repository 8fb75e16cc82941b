import { type ClientContract } from './ClientContract.js';

/** How requests fail, and are given up. */
export const failureContracts: readonly ClientContract[] = [
  {
    name: 'tells a refused connection',
    async run(t, bench) {
      const url = await bench.server.refused();
      t.match(await bench.failure(bench.client.send({ url })), { kind: 'network' });
    },
  },
  {
    name: 'tells a response that is cut short',
    async run(t, bench) {
      t.match(await bench.failure(bench.send('/cut', { responseType: 'text' })), { kind: 'network' });
    },
  },
  {
    name: 'tells a redirect without end',
    async run(t, bench) {
      t.match(await bench.failure(bench.send('/redirect')), { kind: 'network' });
    },
  },
  {
    name: 'times out before and in the response',
    needs: ({ timeout }) => timeout,
    async run(t, bench) {
      for (const path of ['/silent', '/held']) {
        const id = bench.id();
        const outcome = bench.send(`${path}?id=${id}`, { timeout: 30, responseType: 'text' });
        t.match(await bench.failure(outcome), { kind: 'timeout' }, path);
        // Where the machine is busy, the time may be up before it is sent.
        if ((await bench.server.requestsOf(id)) > 0) await bench.server.until(id, 'broken');
      }
    },
  },
  {
    name: 'keeps a timeout that does not come',
    needs: ({ timeout }) => timeout,
    async run(t, bench) {
      t.equal((await bench.send('/user', { timeout: 60_000 })).status, 200);
    },
  },
  {
    name: 'aborts at once',
    needs: ({ immediateAbort }) => immediateAbort,
    async run(t, bench) {
      const abort = new AbortController();
      const outcome = bench.send('/held', { signal: abort.signal, responseType: 'text' });
      abort.abort();
      t.match(await bench.failure(outcome), { kind: 'abort' });
      t.equal((await bench.send('/user')).status, 200, 'the next request is none the worse for it');
    },
  },
  {
    name: 'aborts an upload',
    async run(t, bench) {
      const id = bench.id();
      const abort = new AbortController();
      const body = new Blob([new Uint8Array(8 << 20)]);
      const headers = { 'content-type': 'application/octet-stream' };
      const call = { method: 'POST', body, headers, signal: abort.signal };
      const { xhr, outcome } = await bench.reach(1, `/unread?id=${id}`, call);
      await bench.server.until(id, 'requests');
      t.equal(xhr.readyState, 1);
      abort.abort();
      t.match(await bench.failure(outcome), { kind: 'abort' });
      // Only who reads sees that there comes no more.
      await bench.server.release(id);
      await bench.server.until(id, 'broken');
    },
  },
  {
    name: 'aborts a download',
    async run(t, bench) {
      const id = bench.id();
      const abort = new AbortController();
      const { outcome } = await bench.reach(3, `/held?id=${id}`, {
        signal: abort.signal,
        responseType: 'text',
      });
      abort.abort();
      t.match(await bench.failure(outcome), { kind: 'abort' });
      await bench.server.until(id, 'broken');
    },
  },
  {
    name: 'does nothing when it is aborted after its end',
    async run(t, bench) {
      const abort = new AbortController();
      const { status, body } = await bench.send('/user', { signal: abort.signal });
      abort.abort();
      t.same([status, body], [200, { id: 1, name: 'Zoë' }]);
      t.equal((await bench.send('/user')).status, 200);
    },
  },
];
