import t from 'tap';
import { isLimitError, isNetworkError, isRequestTimeoutError } from '../../../source/errors/guards.js';
import { LimitError } from '../../../source/errors/LimitError.js';
import { NetworkError } from '../../../source/errors/NetworkError.js';
import { type ReadystreamError } from '../../../source/errors/ReadystreamError.js';
import { RequestTimeoutError } from '../../../source/errors/RequestTimeoutError.js';
import { fetch } from '../../../source/node/fetching/fetch.js';
import { fromPlainError, toPlainError } from '../../../source/node/xmlhttprequest/sync/plainErrors.js';
import { type SyncOutcome } from '../../../source/node/xmlhttprequest/sync/protocol.js';
import { serverThread } from '../../helpers/serverThread.js';
import { syncEnvironment, syncRequest, textOf } from '../../helpers/syncRequest.js';

const server = await serverThread();
t.teardown(() => server.close());
const summary = { method: 'GET', url: 'https://shop.example/', repeatable: true };

const errorOf = (outcome: SyncOutcome): unknown => (outcome.type === 'failed' ? outcome.error : outcome);

/** How the same request fails where nothing stands still. */
const asynchronousError = (url: string): Promise<ReadystreamError | undefined> =>
  new Promise((resolve) => {
    const nothing = (): void => undefined;
    fetch(
      {
        url,
        method: 'GET',
        headers: [],
        body: undefined,
        useCorsPreflight: false,
        includeCredentials: false,
      },
      syncEnvironment().client,
      {
        requestBodySent: nothing,
        requestEndOfBody: nothing,
        response: nothing,
        bodyChunk: nothing,
        endOfBody: () => {
          resolve(undefined);
        },
        failed: resolve,
      },
    );
  });

t.test('a synchronous request fails with the same error as an asynchronous one', async (t) => {
  const refused = textOf(syncRequest(`${server.origin}/refused`));
  const cases: readonly (readonly [url: string, phase: string, code: string | undefined])[] = [
    [refused, 'connect', 'ECONNREFUSED'],
    [`${server.origin}/raw?reset`, 'headers', undefined],
    [`${server.origin}/cut`, 'body', undefined],
    [`${server.origin}/redirect`, 'headers', undefined],
    ['unknown:scheme', 'connect', undefined],
  ];
  for (const [url, phase, code] of cases) {
    const error = errorOf(syncRequest(url));
    const expected = await asynchronousError(url);
    if (!isNetworkError(error) || !isNetworkError(expected))
      throw new Error(`${url} fails with ${String(error)}, and asynchronously with ${String(expected)}`);
    t.equal(error.constructor, NetworkError, url);
    t.equal(error.message, expected.message);
    t.same(error.request, expected.request);
    t.equal(error.phase, expected.phase);
    t.equal(error.phase, phase);
    const causes = [error.cause, expected.cause].map((cause) =>
      cause instanceof Error ? { name: cause.name, message: cause.message, code: codeOf(cause) } : cause,
    );
    t.same(causes[0], causes[1]);
    if (code !== undefined) t.match(error.cause, { code });
  }
});

t.test('each class of error crosses threads', (t) => {
  const cause = Object.assign(new TypeError('why', { cause: new RangeError('deeper') }), { code: 'EWHY' });
  const cross = (error: unknown): ReadystreamError =>
    fromPlainError(structuredClone(toPlainError(error)), summary);
  const options = { request: { ...summary, url: 'https://shop.example/other' }, cause };
  const withCause = [
    new NetworkError('tls', options),
    new NetworkError('dns', { ...options, reason: 'a: reason' }),
    new NetworkError('send', { ...options, reason: 'reason', detail: 'detail' }),
    new LimitError('decompressionRatio', 200, options),
    new RequestTimeoutError('idle', 17, options),
  ];
  for (const error of [...withCause, new NetworkError('headers')]) {
    const crossed = cross(error);
    t.equal(crossed.constructor, error.constructor);
    t.equal(crossed.message, error.message);
    t.same(Object.entries(crossed), Object.entries(error));
    t.notOk(Object.keys(crossed).includes('cause'));
  }
  t.equal(cross(new NetworkError('headers')).cause, undefined);
  for (const error of withCause) {
    const { cause } = cross(error) as { cause?: Error };
    t.match(cause, { name: 'TypeError', message: 'why', code: 'EWHY' }, error.code);
    t.match(cause?.cause, { name: 'RangeError', message: 'deeper' }, error.code);
  }
  t.ok(isLimitError(cross(new LimitError('headerBytes', 1))));
  t.ok(isRequestTimeoutError(cross(new RequestTimeoutError('total', 1))));
  t.match(
    cross(cause),
    { name: 'NetworkError', request: summary, cause: { message: 'why' } },
    'a foreign one',
  );
  t.match(cross('thrown text'), { name: 'NetworkError', cause: { message: 'thrown text' } }, 'no error');
  const circular = new Error('around');
  circular.cause = circular;
  t.match(cross(circular), { message: /around/ }, 'a cause that is its own');
  t.end();
});

t.test(
  'a time limit ends the request in the thread, and a late response is not mistaken for another',
  (t) => {
    const cases = ['silent', 'headOnly', 'endless'];
    for (const path of cases) {
      const log = (query: string): unknown =>
        JSON.parse(textOf(syncRequest(`${server.origin}/log?id=${path}${query}`)));
      // Where the machine is busy, the time may be up before the server has heard of it.
      for (let timeout = 100; ; timeout *= 2) {
        t.same(syncRequest(`${server.origin}/${path}?id=${path}`, { timeout }), { type: 'timeout' }, path);
        t.equal(textOf(syncRequest(`${server.origin}/answer?body=next`)), 'next', `after ${path}`);
        if ((log('') as { requests: number }).requests > 0) break;
      }
      t.match(log('&broken=1'), { requests: 1, broken: 1 });
    }
    t.match(
      syncRequest(`${server.origin}/answer`, { timeout: 60_000 }),
      { type: 'response' },
      'one that is not reached',
    );
    t.end();
  },
);

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
