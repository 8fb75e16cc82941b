import {
  asyncScheduler,
  connect,
  ignoreElements,
  lastValueFrom,
  merge,
  type Observable,
  observeOn,
  type OperatorFunction,
  tap,
  toArray,
} from 'rxjs';
import t from 'tap';
import { mayWatchUpload, xhrAdapter } from '../../source/adapters/xhr.js';
import { isNetworkError } from '../../source/errors/guards.js';
import * as page from '../../source/index.browser.js';
import * as portable from '../../source/index.js';
import { arrayBuffer, blob, bytes, progress, text } from '../../source/index.js';
import { defaultLimits } from '../../source/options/limits.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { requestOf } from '../helpers/requestOf.js';
import { testServer } from '../helpers/testServer.js';
import { XMLHttpRequestDouble } from '../helpers/XMLHttpRequestDouble.js';

/** A class whose steps the test takes by hand. */
class Scripted {
  static last: Scripted;
  onreadystatechange: (() => void) | null = null;
  onprogress: ((event: object) => void) | null = null;
  onload: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onabort: ((event: object) => void) | null = null;
  readonly upload = { onprogress: null };
  readyState = 0;
  readonly response = null;
  status = 200;
  statusText = 'OK';
  responseURL = '';
  withCredentials = false;
  aborts = 0;
  reads = 0;
  text = '';

  constructor() {
    Scripted.last = this;
  }
  get responseText(): string {
    this.reads++;
    return this.text;
  }
  open(): void {
    this.readyState = 1;
  }
  setRequestHeader(): void {
    /* scripted */
  }
  overrideMimeType(): void {
    /* scripted */
  }
  send(): void {
    /* scripted */
  }
  abort(): void {
    this.aborts++;
    this.readyState = 4;
    this.onabort?.({ type: 'abort' });
  }
  getAllResponseHeaders(): string {
    return 'content-type: text/plain\r\nx-empty: \r\n\r\n';
  }

  head(): void {
    this.readyState = 2;
    this.onreadystatechange?.();
  }
  progress(text: string, loaded = text.length): void {
    this.readyState = 3;
    this.text = text;
    this.onprogress?.({ type: 'progress', loaded, lengthComputable: false, total: 0 });
  }
  load(text: string, loaded = text.length): void {
    this.readyState = 4;
    this.text = text;
    this.onload?.({ type: 'load', loaded, lengthComputable: false, total: 0 });
  }
}

const asClass = (Class: object): new () => XMLHttpRequest => Class as new () => XMLHttpRequest;
const scripted = (changes: Partial<NormalizedRequest> = {}): Observable<ReadyStateEvent> =>
  xhrAdapter({ XMLHttpRequest: asClass(Scripted) })(requestOf('http://127.0.0.1/', changes));

/** Subscribes, and tells what has arrived so far. */
function watch(events$: Observable<ReadyStateEvent>) {
  const seen = { text: '', states: [] as number[], error: undefined as unknown };
  const subscription = events$.subscribe({
    next: (event) => {
      seen.states.push(event.readyState);
      if (event.readyState === 3) seen.text += new TextDecoder().decode(event.chunk);
    },
    error: (error: unknown) => {
      seen.error = error;
    },
  });
  return { seen, subscription };
}

t.test('aborts once when unsubscribed, and never what has finished', (t) => {
  const running = watch(scripted());
  const first = Scripted.last;
  first.head();
  running.subscription.unsubscribe();
  running.subscription.unsubscribe();
  t.equal(first.aborts, 1);
  t.equal(running.seen.error, undefined);

  for (const end of [
    (xhr: Scripted) => {
      xhr.load('a');
    },
    (xhr: Scripted) => {
      xhr.readyState = 4;
      xhr.onerror?.({ type: 'error' });
    },
  ]) {
    const { subscription } = watch(scripted());
    Scripted.last.head();
    end(Scripted.last);
    subscription.unsubscribe();
    t.equal(Scripted.last.aborts, 0);
  }
  t.end();
});

t.test('aborts what a limit or a signal ended', (t) => {
  const controller = new AbortController();
  const { seen } = watch(scripted({ signal: controller.signal }));
  controller.abort();
  t.equal(Scripted.last.aborts, 1);
  t.match(seen.error, { code: 'ERR_ABORTED' });
  t.end();
});

t.test('reads a growing text at intervals that grow with what a reading costs', async (t) => {
  let now = 1_000;
  const { performance } = globalThis;
  t.teardown(() => Object.assign(globalThis, { performance }));
  Object.defineProperty(globalThis, 'performance', {
    value: { now: () => now },
    writable: true,
    configurable: true,
  });
  const { seen, subscription } = watch(scripted());
  const xhr = Scripted.last;
  xhr.head();
  Object.defineProperty(xhr, 'responseText', {
    get: () => {
      xhr.reads++;
      now += 10;
      return xhr.text;
    },
  });
  xhr.progress('one');
  t.equal(seen.text, 'one');
  now += 100;
  xhr.progress('one two');
  xhr.progress('one two three');
  t.equal(xhr.reads, 1, 'reads nothing while it rests');
  now += 60;
  xhr.progress('one two three four');
  t.equal(
    seen.text,
    'one two three four',
    'reads all that is new after 16 times what the first reading took',
  );
  t.equal(xhr.reads, 2);
  xhr.progress('one two three four five');
  xhr.load('one two three four five six');
  t.equal(seen.text, 'one two three four five six', 'reads the rest at the end');
  t.strictSame(seen.states, [1, 2, 3, 3, 3, 4]);
  subscription.unsubscribe();

  const stalled = watch(scripted());
  Scripted.last.head();
  Scripted.last.progress('a');
  const { text: before } = stalled.seen;
  Object.defineProperty(Scripted.last, 'responseText', { get: () => ((now += 1), Scripted.last.text) });
  Scripted.last.progress('ab');
  Scripted.last.progress('abc');
  await t.resolves(
    new Promise<void>((resolve) => {
      const look = (): void => {
        if (stalled.seen.text === 'abc') resolve();
        else setImmediate(look);
      };
      look();
    }),
    'a text that was put off is read by a timer when no further event comes',
  );
  t.equal(before, 'a');
});

t.test('errors where the text cannot be the body', (t) => {
  const late = watch(scripted());
  Scripted.last.head();
  Scripted.last.progress('abc');
  Scripted.last.load('abcé€');
  t.ok(isNetworkError(late.seen.error));
  t.match(late.seen.error, { phase: 'body', message: /the platform decoded the text unexpectedly/ });

  const given = watch(scripted());
  Scripted.last.head();
  Scripted.last.progress('abc');
  Scripted.last.load('', 600_000_000);
  t.match(given.seen.error, {
    phase: 'body',
    message: /discarded the text after 3 of 600000000 bytes/,
  });

  const bytes = watch(scripted({ responseType: 'arraybuffer' }));
  Scripted.last.head();
  Scripted.last.load('', 3_000_000_000);
  t.match(bytes.seen.error, { phase: 'body', message: /the platform discarded the body/ });
  t.end();
});

t.test('notices a text that the platform decoded, and keeps a surrogate pair whole', (t) => {
  const events: ReadyStateEvent[] = [];
  scripted().subscribe((event) => events.push(event));
  const xhr = Scripted.last;
  xhr.head();
  xhr.progress('', 3);
  xhr.progress('a\uD83D', 8);
  xhr.load('a\uD83D\uDE00', 8);
  const chunks = events.flatMap((event) =>
    event.readyState === 3 ? [Buffer.from(event.chunk).toString()] : [],
  );
  t.strictSame(chunks.join('|'), 'a|😀');
  t.strictSame(
    events.map((event) => ('response' in event ? event.response.decodedAs : '-')),
    ['-', undefined, 'utf-8', 'utf-8', 'utf-8'],
  );
  t.end();
});

t.test('decodes nothing itself, mark or no mark, in pieces or whole', async (t) => {
  const server = await testServer();
  t.teardown(() => server.close());
  const adapter = xhrAdapter({ XMLHttpRequest: asClass(XMLHttpRequestDouble) });
  for (const mark of ['none', 'utf-8', 'utf-16le', 'utf-16be']) {
    for (const text of ['ascii', 'é€😀', '\uF780\uF7FF', '']) {
      for (const how of ['', '&pieces', '&gzip']) {
        const url = `${server.origin}/marked?mark=${mark}&text=${encodeURIComponent(text)}${how}`;
        const events = await lastValueFrom(adapter(requestOf(url)).pipe(toArray()));
        const chunks = events.flatMap((event) => (event.readyState === 3 ? [event.chunk] : []));
        t.equal(Buffer.concat(chunks).toString(), text);
        const last = events.at(-1);
        t.equal(
          last?.readyState === 4 && last.response.decodedAs,
          mark === 'none' ? undefined : 'utf-8',
          url,
        );
      }
    }
  }
});

t.test('tells of the head also where the class skips readyState 2', (t) => {
  const { seen } = watch(scripted());
  Scripted.last.load('all');
  t.strictSame(seen.states, [1, 2, 3, 4]);
  t.end();
});

t.test('reports what the class fires or throws as an error of the network', (t) => {
  const aborted = watch(scripted());
  Scripted.last.abort();
  t.match(aborted.seen.error, { code: 'ERR_NETWORK', phase: 'headers', message: /only reports 'abort'/ });
  class Throwing extends Scripted {
    override send(): void {
      throw new Error('no send');
    }
  }
  const thrown = watch(xhrAdapter({ XMLHttpRequest: asClass(Throwing) })(requestOf('http://127.0.0.1/')));
  t.match(thrown.seen.error, { code: 'ERR_NETWORK', cause: { message: 'no send' } });
  t.end();
});

t.test('looks the global class up at each request, and says where there is none', (t) => {
  const adapter = xhrAdapter();
  const { seen } = watch(adapter(requestOf('http://127.0.0.1/')));
  t.ok(seen.error instanceof TypeError);
  t.match(seen.error, /requests without XMLHttpRequest: use fetchAdapter/);
  t.strictSame(seen.states, []);
  t.teardown(() => Reflect.deleteProperty(globalThis, 'XMLHttpRequest'));
  Object.assign(globalThis, { XMLHttpRequest: Scripted });
  const later = watch(adapter(requestOf('http://127.0.0.1/', { withCredentials: true })));
  Scripted.last.head();
  t.strictSame(later.seen.states, [1, 2]);
  t.equal(Scripted.last.withCredentials, true);
  t.end();
});

t.test('is the default in a page, whose entry is the portable one otherwise', (t) => {
  const { seen } = watch(page.request('http://127.0.0.1/'));
  t.match(seen.error, /xhrAdapter cannot honour requests without XMLHttpRequest: use fetchAdapter/);
  t.strictSame(Object.keys(page), Object.keys(portable));
  t.equal(page.HeaderMap, portable.HeaderMap);
  t.end();
});

t.test('listens to an upload only where that makes no CORS preflight', (t) => {
  const post = (url: string, body: string | undefined, ...headers: string[]) =>
    mayWatchUpload(requestOf(url, { method: 'POST', body, headers: new HeaderMap(headers) }));
  t.equal(post('http://other.example/', undefined), false, 'no body');
  t.equal(post('http://other.example/', 'a'), true, 'no page, no CORS');
  t.teardown(() => Reflect.deleteProperty(globalThis, 'location'));
  Object.assign(globalThis, { location: { origin: 'http://page.example' } });
  t.equal(post('http://page.example/', 'a'), true, 'the same origin');
  t.equal(post('http://other.example/', 'a'), false, 'a plain POST to another');
  t.equal(
    post('http://other.example/', 'a', 'Accept', '*/*', 'Content-Type', 'text/plain; charset=utf-8'),
    false,
  );
  // What other fields do only a browser's Request tells: see adapterCases.ts.
  t.equal(
    mayWatchUpload(requestOf('http://other.example/', { method: 'PUT', body: 'a' })),
    true,
    'is preflighted anyway',
  );
  t.end();
});

t.test('tells how far the bytes are that are to come in one piece', async (t) => {
  const server = await testServer();
  t.teardown(() => server.close());
  const adapter = xhrAdapter({ XMLHttpRequest: asClass(XMLHttpRequestDouble) });
  const events$ = adapter(requestOf(`${server.origin}/pieces?count=300`));
  const seen: (number | undefined)[] = [];
  const whole = await lastValueFrom(
    events$.pipe(
      connect((shared$) =>
        merge(
          shared$.pipe(
            progress(),
            tap(({ transferred }) => seen.push(transferred)),
            ignoreElements(),
          ),
          shared$.pipe(arrayBuffer()),
        ),
      ),
    ),
  );
  t.equal(whole.byteLength, 300);
  t.ok(seen.length > 2, 'progress is told while they come');
  t.equal(seen.at(-1), 300);
  t.strictSame(
    [...seen].sort((one = 0, other = 0) => one - other),
    seen,
  );
});

t.test('gives up a body over limits.bufferedBytes before the class holds it all', (t) => {
  const events$ = scripted({ limits: { ...defaultLimits, bufferedBytes: 10 } }).pipe(arrayBuffer());
  const seen: unknown[] = [];
  events$.subscribe({ error: (error: unknown) => seen.push(error) });
  Scripted.last.head();
  Scripted.last.progress('', 10);
  t.equal(Scripted.last.aborts, 0);
  Scripted.last.progress('', 11);
  t.match(seen, [{ code: 'ERR_LIMIT', limit: 'bufferedBytes', value: 10 }]);
  t.equal(Scripted.last.aborts, 1);
  t.end();
});

t.test('notices a class that ignores what it is asked for', async (t) => {
  const server = await testServer();
  t.teardown(() => server.close());
  /** Decodes as UTF-8, whatever it is told. */
  class Decoding extends XMLHttpRequestDouble {
    override overrideMimeType(): void {
      this.decodesAs = 'utf-8';
    }
  }
  const decoding = xhrAdapter({ XMLHttpRequest: asClass(Decoding) });
  const body = (bytes: readonly number[]) =>
    decoding(requestOf(`${server.origin}/binary?bytes=${bytes.join()}`));
  const e = [0xc3, 0xa9];
  t.equal(await lastValueFrom(body(e).pipe(text())), 'é', 'its text is the text');
  await t.rejects(lastValueFrom(body(e).pipe(bytes())), {
    name: 'TypeError',
    message: /has decoded the body/,
  });
  t.equal((await lastValueFrom(body(e).pipe(arrayBuffer()))).byteLength, 2);
  t.strictSame([...(await lastValueFrom(body([0x61]).pipe(bytes())))], [0x61]);

  // U+F780 alone looks like a byte, but for the three that it was.
  const late = watch(scripted());
  Scripted.last.head();
  Scripted.last.progress('abc');
  Scripted.last.load('abc\uF780', 6);
  t.match(late.seen.error, {
    code: 'ERR_NETWORK',
    phase: 'body',
    message: /4 of 6 bytes.* responseType: 'arraybuffer'/,
  });

  class Texts extends Scripted {
    override readonly response = 'text' as unknown as null;
  }
  const texts = watch(
    xhrAdapter({ XMLHttpRequest: asClass(Texts) })(
      requestOf('http://127.0.0.1/', { responseType: 'arraybuffer' }),
    ),
  );
  Scripted.last.head();
  Scripted.last.load('text');
  t.match(texts.seen.error, {
    code: 'ERR_NETWORK',
    message: /ignores responseType 'arraybuffer': use fetchAdapter/,
  });

  class Bare extends Scripted {
    override overrideMimeType = undefined as unknown as () => void;
  }
  const bare = watch(xhrAdapter({ XMLHttpRequest: asClass(Bare) })(requestOf('http://127.0.0.1/')));
  t.match(bare.seen.error, { name: 'TypeError', message: /without overrideMimeType\(\): give responseType/ });
});

t.test('bytes that were asked for too late are an error, not others', async (t) => {
  const server = await testServer();
  t.teardown(() => server.close());
  const adapter = xhrAdapter({ XMLHttpRequest: asClass(XMLHttpRequestDouble) });
  const events$ = adapter(requestOf(`${server.origin}/binary?bytes=239,187,191,97`));
  const reads: readonly OperatorFunction<ReadyStateEvent, unknown>[] = [arrayBuffer(), blob()];
  for (const read of reads) {
    await t.rejects(lastValueFrom(events$.pipe(observeOn(asyncScheduler), read)), {
      name: 'TypeError',
      message: /bytes are lost.* responseType to 'arraybuffer', or use fetchAdapter/,
    });
  }
});
