import { config, type Observable, take } from 'rxjs';
import { HeaderMap } from '../../source/core.js';
import { defaultLimits } from '../../source/errors/defaultLimits.js';
import { isReadystreamError } from '../../source/errors/isReadystreamError.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';

/** Where platforms differ: each is stated by the spec that runs the laws, and the law checks either side. */
export interface Capabilities {
  /** `redirect: 'manual'` hands over the redirect; else it is a `TypeError`. */
  readonly manualRedirect: boolean;
  /** `redirect: 'error'` makes a redirect an error of the network; else it is a `TypeError`. */
  readonly redirectError: boolean;
  /** `response.redirects` lists the redirects; else it is undefined. */
  readonly seesRedirects: boolean;
  /** `maxRedirects` is honoured; else it is a `TypeError`. */
  readonly maxRedirects: boolean;
  /** `timeout.connect` is honoured; else it is a `TypeError`. */
  readonly connectTimeout: boolean;
  /** A stream is sent as it is read; else it is a `TypeError`, or (in Chromium without HTTP/2) an error of the network. */
  readonly streamBodies: boolean | 'network error';
  /** OPENED events tell of the upload. */
  readonly uploadProgress: boolean;
  /** Header sections of more than 16 KiB are read; Node's fetch refuses them. */
  readonly longHeaders: boolean;
  /** Wire bytes of a compressed response are told. */
  readonly transferredOfCompressed: boolean;
  /** The phases that a refused connection may be told by. */
  readonly refusedPhases: readonly string[];
  /** `limits.decompressionRatio` is honoured; else it is a `TypeError`. */
  readonly decompressionRatio: boolean;
  /** The head is told before there is any body; Chromium's XMLHttpRequest tells it with the first bytes. */
  readonly headAlone: boolean;
  /** `responseType: 'arraybuffer'` gives one chunk at the end. */
  readonly oneChunk: boolean;
}

/** What a law runs on. */
export interface Subject {
  readonly adapter: Adapter;
  /** The test server's origin. */
  readonly origin: string;
  readonly can: Capabilities;
}

/** A behaviour of every adapter; `run` rejects where it does not hold. */
export interface Law {
  readonly name: string;
  readonly run: (subject: Subject) => Promise<void>;
}

/** What an exchange came to. */
interface Outcome {
  readonly events: ReadyStateEvent[];
  readonly error: unknown;
  readonly completed: boolean;
}

let lastId = 0;
const newId = (): string => `${Date.now()}-${++lastId}-${Math.random()}`;

/** One subject with the shorthands that the laws are written in. */
class Bench {
  readonly can: Capabilities;
  readonly origin: string;
  readonly id = newId();
  readonly #adapter: Adapter;

  constructor({ adapter, origin, can }: Subject) {
    this.#adapter = adapter;
    this.origin = origin;
    this.can = can;
  }

  request(target: string, changes: Partial<NormalizedRequest> = {}): NormalizedRequest {
    const url = new URL(target, this.origin);
    if (url.origin === this.origin) url.searchParams.set('id', this.id);
    return {
      method: 'GET',
      url: url.href,
      repeatable: true,
      headers: new HeaderMap(),
      limits: defaultLimits,
      body: undefined,
      timeout: undefined,
      signal: undefined,
      responseType: 'stream',
      mimeType: undefined,
      withCredentials: false,
      redirect: 'follow',
      maxRedirects: 20,
      ...changes,
    };
  }

  send(target: string, changes?: Partial<NormalizedRequest>): Observable<ReadyStateEvent> {
    return this.#adapter(this.request(target, changes));
  }

  /** Runs an exchange to its end. */
  outcome(
    target: string,
    changes?: Partial<NormalizedRequest>,
    onEvent?: (event: ReadyStateEvent) => void,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      const events: ReadyStateEvent[] = [];
      this.send(target, changes).subscribe({
        next: (event) => {
          events.push(event);
          onEvent?.(event);
        },
        error: (error: unknown) => {
          resolve({ events, error, completed: false });
        },
        complete: () => {
          resolve({ events, error: undefined, completed: true });
        },
      });
    });
  }

  /** What the server saw of this bench's requests, once it saw so much. */
  async log(wanted = ''): Promise<{ requests: number; answered: number; broken: number }> {
    const response = await fetch(`${this.origin}/log?id=${this.id}&${wanted}`);
    return (await response.json()) as { requests: number; answered: number; broken: number };
  }

  async release(): Promise<void> {
    await fetch(`${this.origin}/release?id=${this.id}`);
  }
}

/** The laws of the contract in `Adapter` and `ReadyStateEvent`. */
export const adapterLaws: readonly Law[] = [
  law('emits opened, headersReceived, loading and done, with all bytes exact', async (bench) => {
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
  law(
    'is cold, emits OPENED while being subscribed to, and makes a request per subscription',
    async (bench) => {
      const events$ = bench.send('/bytes');
      equal((await bench.log()).requests, 0, 'requests before subscribing');
      const states: number[] = [];
      const ends = [0, 1].map(
        () =>
          new Promise((resolve) =>
            events$.subscribe({
              next: (e) => states.push(e.readyState),
              complete: () => {
                resolve(0);
              },
            }),
          ),
      );
      equal(states, [1, 1], 'events while subscribing');
      await Promise.all(ends);
      equal((await bench.log('answered=2')).requests, 2, 'requests');
    },
  ),
  law('sends nothing when the consumer leaves in OPENED', async (bench) => {
    let completed = false;
    bench
      .send('/bytes')
      .pipe(take(1))
      .subscribe({ complete: () => (completed = true) });
    equal(completed, true, 'completed by take(1)');
    await bench.outcome('/bytes');
    equal((await bench.log('answered=1')).requests, 1, 'only the second request arrived');
  }),
  law('frees the connection when unsubscribed before the head', async (bench) => {
    const states: number[] = [];
    const subscription = bench.send('/silent').subscribe(({ readyState }) => states.push(readyState));
    await bench.log('requests=1');
    subscription.unsubscribe();
    await bench.log('broken=1');
    equal(states, [1], 'events');
  }),
  law('frees the connection when unsubscribed after the head, and emits nothing more', async (bench) => {
    const states: number[] = [];
    await new Promise<void>((resolve) => {
      const subscription = bench
        .send(bench.can.headAlone ? '/headOnly' : '/held')
        .subscribe(({ readyState }) => {
          states.push(readyState);
          if (readyState === 2) {
            queueMicrotask(() => {
              subscription.unsubscribe();
              resolve();
            });
          }
        });
    });
    await bench.log('broken=1');
    equal(states, [1, 2], 'events');
  }),
  ...([2, 3] as const).map((state) =>
    law(`frees the connection when unsubscribed inside next of readyState ${state}`, async (bench) => {
      const states: number[] = [];
      await new Promise<void>((resolve) => {
        bench
          .send('/held')
          .pipe(take(state))
          .subscribe({
            next: ({ readyState }) => states.push(readyState),
            complete: resolve,
          });
      });
      await bench.log('broken=1');
      await bench.release();
      await bench.outcome('/bytes');
      equal(states, [1, 2, 3].slice(0, state), 'events');
    }),
  ),
  law('breaks nothing off when unsubscribed inside next of DONE, or afterwards', async (bench) => {
    let ends = 0;
    await new Promise<void>((resolve) => {
      const subscription = bench.send('/bytes').subscribe(({ readyState }) => {
        if (readyState !== 4) return;
        ends++;
        subscription.unsubscribe();
        resolve();
      });
    });
    const subscription = bench.send('/bytes').subscribe();
    await new Promise<void>((resolve) => {
      subscription.add(resolve);
    });
    subscription.unsubscribe();
    equal(await bench.log('answered=2'), { requests: 2, answered: 2, broken: 0 }, 'log');
    equal(ends, 1, 'DONE events');
  }),
  ...([1, 2, 3, 4] as const).map((state) =>
    law(
      `goes on when the consumer throws in next of readyState ${state}, and the error is reported`,
      async (bench) => {
        const { reported, result } = await collectUnhandled(() =>
          bench.outcome('/bytes', {}, ({ readyState }) => {
            if (readyState === state) throw new Error(`thrown in ${state}`);
          }),
        );
        grammar(result);
        truth(reported.length > 0, 'the error is reported');
        equal(String(reported[0]), `Error: thrown in ${state}`, 'the error reported');
      },
    ),
  ),
  law('survives a consumer that throws in error and in complete', async (bench) => {
    const { reported } = await collectUnhandled(async () => {
      await new Promise<void>((resolve) => {
        bench.send('/bytes').subscribe({
          complete: () => {
            resolve();
            throw new Error('thrown in complete');
          },
        });
      });
      await new Promise<void>((resolve) => {
        bench.send('/raw').subscribe({
          error: () => {
            resolve();
            throw new Error('thrown in error');
          },
        });
      });
      await bench.outcome('/bytes');
    });
    equal(reported.map(String), ['Error: thrown in complete', 'Error: thrown in error'], 'errors reported');
  }),
  ...[
    { what: 'a HEAD request', target: '/bytes', changes: { method: 'HEAD' }, status: 200 },
    { what: '204', target: '/status?code=204', changes: {}, status: 204 },
    { what: '304', target: '/status?code=304', changes: {}, status: 304 },
    { what: 'an empty body', target: '/status?code=200', changes: {}, status: 200 },
    { what: '404 with an empty body', target: '/status?code=404', changes: {}, status: 404 },
  ].map(({ what, target, changes, status }) =>
    law(`emits no LOADING for ${what}`, async (bench) => {
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
  law('hands over a body that arrives in pieces of one byte', async (bench) => {
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
  law("hands over responseType 'arraybuffer' whole", async (bench) => {
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
  law('emits LOADING before the response is complete', async (bench) => {
    const outcome = await bench.outcome('/held', {}, ({ readyState }) => {
      if (readyState === 3) void bench.release();
    });
    grammar(outcome);
    equal(new TextDecoder().decode(bodyOf(outcome)), 'abcdef', 'body');
  }),
  law('reads 2,000 header fields', async (bench) => {
    const outcome = await bench.outcome('/headers?count=2000&bytes=1');
    if (!bench.can.longHeaders) {
      failure(outcome, 'ERR_NETWORK', 'headers');
      return;
    }
    grammar(outcome);
    const { headers } = doneOf(outcome).response;
    equal([headers.get('x-0'), headers.get('X-1999')], ['0', '1999'], 'fields');
  }),
  law('refuses a header section over limits.headerBytes', async (bench) => {
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
  law('errors when the connection ends before the head', async (bench) => {
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
    law(`errors when the body is ${what}`, async (bench) => {
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
  law('errors when the connection is refused', async (bench) => {
    const target = await (await fetch(`${bench.origin}/refused`)).text();
    failure(await bench.outcome(target), 'ERR_NETWORK', ...bench.can.refusedPhases);
  }),
  law('hangs nothing of the transport, and no body, on an error', async (bench) => {
    const { error } = await bench.outcome('/raw', { method: 'POST', body: 'secret' });
    equal(
      Object.keys((error as { request: object }).request).sort(),
      ['method', 'repeatable', 'url'],
      'error.request',
    );
  }),
  law('follows redirects', async (bench) => {
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
  law('errors after 20 redirects', async (bench) => {
    failure(await bench.outcome('/redirect'), 'ERR_NETWORK', 'headers');
  }),
  law("honours redirect 'error' and 'manual', or refuses them", async (bench) => {
    const error = await bench.outcome('/redirect', { redirect: 'error' });
    if (bench.can.redirectError) failure(error, 'ERR_NETWORK', 'headers');
    else refusal(error, "redirect 'error'");
    const manual = await bench.outcome('/redirect', { redirect: 'manual' });
    if (bench.can.manualRedirect) equal(doneOf(manual).response.status, 302, 'status');
    else refusal(manual, "redirect 'manual'");
  }),
  law(
    'honours maxRedirects, timeout.connect and limits.decompressionRatio, or refuses them',
    async (bench) => {
      const limits = { ...defaultLimits, decompressionRatio: 7 };
      const redirects = await bench.outcome('/redirect?to=/bytes', { maxRedirects: 0 });
      if (bench.can.maxRedirects) failure(redirects, 'ERR_NETWORK', 'headers');
      else refusal(redirects, 'maxRedirects');
      const connect = await bench.outcome('/bytes', { timeout: { connect: 60_000 } });
      if (bench.can.connectTimeout) grammar(connect);
      else refusal(connect, 'timeout.connect');
      const ratio = await bench.outcome('/bytes', { limits });
      if (bench.can.decompressionRatio) grammar(ratio);
      else refusal(ratio, 'limits.decompressionRatio');
    },
  ),
  law('sends every kind of body byte by byte, with its content type', async (bench) => {
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
  law('sends streams, or refuses them', async (bench) => {
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
  law('tells of the upload before the head and never after', async (bench) => {
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
  law('times out on silence before the head, inside the body, and over all', async (bench) => {
    const limits = { headers: '/silent', idle: '/held', total: '/held' };
    for (const [limit, target] of Object.entries(limits)) {
      const outcome = await bench.outcome(target, { timeout: { [limit]: 150 } });
      failure(outcome, 'ERR_TIMEOUT');
      const { limit: passed, milliseconds } = outcome.error as { limit?: string; milliseconds?: number };
      equal([passed, milliseconds], [limit, 150], 'limit');
    }
    await bench.log('broken=3');
    grammar(
      await bench.outcome('/pieces?count=50', { timeout: { headers: 60_000, idle: 60_000, total: 60_000 } }),
    );
    grammar(await bench.outcome('/bytes', { timeout: { total: Infinity, idle: 2 ** 40 } }));
  }),
  law('is aborted by its signal in every state, with its reason as the cause', async (bench) => {
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
  law('decodes a compressed body and never mistakes its length', async (bench) => {
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
  law('passes the mimeType option on', async (bench) => {
    equal(
      doneOf(await bench.outcome('/bytes', { mimeType: 'text/xml' })).response.mimeType,
      'text/xml',
      'mimeType',
    );
  }),
];

function law(name: string, run: (bench: Bench) => Promise<void>): Law {
  return { name, run: (subject) => run(new Bench(subject)) };
}

/** `(opened upload*)+ headersReceived loading* done`, then complete. */
function grammar({ events, error, completed }: Outcome): void {
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the exchange failed', { cause: error });
  equal(completed, true, 'completed');
  const sentence = events
    .map((event) =>
      event.readyState === 1 ? (event.upload === undefined ? 'o' : 'u') : `${event.readyState}`,
    )
    .join('');
  truth(/^(?:ou*)+23*4$/.test(sentence), `the grammar of the events, not ${sentence}`);
}

function failure({ events, error }: Outcome, code: string, ...phases: readonly string[]): void {
  if (!isReadystreamError(error))
    throw new Error(`no error of ours but ${String(error)} after ${events.length} events`);
  equal(error.code, code, `code (${error.message})`);
  if (phases.length === 0) return;
  const { phase } = error as { phase?: string };
  truth(
    phases.includes(phase ?? ''),
    `a phase of ${phases.join(' or ')}, not ${String(phase)}: ${error.message}`,
  );
}

function refusal({ error }: Outcome, option: string): void {
  truth(error instanceof TypeError, `a TypeError, not ${String(error)}`);
  truth(String(error).includes(option), `an error that names ${option}, not ${String(error)}`);
}

function bodyOf({ events }: Outcome): Uint8Array<ArrayBuffer> {
  const chunks = events.flatMap((event) => (event.readyState === 3 ? [event.chunk] : []));
  const body = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

function doneOf(outcome: Outcome): Extract<ReadyStateEvent, { readyState: 4 }> {
  grammar(outcome);
  const last = outcome.events.at(-1);
  if (last?.readyState !== 4) throw new Error('no DONE');
  return last;
}

interface Echo {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function echoOf(outcome: Outcome): Echo {
  grammar(outcome);
  const echo = JSON.parse(new TextDecoder().decode(bodyOf(outcome))) as Echo & { readonly body: string };
  return { ...echo, bytes: Uint8Array.from(atob(echo.body), (char) => char.charCodeAt(0)) };
}

/** Runs something while what RxJS reports as unhandled is collected. */
async function collectUnhandled<T>(run: () => Promise<T>): Promise<{ reported: unknown[]; result: T }> {
  const reported: unknown[] = [];
  const before = config.onUnhandledError;
  config.onUnhandledError = (error) => reported.push(error);
  try {
    const result = await run();
    // RxJS reports by setTimeout(0).
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { reported, result };
  } finally {
    config.onUnhandledError = before;
  }
}

function truth(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}

function equal(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`${what}: expected ${wanted}, got ${seen}`);
}
