import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { concat, lastValueFrom, map, type Observable, of, throwError, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { NetworkError } from '../../source/errors/NetworkError.js';
import { resumeBody } from '../../source/interceptors/resumeBody.js';
import { type ResumeBodyOptions, type ResumeNotice } from '../../source/interceptors/resumption.js';
import { consume } from '../../source/operators/consume.js';
import { elements } from '../../source/operators/elements.js';
import '../../source/xml.node.js';
import { type Adapter } from '../../source/request/Adapter.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestFactory } from '../../source/request/requestFactory.js';
import { type RequestOptions } from '../../source/request/RequestOptions.js';
import { eventsOf } from '../helpers/events.js';
import { propertySeed } from '../helpers/property.js';
import { record, type Recording } from '../helpers/record.js';
import { requestOf } from '../helpers/requestOf.js';

const letters = Buffer.from('abcdefghijklmnopqrstuvwxyz');
const quick: ResumeBodyOptions = { delay: 0 };

/** What a server does with one request. */
interface Answer {
  /** Answers with this instead of what a server should. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => void;
  readonly headers?: Readonly<Record<string, string>>;
  /** Breaks the connection off once so many bytes of this response have been sent. */
  readonly cutAfter?: number;
  readonly content?: Buffer;
  /** Has no Content-Length. */
  readonly isChunked?: boolean;
}

interface RangeServer {
  readonly origin: string;
  readonly requests: IncomingMessage[];
}

/** A server that does right by Range and If-Range, but for what its answers say, one for each request. */
async function rangeServer(
  t: Test,
  content: Buffer,
  answers: (index: number) => Answer,
): Promise<RangeServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const answer = answers(requests.length);
    requests.push(request);
    if (answer.instead) answer.instead(request, response);
    else serve(request, response, { content, ...answer });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function serve(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { content = Buffer.alloc(0), cutAfter, isChunked, headers: fields }: Answer,
): void {
  response.setHeader('etag', '"a"');
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value === '') response.removeHeader(name);
    else response.setHeader(name, value);
  }
  const etag = response.getHeader('etag') ?? response.getHeader('last-modified');
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  let body = content;
  if (range !== null && (headers['if-range'] ?? etag) === etag) {
    const first = Number(range[1]);
    const end = range[2] === '' ? content.length : Number(range[2]) + 1;
    if (first >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      return;
    }
    body = content.subarray(first, end);
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${first}-${end - 1}/${content.length}`);
  }
  if (isChunked !== true) response.setHeader('content-length', body.length);
  if (cutAfter === undefined) response.end(body);
  else if (cutAfter === 0) {
    response.flushHeaders();
    response.socket?.end();
  } else {
    response.write(body.subarray(0, cutAfter), () => {
      response.socket?.end();
    });
  }
}

function get(
  origin: string,
  resume: ResumeBodyOptions = quick,
  options: RequestOptions = {},
): Observable<ReadyStateEvent> {
  return requestFactory(() => nodeAdapter())()(origin, { interceptors: [resumeBody(resume)], ...options });
}

/** The first answer is cut after ten bytes; the others are these. */
function cutOnce(...others: readonly Answer[]): (index: number) => Answer {
  return (index) => (index === 0 ? { cutAfter: 10 } : (others[index - 1] ?? {}));
}

t.test('a body goes on where it broke off, as if nothing had happened', async (t) => {
  const { origin, requests } = await rangeServer(t, letters, (index) => (index < 3 ? { cutAfter: 7 } : {}));
  const notices: ResumeNotice[] = [];
  const recording = await record(get(origin, { ...quick, onResume: (notice) => notices.push(notice) }));
  t.equal(recording.text, letters.toString());
  t.equal(recording.states, '1234', 'one request, as far as its consumer sees');
  t.match(recording.response, { status: 200 });
  t.match(recording.done, { progress: { loaded: 26, transferred: 26, total: 26 } });
  t.notOk('decode' in (recording.response ?? {}));
  t.equal(requests[0]?.headers.range, undefined);
  t.same(
    requests.slice(1).map(({ headers }) => [headers.range, headers['if-range'], headers['accept-encoding']]),
    [7, 14, 21].map((position) => [`bytes=${position}-`, '"a"', 'identity']),
  );
  t.match(notices, [{ position: 7, error: NetworkError, delay: 0 }, { position: 14 }, { position: 21 }]);
});

t.test('a compressed body goes on beneath its decoding', async (t) => {
  const plain = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index * 7919} `).join(''));
  const content = gzipSync(plain);
  const headers = { 'content-encoding': 'gzip' };
  const { origin, requests } = await rangeServer(t, content, (index) =>
    index < 4 ? { cutAfter: 10_000, headers } : { headers },
  );
  const recording = await record(get(origin));
  t.equal(recording.text, plain.toString());
  t.equal(recording.error, undefined);
  t.match(recording.done?.progress, {
    loaded: plain.length,
    transferred: content.length,
    total: content.length,
  });
  t.equal(requests[1]?.headers['accept-encoding'], 'gzip', 'the rest is asked for in the same coding');
  t.equal(requests[1]?.headers.range, 'bytes=10000-');
});

t.test(
  'a server that sends the whole of the same document again is read from where it matters',
  async (t) => {
    const whole = (request: IncomingMessage, response: ServerResponse): void => {
      delete request.headers.range;
      serve(request, response, { content: letters });
    };
    const { origin } = await rangeServer(t, letters, cutOnce({ instead: whole }));
    t.equal((await record(get(origin))).text, letters.toString());
    const earlier = (_: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(206, { etag: '"a"', 'content-range': 'bytes 4-25/26' }).end(letters.subarray(4));
    };
    const early = await rangeServer(t, letters, cutOnce({ instead: earlier }));
    t.equal((await record(get(early.origin))).text, letters.toString(), 'a part that begins too early, too');
  },
);

t.test('parts that are shorter than what was asked for are put together', async (t) => {
  const part =
    (length: string) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      const first = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
      const last = Math.min(first + 4, 25);
      response.writeHead(206, { etag: '"a"', 'content-range': `bytes ${first}-${last}/${length}` });
      response.end(letters.subarray(first, last + 1));
    };
  for (const isChunked of [false, true]) {
    for (const length of ['26', '*']) {
      const { origin, requests } = await rangeServer(t, letters, (index) =>
        index === 0 ? { cutAfter: 10, isChunked } : index < 5 ? { instead: part(length) } : {},
      );
      const recording = await record(get(origin));
      t.equal(recording.text, letters.toString(), `${length} ${String(isChunked)}`);
      t.equal(requests.length, isChunked && length === '*' ? 6 : 5);
    }
  }
});

t.test('a document of unknown length that broke off at its end is complete: 416 says so', async (t) => {
  const { origin } = await rangeServer(t, letters, (index) =>
    index === 0 ? { cutAfter: 26, isChunked: true } : {},
  );
  const recording = await record(get(origin));
  t.equal(recording.text, letters.toString());
  t.equal(recording.error, undefined);
  t.equal(recording.states, '1234');
});

t.test('what a server that is busy has not to give yet is asked for again', async (t) => {
  const busy = (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503, { 'retry-after': '0' }).end('busy');
  };
  const { origin, requests } = await rangeServer(t, letters, cutOnce({ instead: busy }, { instead: busy }));
  t.equal((await record(get(origin))).text, letters.toString());
  t.equal(requests.length, 4);
});

t.test('where the rest cannot be had, the error says why', async (t) => {
  const failure = async (...answers: readonly Answer[]): Promise<{ message: string; text: string }> => {
    const { origin } = await rangeServer(t, letters, (index) => answers[index] ?? {});
    const { error, text } = await record(get(origin));
    t.ok(error instanceof NetworkError);
    return { message: (error as Error).message, text };
  };
  const cut = { cutAfter: 10 };
  const instead = (status: number, headers: Record<string, string>, body: Buffer | string = '') => ({
    instead: (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(status, headers).end(body),
  });
  const cases: readonly (readonly [RegExp, ...Answer[]])[] = [
    [/not resumed after 10 bytes: its ETag W\/"a" is weak/, { ...cut, headers: { etag: 'W/"a"' } }],
    [/it has neither a strong ETag nor Last-Modified/, { ...cut, headers: { etag: '' } }],
    [
      /its Last-Modified .* is too close to its Date/,
      { ...cut, headers: { etag: '', 'last-modified': new Date().toUTCString() } },
    ],
    [/the document has changed: its ETag was "a", and is "b" now/, cut, { headers: { etag: '"b"' } }],
    [/a whole document without ETag/, cut, instead(200, {}, letters)],
    [/answered 206 with no Content-Range/, cut, instead(206, { etag: '"a"' }, letters)],
    [
      /answered 206 with the Content-Range 'bytes 9-3\/26'/,
      cut,
      instead(206, { 'content-range': 'bytes 9-3/26' }),
    ],
    [
      /answered 206 with those from 12 to 25/,
      cut,
      instead(206, { etag: '"a"', 'content-range': 'bytes 12-25/26' }, 'x'.repeat(14)),
    ],
    [
      /answered 206 with those from 0 to 9/,
      cut,
      instead(206, { etag: '"a"', 'content-range': 'bytes 0-9/26' }, 'x'.repeat(10)),
    ],
    [
      /the document had 26 bytes, and has 30 now/,
      cut,
      instead(206, { etag: '"a"', 'content-range': 'bytes 10-29/30' }, 'x'.repeat(20)),
    ],
    [
      /ETag was "a", and is W\/"a" now/,
      cut,
      instead(206, { etag: 'W/"a"', 'content-range': 'bytes 10-25/26' }, letters.subarray(10)),
    ],
    [
      /Content-Encoding was none, and is gzip now/,
      cut,
      instead(
        206,
        { etag: '"a"', 'content-encoding': 'gzip', 'content-range': 'bytes 10-25/26' },
        'x'.repeat(16),
      ),
    ],
    [/answered 416 .*the document has 5 bytes now/, cut, instead(416, { 'content-range': 'bytes */5' })],
    [/the server answered 404 Not Found to the request for the rest/, cut, instead(404, {})],
  ];
  for (const [message, ...answers] of cases) {
    const outcome = await failure(...answers);
    t.match(outcome.message, message);
    t.equal(outcome.text, 'abcdefghij', 'what there was has been delivered, and not a byte more');
  }
});

t.test('a Last-Modified that lies well before the Date is a validator', async (t) => {
  const headers = { etag: '', 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' };
  const { origin, requests } = await rangeServer(t, letters, (index) =>
    index === 0 ? { cutAfter: 10, headers } : { headers },
  );
  t.equal((await record(get(origin))).text, letters.toString());
  t.equal(requests[1]?.headers['if-range'], headers['last-modified']);
});

t.test("a range of the caller's is resumed inside of its own bounds", async (t) => {
  const { origin, requests } = await rangeServer(t, letters, (index) => (index === 0 ? { cutAfter: 3 } : {}));
  const recording = await record(get(origin, quick, { headers: { range: 'bytes=5-14' } }));
  t.equal(recording.text, 'fghijklmno');
  t.match(recording.response, { status: 206 });
  t.match(recording.done?.progress, { loaded: 10, total: 10 });
  t.equal(requests[1]?.headers.range, 'bytes=8-14');
});

t.test('responses that are no documents pass as they are', async (t) => {
  const { origin, requests } = await rangeServer(t, letters, () => ({
    instead: (_, response) =>
      void response.writeHead(404, { 'content-encoding': 'gzip' }).end(gzipSync('no such page')),
  }));
  const recording = await record(get(origin));
  t.equal(recording.text, 'no such page');
  t.match(recording.response, { status: 404 });
  t.equal(requests.length, 1);
  const post = await rangeServer(t, letters, () => ({ cutAfter: 5 }));
  const other = await record(get(post.origin, quick, { method: 'POST' }));
  t.equal(other.text, 'abcde');
  t.ok(other.error instanceof NetworkError);
  t.equal(post.requests.length, 1);
});

t.test('the budget ends with requests in a row that bring nothing', async (t) => {
  const { origin, requests } = await rangeServer(t, letters, (index) =>
    index === 0 ? { cutAfter: 10 } : { instead: ({ socket }) => socket.destroy() },
  );
  const { error } = await record(get(origin, { ...quick, count: 3 }));
  t.match(error, {
    message: /not resumed after 10 bytes: the budget is used up after 3 requests without a further byte/,
  });
  t.equal(requests.length, 4);
  const slow = await rangeServer(t, letters, () => ({ cutAfter: 1 }));
  t.equal(
    (await record(get(slow.origin, { ...quick, count: 1 }))).text,
    letters.toString(),
    'one byte is progress',
  );
});

t.test('a corrupt body is an error of its own, after what was whole', async (t) => {
  const content = gzipSync(Buffer.alloc(100_000, 'abc'));
  content.fill(0xff, content.length - 30);
  const { origin } = await rangeServer(t, content, () => ({ headers: { 'content-encoding': 'gzip' } }));
  const { error } = await record(get(origin));
  t.match(error, { code: 'ERR_NETWORK', phase: 'body' });
});

t.test('over fetch an identity body is resumed, and a decoded one is not', async (t) => {
  const request = requestFactory(() => fetchAdapter())();
  const plain = await rangeServer(t, letters, (index) => (index === 0 ? { cutAfter: 10 } : {}));
  t.equal(
    (await record(request(plain.origin, { interceptors: [resumeBody(quick)] }))).text,
    letters.toString(),
  );
  const headers = { 'content-encoding': 'gzip' };
  const content = gzipSync(letters.toString().repeat(100));
  const coded = await rangeServer(t, content, (index) =>
    index === 0 ? { cutAfter: 40, headers } : { headers },
  );
  const { error } = await record(request(coded.origin, { interceptors: [resumeBody(quick)] }));
  t.match(error, { message: /not resumed after \d+ bytes: the platform has decoded the body/ });
  t.equal(coded.requests.length, 1);
});

t.test('leaving, a signal and the total limit end it while it waits', (t) => {
  const cut = (request: Parameters<Adapter>[0]): Observable<ReadyStateEvent> =>
    concat(
      of(...eventsOf(['abc'], { request, headers: { etag: '"a"' } }).slice(0, 3)),
      throwError(() => new NetworkError('body', { request })),
    );
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ flush }) => {
    let sent = 0;
    const adapter: Adapter = (request) => (sent++, cut(request));
    const around = resumeBody({ random: () => 0.5, count: 100 })(adapter);
    const delays: number[] = [];
    const measured = resumeBody({
      random: () => 0.999_999,
      count: 3,
      onResume: ({ delay }) => delays.push(delay),
    });
    let failure: unknown;
    measured((request) =>
      request.headers.has('range')
        ? throwError(() => new NetworkError('connect', { request }))
        : cut(request),
    )(requestOf('https://example.org/')).subscribe({ error: (error: unknown) => (failure = error) });
    around(requestOf('https://example.org/')).subscribe().unsubscribe();
    const controller = new AbortController();
    let aborted: unknown;
    around(requestOf('https://example.org/', { signal: controller.signal })).subscribe({
      error: (error: unknown) => (aborted = error),
    });
    t.equal(sent, 2);
    controller.abort();
    t.match(aborted, { code: 'ERR_ABORTED' });
    flush();
    t.equal(sent, 2, 'nothing is sent afterwards');
    t.same(delays, [249, 499, 999]);
    t.match(failure, { message: /the budget is used up/ });
    let late: unknown;
    around(requestOf('https://example.org/', { timeout: { total: 60 } })).subscribe({
      error: (error: unknown) => (late = error),
    });
    flush();
    t.match(late, { code: 'ERR_TIMEOUT', limit: 'total', milliseconds: 60 });
  });
  t.end();
});

t.test('a slow consumer slows down every response of it', async (t) => {
  const plain = Buffer.from(Array.from({ length: 30_000 }, (_, index) => `<r>${index}</r>`).join(''));
  const content = gzipSync(Buffer.concat([Buffer.from('<f>'), plain, Buffer.from('</f>')]));
  const headers = { 'content-encoding': 'gzip' };
  const { origin } = await rangeServer(t, content, (index) =>
    index < 3 ? { cutAfter: content.length / 5, headers } : { headers },
  );
  let expected = 0;
  let isInOrder = true;
  const check = async (value: string): Promise<void> => {
    isInOrder &&= value === String(expected++);
    if (expected % 500 === 0) await new Promise(setImmediate);
  };
  const records = get(origin).pipe(consume(elements('r'), (element) => check(element.text())));
  await lastValueFrom(records);
  t.ok(isInOrder);
  t.equal(expected, 30_000);
});

t.test('however it is cut, a compressed feed gives the same records at the same positions', async (t) => {
  const feed = Array.from({ length: 3_000 }, (_, id) => {
    const hash = createHash('sha1').update(String(id)).digest('hex');
    return `<item id="${id}"><title>${hash} äöü 🐟</title></item>\n`;
  });
  const content = gzipSync(`<feed>\n${feed.join('')}</feed>`);
  const headers = { 'content-encoding': 'gzip' };
  let cuts: readonly number[] = [];
  const { origin, requests } = await rangeServer(t, content, (index) => {
    const cutAfter = cuts[index];
    return cutAfter === undefined ? { headers } : { headers, cutAfter, isChunked: cutAfter % 2 === 0 };
  });
  const read = (): Promise<unknown> =>
    lastValueFrom(
      get(origin).pipe(
        elements('item'),
        map((item) => [item.attribute('id'), item.text('title'), item.position]),
        toArray(),
      ),
    );
  const whole = await read();
  const seed = propertySeed();
  const places = fc.array(fc.integer({ min: 0, max: 12_000 }), { minLength: 1, maxLength: 30 });
  for (const given of fc.sample(places, { numRuns: 8, seed })) {
    requests.length = 0;
    cuts = given;
    t.ok(isDeepStrictEqual(await read(), whole), `cut after ${given.join(', ')} (seed ${seed})`);
    t.ok(requests.length > 1);
  }
});

t.test('options are checked, and a request that fails before its head is left alone', async (t) => {
  t.throws(() => resumeBody({ retries: 1 } as ResumeBodyOptions), /Unknown option of resumeBody 'retries'/);
  const { origin, requests } = await rangeServer(t, letters, () => ({
    instead: ({ socket }) => socket.destroy(),
  }));
  const { error }: Recording = await record(get(origin));
  t.notMatch(error, { message: /resumed/ });
  t.ok(requests.length <= 2);
});
