import { defaultLimits } from '../../../source/options/limits.js';
import { HeaderMap } from '../../../source/request/HeaderMap.js';
import { doneOf, echoOf, equal, failure, grammar, refusal } from './assertions.js';
import { contract, type Contract } from './contract.js';
import { hour, hourClock } from '../../helpers/hourClock.js';

/** What the request's options and body do. */
export const requestContracts: readonly Contract[] = [
  contract('follows redirects', async (bench) => {
    const target = `/redirect?code=303&to=${encodeURIComponent('/echo')}`;
    const outcome = await bench.outcome(target, { method: 'POST', body: 'gone by then' });
    grammar(outcome);
    const { response } = doneOf(outcome);
    equal([response.url, response.status], [`${bench.origin}/echo`, 200], 'url and status');
    equal(echoOf(outcome).method, 'GET', 'method after 303');
    equal(
      response.redirects?.map(({ status }) => status),
      bench.can.seesRedirects ? [303] : undefined,
      'redirects',
    );
  }),
  contract('errors after 20 redirects', async (bench) => {
    failure(await bench.outcome('/redirect'), 'ERR_NETWORK', 'headers');
    equal((await bench.log()).requests, 21, 'requests');
  }),
  contract("honours redirect 'error' and 'manual', or refuses them", async (bench) => {
    const error = await bench.outcome('/redirect', { redirect: 'error' });
    if (bench.can.redirectError) failure(error, 'ERR_NETWORK', 'headers');
    else refusal(error, 'redirect');
    const manual = await bench.outcome('/redirect', { redirect: 'manual' });
    if (bench.can.manualRedirect) equal(doneOf(manual).response.status, 302, 'status');
    else refusal(manual, 'redirect');
  }),
  contract(
    'honours maxRedirects, timeout.connect, timeout.send and limits.decompressionRatio, or refuses them',
    async (bench) => {
      const limits = { ...defaultLimits, decompressionRatio: 7 };
      const redirects = await bench.outcome('/redirect?to=/bytes', { maxRedirects: 0 });
      if (bench.can.maxRedirects) failure(redirects, 'ERR_NETWORK', 'headers');
      else refusal(redirects, 'maxRedirects');
      for (const limit of ['connect', 'send']) {
        const limited = await bench.outcome('/bytes', { timeout: { [limit]: 60_000 } });
        if (bench.can.connectTimeout) grammar(limited);
        else refusal(limited, `timeout.${limit}`);
      }
      const ratio = await bench.outcome('/bytes', { limits });
      if (bench.can.decompressionRatio) grammar(ratio);
      else refusal(ratio, 'limits.decompressionRatio');
    },
  ),
  contract('sends every kind of body byte by byte, with its content type', async (bench) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const blob = new Blob([bytes], { type: 'image/x-test' });
    const form = new FormData();
    form.append('field', 'é');
    form.append('file', blob, 'name.bin');
    const plain = [
      { body: 'aé€😀', type: 'text/plain;charset=UTF-8', bytes: [...new TextEncoder().encode('aé€😀')] },
      { body: bytes.buffer, type: undefined, bytes: [...bytes] },
      { body: bytes.subarray(3, 9), type: undefined, bytes: [3, 4, 5, 6, 7, 8] },
      { body: new DataView(bytes.buffer, 250), type: undefined, bytes: [250, 251, 252, 253, 254, 255] },
      { body: blob, type: 'image/x-test', bytes: [...bytes] },
      {
        body: new URLSearchParams({ a: 'é', b: '1 2' }),
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
        bytes: [...new TextEncoder().encode('a=%C3%A9&b=1+2')],
      },
    ];
    for (const { body, type, bytes: expected } of plain) {
      const echo = echoOf(await bench.outcome('/echo', { method: 'POST', body }));
      equal(echo.headers['content-type']?.toLowerCase(), type?.toLowerCase(), 'content-type');
      equal(echo.headers['content-length'], String(expected.length), 'content-length');
      equal([...echo.bytes], expected, 'body');
    }
    const echo = echoOf(await bench.outcome('/echo', { method: 'PUT', body: form }));
    const sent = await new Response(echo.bytes, {
      headers: { 'content-type': echo.headers['content-type'] ?? '' },
    }).formData();
    equal(sent.get('field'), 'é', 'form field');
    equal([...new Uint8Array(await (sent.get('file') as File).arrayBuffer())], [...bytes], 'form file');
    const headers = new HeaderMap(['Content-Type', 'application/json', 'X-Own', '1']);
    const typed = echoOf(await bench.outcome('/echo', { method: 'PATCH', body: '{}', headers }));
    equal(
      [typed.method, typed.headers['content-type'], typed.headers['x-own']],
      ['PATCH', 'application/json', '1'],
      'own headers',
    );
  }),
  contract('asks for a range of the bytes themselves, not of a coding of them', async (bench) => {
    for (const name of ['range', 'Range', 'RANGE']) {
      const headers = new HeaderMap([name, 'bytes=0-3', 'X-Own', '1']);
      const echo = echoOf(await bench.outcome('/echo', { headers }));
      equal(echo.headers['range'], 'bytes=0-3', 'range');
      equal(echo.headers['accept-encoding'] ?? 'identity', 'identity', 'accept-encoding');
    }
  }),
  contract('sends streams, or refuses them', async (bench) => {
    const pieces = ['one ', 'two ', 'three'].map((text) => new TextEncoder().encode(text));
    async function* iterate(): AsyncGenerator<Uint8Array> {
      for (const piece of pieces) yield await Promise.resolve(piece);
    }
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    for (const body of [iterate(), stream]) {
      const outcome = await bench.outcome('/echo', { method: 'POST', body, repeatable: false });
      if (bench.can.streamBodies === false) refusal(outcome, 'a stream as the body');
      else if (bench.can.streamBodies === 'network error') failure(outcome, 'ERR_NETWORK', 'headers');
      else equal(new TextDecoder().decode(echoOf(outcome).bytes), 'one two three', 'body');
    }
  }),
  contract('tells of the upload before the head and never after', async (bench) => {
    const body = new Uint8Array(3_000_000);
    const outcome = await bench.outcome('/echo', { method: 'POST', body });
    grammar(outcome);
    const uploads = outcome.events.flatMap((event) =>
      event.readyState === 1 && event.upload ? [event.upload] : [],
    );
    if (!bench.can.uploadProgress) {
      equal(uploads.length, 0, 'upload events');
      return;
    }
    equal(
      uploads.at(-1),
      { loaded: 3_000_000, transferred: 3_000_000, total: 3_000_000 },
      'the last upload event',
    );
    const none = await bench.outcome('/bytes');
    equal(none.events.filter(({ readyState }) => readyState === 1).length, 1, 'OPENED events without a body');
  }),
  contract('times out on silence before the head, inside the body, and over all', async (bench) => {
    const limits = { headers: '/silent', idle: '/held', total: '/held' };
    let requests = 0;
    for (const [limit, target] of Object.entries(limits)) {
      const clock = hourClock();
      try {
        let loading = (): void => undefined;
        const isLoading = new Promise<void>((resolve) => (loading = resolve));
        const running = bench.outcome(target, { timeout: { [limit]: hour } }, ({ readyState }) => {
          if (readyState === 3) loading();
        });
        await bench.log(`requests=${++requests}`);
        if (target === '/held') await isLoading;
        clock.pass(hour);
        const outcome = await running;
        failure(outcome, 'ERR_TIMEOUT');
        const { limit: passed, milliseconds } = outcome.error as { limit?: string; milliseconds?: number };
        equal([passed, milliseconds], [limit, hour], 'limit');
        equal(
          outcome.events.map(({ readyState }) => readyState),
          target === '/held' ? [1, 2, 3] : [1],
          'events before the limit',
        );
        await bench.log(`broken=${requests}`);
      } finally {
        clock.restore();
      }
    }
    grammar(
      await bench.outcome('/pieces?count=50', { timeout: { headers: 60_000, idle: 60_000, total: 60_000 } }),
    );
    grammar(await bench.outcome('/bytes', { timeout: { total: Infinity, idle: 2 ** 40 } }));
  }),
  contract('is aborted by its signal in every state, with its reason as the cause', async (bench) => {
    const early = await bench.outcome('/bytes', { signal: AbortSignal.abort('early') });
    failure(early, 'ERR_ABORTED');
    equal((early.error as Error).cause, 'early', 'cause');
    for (const [state, target] of [
      [1, '/silent'],
      [2, bench.can.headAlone ? '/headOnly' : '/held'],
      [3, '/held'],
    ] as const) {
      const controller = new AbortController();
      const outcome = await bench.outcome(target, { signal: controller.signal }, ({ readyState }) => {
        if (readyState !== state) return;
        if (state === 1)
          void bench.log('requests=1').then(() => {
            controller.abort('reason');
          });
        else controller.abort('reason');
      });
      failure(outcome, 'ERR_ABORTED');
      equal((outcome.error as Error).cause, 'reason', 'cause');
      equal(
        outcome.events.map(({ readyState }) => readyState),
        [1, 2, 3].slice(0, state),
        'events',
      );
    }
    await bench.log('broken=3');
    const late = new AbortController();
    grammar(await bench.outcome('/bytes', { signal: late.signal }));
    late.abort();
    equal(await bench.log('answered=1'), { requests: 4, answered: 1, broken: 3 }, 'log');
  }),
];
