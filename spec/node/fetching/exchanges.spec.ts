import t from 'tap';
import { encodeBody } from '../../../source/body/encodeBody.js';
import { isNetworkError } from '../../../source/errors/guards.js';
import { NetworkError } from '../../../source/errors/NetworkError.js';
import { fetch } from '../../../source/node/fetching/fetch.js';
import { type Cookies } from '../../../source/node/fetching/fetchContract.js';
import { makeFetchClient } from '../../../source/node/fetching/makeFetchClient.js';
import {
  type SchemeHandler,
  type SchemeRequest,
  type SchemeSink,
} from '../../../source/node/schemes/SchemeHandler.js';
import { fetchRequestOf, runFetch, silentSink } from '../../helpers/runFetch.js';

/** An exchange that goes as the test says. */
interface Exchange {
  readonly request: SchemeRequest;
  readonly sink: SchemeSink;
  isAborted: boolean;
}

/** A handler in the place of http, whose exchanges the test carries on; `begin` is called inside the handler. */
function scripted(begin: (exchange: Exchange) => void = () => undefined): [SchemeHandler, Exchange[]] {
  const exchanges: Exchange[] = [];
  const handler: SchemeHandler = (request, sink) => {
    const exchange = { request, sink, isAborted: false };
    exchanges.push(exchange);
    begin(exchange);
    return () => {
      exchange.isAborted = true;
    };
  };
  return [handler, exchanges];
}

/** One of the exchanges so far, which there has to be. */
function exchangeOf(exchanges: readonly Exchange[], index: number): Exchange {
  const exchange = exchanges[index];
  if (exchange === undefined) throw new Error(`there were ${exchanges.length} exchanges`);
  return exchange;
}

function answer({ request, sink }: Exchange, status: number, ...headers: string[]): void {
  sink.head({ url: request.url, status, statusText: '', headers, redirects: [], total: undefined });
}

const turns = async (count = 3): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

t.test('a response inside the handler is reported after fetch has returned', async (t) => {
  const [http] = scripted((exchange) => {
    answer(exchange, 200);
    exchange.sink.data(Uint8Array.of(104, 105));
    exchange.sink.end([]);
  });
  const { reports, text } = await runFetch(
    makeFetchClient({ schemes: [['http', http]] }),
    'http://a.example',
  );
  t.same(reports, ['response', 'bodyChunk', 'endOfBody']);
  t.equal(text, 'hi');
});

t.test('an exchange refused inside the handler is aborted', async (t) => {
  const [http, exchanges] = scripted((exchange) => {
    answer(exchange, 200);
  });
  const client = makeFetchClient({ schemes: [['http', http]], origin: 'http://b.example' });
  t.match((await runFetch(client, 'http://a.example')).error?.message, /CORS/);
  t.equal(exchanges[0]?.isAborted, true);
});

t.test('a redirect is followed even if the rest of the response fails', async (t) => {
  const [http, exchanges] = scripted();
  const run = runFetch(makeFetchClient({ schemes: [['http', http]] }), 'http://a.example');
  const first = exchangeOf(exchanges, 0);
  answer(first, 302, 'location', '/next');
  first.sink.data(Uint8Array.of(1));
  first.sink.error(new NetworkError('body'));
  await turns();
  const second = exchangeOf(exchanges, 1);
  t.equal(second.request.url, 'http://a.example/next');
  answer(second, 200);
  second.sink.end([]);
  t.same((await run).reports, ['response', 'endOfBody'], 'of which nothing is told');
});

t.test('terminated between two exchanges, there is no second', async (t) => {
  const [http, exchanges] = scripted();
  let stop = (): void => undefined;
  void runFetch(
    makeFetchClient({ schemes: [['http', http]] }),
    'http://a.example',
    { method: 'POST', body: encodeBody('abc') },
    (_, terminate) => (stop = terminate),
  );
  const first = exchangeOf(exchanges, 0);
  first.sink.sent(2);
  answer(first, 307, 'location', '/next');
  stop();
  t.equal(first.isAborted, true);
  await turns();
  t.equal(exchanges.length, 1);
});

t.test('terminated while the cookies are read, nothing is sent', async (t) => {
  const [http, exchanges] = scripted();
  let give: (cookie: string) => void = () => undefined;
  const cookies: Cookies = {
    get: () => new Promise((resolve) => (give = resolve)),
    set: () => Promise.resolve(),
  };
  const { sink, reported } = silentSink();
  const client = makeFetchClient({ schemes: [['http', http]], cookies });
  const terminate = fetch(fetchRequestOf('http://a.example', { includeCredentials: true }), client, sink);
  terminate();
  give('a=1');
  await turns();
  t.equal(exchanges.length, 0);
  t.same(reported, []);
});

t.test("a request's body is reported once, though each exchange reports it", async (t) => {
  const [http, exchanges] = scripted();
  const run = runFetch(makeFetchClient({ schemes: [['http', http]] }), 'http://a.example', {
    method: 'POST',
    body: encodeBody('a'.repeat(30)),
  });
  const first = exchangeOf(exchanges, 0);
  first.sink.sent(10);
  first.sink.sent(20);
  answer(first, 308, 'location', '/next');
  first.sink.sent(30);
  await turns();
  const second = exchangeOf(exchanges, 1);
  for (const loaded of [10, 20, 30]) second.sink.sent(loaded);
  answer(second, 200);
  second.sink.sent(30);
  second.sink.end([]);
  const { sent, reports } = await run;
  t.same(sent, [10, 20, 30]);
  t.same(reports, ['requestBodySent', 'requestEndOfBody', 'response', 'endOfBody']);
});

t.test('a failure does not wait for cookies, and the response is dropped', async (t) => {
  let store = (): void => undefined;
  const cookies: Cookies = {
    get: () => Promise.resolve(''),
    set: () => new Promise((resolve) => (store = resolve)),
  };
  const [http] = scripted((exchange) => {
    answer(exchange, 200, 'set-cookie', 'a=1');
    exchange.sink.error(new NetworkError('body'));
  });
  const client = makeFetchClient({ schemes: [['http', http]], cookies, origin: 'http://a.example' });
  const { error, reports } = await runFetch(client, 'http://a.example');
  t.ok(isNetworkError(error));
  store();
  await turns();
  t.same(reports, ['failed']);
});

t.test('a cookie that cannot be stored ends the exchange', async (t) => {
  const cookies: Cookies = {
    get: () => Promise.resolve(''),
    set: () => Promise.reject(new Error('the disk is full')),
  };
  const [http, exchanges] = scripted((exchange) => {
    answer(exchange, 200, 'set-cookie', 'a=1');
  });
  const client = makeFetchClient({ schemes: [['http', http]], cookies, origin: 'http://a.example' });
  t.match((await runFetch(client, 'http://a.example')).error?.message, /cannot be stored: the disk is full/);
  t.equal(exchanges[0]?.isAborted, true);
});

t.test('cookies are read and stored by the URL without credentials and fragment', async (t) => {
  const [http, exchanges] = scripted();
  const urls: string[] = [];
  const cookies: Cookies = {
    get(url) {
      urls.push(url);
      return Promise.resolve('');
    },
    set(field, url) {
      urls.push(`${field} ${url}`);
      return Promise.resolve();
    },
  };
  const client = makeFetchClient({ schemes: [['http', http]], cookies });
  const run = runFetch(client, 'http://me:secret@a.example/b?c#d', { includeCredentials: true });
  await turns();
  const first = exchangeOf(exchanges, 0);
  answer(first, 200, 'set-cookie', 'x=1', 'set-cookie', 'y=2');
  first.sink.end([]);
  await run;
  t.equal(first.request.url, 'http://a.example/b?c#d');
  t.same(urls, ['http://a.example/b?c', 'x=1 http://a.example/b?c', 'y=2 http://a.example/b?c']);
});

t.test(
  'a handler that gives no function to abort by is a network error, with what it throws later',
  async (t) => {
    for (const [given, why] of [
      [undefined, /returned neither an abort function nor an object with abort\(\)$/],
      [
        Promise.reject(new Error('later')),
        /returned neither an abort function nor an object with abort\(\): later$/,
      ],
    ] as const) {
      const handler = (() => given) as unknown as SchemeHandler;
      const { error } = await runFetch(makeFetchClient({ schemes: [['echo', handler]] }), 'echo:x');
      t.match(error?.message, why);
    }
  },
);
