import { lastValueFrom, toArray } from 'rxjs';
import { arrayBuffer } from '../../../source/operators/arrayBuffer.js';
import { blob } from '../../../source/operators/blob.js';
import { bytes } from '../../../source/operators/bytes.js';
import { response } from '../../../source/operators/response.js';
import { throwIfNotOk } from '../../../source/operators/throwIfNotOk.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { bodyOf, doneOf, equal, failure, grammar, truth } from './assertions.js';
import { contract, type Contract } from './contract.js';

/** What comes of a response, whole or broken. */
export const responseContracts: readonly Contract[] = [
  contract('emits opened, headersReceived, loading and done, with all bytes exact', async (bench) => {
    const outcome = await bench.outcome('/bytes#part');
    grammar(outcome);
    equal(
      [...bodyOf(outcome)],
      Array.from({ length: 256 }, (_, byte) => byte),
      'body',
    );
    const done = doneOf(outcome);
    equal(done.progress.loaded, 256, 'loaded');
    equal(done.progress.total, 256, 'total');
    equal(done.progress.transferred, 256, 'transferred');
    equal(done.response.status, 200, 'status');
    equal(done.response.statusText, 'OK', 'statusText');
    equal(done.response.ok, true, 'ok');
    equal(done.response.url, `${bench.origin}/bytes?id=${bench.id}`, 'url, without its fragment');
    equal(done.response.headers.get('Content-Type'), 'application/octet-stream', 'Content-Type');
    equal(done.response.decodedAs, undefined, 'decodedAs');
    const { startedAt, headers, firstChunk = -1, done: end } = done.timings;
    truth(
      startedAt > 1.7e12 && headers >= 0 && firstChunk >= headers && end >= firstChunk,
      'timings in order',
    );
  }),
  ...[
    { what: 'a HEAD request', target: '/bytes', changes: { method: 'HEAD' }, status: 200 },
    { what: '204', target: '/status?code=204', changes: {}, status: 204 },
    { what: '304', target: '/status?code=304', changes: {}, status: 304 },
    { what: 'an empty body', target: '/status?code=200', changes: {}, status: 200 },
    { what: '404 with an empty body', target: '/status?code=404', changes: {}, status: 404 },
  ].map(({ what, target, changes, status }) =>
    contract(`emits no LOADING for ${what}`, async (bench) => {
      const outcome = await bench.outcome(target, changes);
      equal(
        outcome.events.map(({ readyState }) => readyState),
        [1, 2, 4],
        'events',
      );
      equal(doneOf(outcome).response.status, status, 'status');
      equal(doneOf(outcome).response.ok, status < 300, 'ok');
      equal(doneOf(outcome).response.decodedAs, undefined, 'decodedAs');
      equal(doneOf(outcome).timings.firstChunk, undefined, 'timings.firstChunk');
      if (target !== '/bytes') equal(doneOf(outcome).response.statusText, 'So It Is', 'statusText');
    }),
  ),
  contract('hands over a body that arrives in pieces of one byte', async (bench) => {
    const outcome = await bench.outcome('/pieces?count=300');
    grammar(outcome);
    equal(
      [...bodyOf(outcome)],
      Array.from({ length: 300 }, (_, byte) => byte & 0xff),
      'body',
    );
    let loaded = 0;
    for (const event of outcome.events) {
      if (event.readyState !== 3) continue;
      loaded += event.chunk.byteLength;
      equal(event.progress.loaded, loaded, 'loaded grows by each chunk');
    }
  }),
  contract("hands over responseType 'arraybuffer' whole", async (bench) => {
    const outcome = await bench.outcome('/pieces?count=300', { responseType: 'arraybuffer' });
    grammar(outcome);
    equal(bodyOf(outcome).byteLength, 300, 'bytes');
    if (bench.can.oneChunk)
      equal(
        outcome.events.map(({ readyState }) => readyState),
        [1, 2, 3, 4],
        'events',
      );
  }),
  contract("arrayBuffer() and blob() give the server's bytes, bytes() does or says how to", async (bench) => {
    const bodies = [
      [0xef, 0xbb, 0xbf, 0x61],
      [0xef, 0xbb, 0xbf],
      [0xff, 0xfe, 0x00, 0x01, 0x80, 0xd8, 0x00, 0xff],
      [0xff, 0xfe, 0x61, 0x00],
      [0xff, 0xfe],
      [0xfe, 0xff, 0x00, 0x61],
      [0xfe, 0xff, 0xff],
      [0xef, 0xbb, 0xbf, 0xff, 0xc3],
      [0xef, 0x9e, 0x80, 0xef, 0x9f, 0xbf],
      [0x61],
      Array.from({ length: 256 }, (_, byte) => byte),
    ];
    for (const body of bodies) {
      const target = `/binary?bytes=${body.join()}`;
      equal(
        [...new Uint8Array(await lastValueFrom(bench.send(target).pipe(arrayBuffer())))],
        body,
        'arrayBuffer()',
      );
      const blob$ = bench.send(target).pipe(throwIfNotOk(), response(blob()));
      equal([...new Uint8Array(await (await lastValueFrom(blob$)).body.arrayBuffer())], body, 'blob()');
      for (const changes of [{}, { responseType: 'arraybuffer' }] as const) {
        const chunks$ = bench.send(target, changes).pipe(bytes(), toArray());
        const seen = await lastValueFrom(chunks$).catch((error: unknown) => error);
        const isRefused = seen instanceof TypeError && seen.message.includes("responseType to 'arraybuffer'");
        if (!Array.isArray(seen))
          truth(isRefused && !('responseType' in changes), `a TypeError, not ${String(seen)}`);
        else
          equal(
            (seen as Uint8Array[]).flatMap((chunk) => [...chunk]),
            body,
            'bytes()',
          );
      }
    }
    const none = await lastValueFrom(bench.send('/status?code=204').pipe(arrayBuffer()));
    equal(none.byteLength, 0, 'an empty body');
  }),
  contract('emits LOADING before the response is complete', async (bench) => {
    const outcome = await bench.outcome('/held', {}, ({ readyState }) => {
      if (readyState === 3) void bench.release();
    });
    grammar(outcome);
    equal(new TextDecoder().decode(bodyOf(outcome)), 'abcdef', 'body');
  }),
  contract('reads 2,000 header fields', async (bench) => {
    const outcome = await bench.outcome('/headers?count=2000&bytes=1');
    if (!bench.can.longHeaders) {
      failure(outcome, 'ERR_NETWORK', 'headers');
      return;
    }
    grammar(outcome);
    const { headers } = doneOf(outcome).response;
    equal([headers.get('x-0'), headers.get('X-1999')], ['0', '1999'], 'fields');
  }),
  contract('refuses a header section over limits.headerBytes', async (bench) => {
    const limits = { ...defaultLimits, headerBytes: 1_000 };
    const outcome = await bench.outcome('/headers?count=0&bytes=2000', { limits });
    failure(outcome, 'ERR_LIMIT');
    equal((outcome.error as { limit?: string }).limit, 'headerBytes', 'limit');
    equal(
      outcome.events.map(({ readyState }) => readyState),
      [1],
      'events',
    );
  }),
  contract('errors when the connection ends before the head', async (bench) => {
    failure(await bench.outcome('/raw'), 'ERR_NETWORK', 'headers');
    failure(await bench.outcome('/raw?reset'), 'ERR_NETWORK', 'headers');
  }),
  ...[
    { what: 'shorter than its Content-Length', head: 'Content-Length: 10\r\n\r\nabc', how: '' },
    { what: 'reset in the middle', head: 'Content-Length: 10\r\n\r\nabc', how: '&reset' },
    {
      what: 'chunked and without its last chunk',
      head: 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
      how: '',
    },
    { what: 'chunked and cut inside a chunk', head: 'Transfer-Encoding: chunked\r\n\r\n9\r\nabc', how: '' },
  ].map(({ what, head, how }) =>
    contract(`errors when the body is ${what}`, async (bench) => {
      const opening =
        'HTTP/1.1 200 OK\r\nX-Content-Type-Options: nosniff\r\nContent-Type: application/octet-stream\r\n';
      const target = `/raw?head=${encodeURIComponent(opening + head)}${how}`;
      const outcome = await bench.outcome(target, {}, ({ readyState }) => {
        if (readyState === 3) void bench.release();
      });
      failure(outcome, 'ERR_NETWORK', 'body');
      equal(
        outcome.events.map(({ readyState }) => readyState),
        [1, 2, 3],
        'events before the error',
      );
    }),
  ),
  contract('errors when the connection is refused', async (bench) => {
    const target = await (await fetch(`${bench.origin}/refused`)).text();
    failure(await bench.outcome(target), 'ERR_NETWORK', ...bench.can.refusedPhases);
  }),
  contract('hangs nothing of the transport, and no body, on an error', async (bench) => {
    const { error } = await bench.outcome('/raw', { method: 'POST', body: 'secret' });
    equal(
      Object.keys((error as { request: object }).request).sort(),
      ['method', 'repeatable', 'url'],
      'error.request',
    );
  }),
  contract('decodes a compressed body and never mistakes its length', async (bench) => {
    const outcome = await bench.outcome('/gzip');
    grammar(outcome);
    equal(new TextDecoder().decode(bodyOf(outcome)), 'gzip '.repeat(2_000), 'body');
    const { progress, response } = doneOf(outcome);
    equal(progress.loaded, 10_000, 'loaded');
    equal(progress.total, Number(response.headers.get('content-length') ?? NaN), 'total');
    equal(
      progress.transferred,
      bench.can.transferredOfCompressed ? progress.total : undefined,
      'transferred',
    );
  }),
  contract('passes the mimeType option on', async (bench) => {
    equal(
      doneOf(await bench.outcome('/bytes', { mimeType: 'text/xml' })).response.mimeType,
      'text/xml',
      'mimeType',
    );
  }),
];
