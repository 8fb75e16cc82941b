import { type Observable } from 'rxjs';
import * as original from 'rxjs/ajax';
import t, { type Test } from 'tap';
import * as ours from '../../source/ajax.js';
import { ScriptedXhr } from './ScriptedXhr.js';

/** Either library: rxjs's own shows that what is expected of ours is what it does. */
type Library = typeof original;

const libraries: readonly (readonly [name: string, library: Library])[] = [
  ['rxjs/ajax', original],
  ['readystream/ajax', ours],
];

interface Outcome {
  readonly values: ours.AjaxResponse<unknown>[];
  error?: unknown;
  completed?: boolean;
}

class Bench {
  readonly library: Library;
  readonly made: ScriptedXhr[] = [];

  constructor(library: Library) {
    this.library = library;
  }

  readonly createXHR = (): XMLHttpRequest => {
    const xhr = new ScriptedXhr();
    this.made.push(xhr);
    return xhr as unknown as XMLHttpRequest;
  };

  get xhr(): ScriptedXhr {
    const xhr = this.made.at(-1);
    if (xhr === undefined) throw new Error('no request was made');
    return xhr;
  }

  run(config: Partial<ours.AjaxConfig>): Outcome & { readonly unsubscribe: () => void } {
    return watch(this.library.ajax({ url: '/flibbertyJibbet', createXHR: this.createXHR, ...config }));
  }
}

function watch(response$: Observable<unknown>): Outcome & { readonly unsubscribe: () => void } {
  const outcome: Outcome = { values: [] };
  const subscription = response$.subscribe({
    next: (value) => outcome.values.push(value as ours.AjaxResponse<unknown>),
    error: (error: unknown) => (outcome.error = error),
    complete: () => (outcome.completed = true),
  });
  return Object.assign(outcome, {
    unsubscribe: () => {
      subscription.unsubscribe();
    },
  });
}

/** Runs a test over both libraries. */
function both(title: string, test: (t: Test, bench: Bench) => void): void {
  for (const [name, library] of libraries) {
    t.test(`${name} ${title}`, (t) => {
      test(t, new Bench(library));
      t.end();
    });
  }
}

/** For the length of a test, globals with these values; `undefined` takes one away. */
function withGlobals(t: Test, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    if (value === undefined) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.teardown(() => {
      if (before === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, before);
    });
  }
}

both('sends a GET for JSON by default', (t, bench) => {
  const outcome = bench.run({});
  t.same(bench.xhr.calls, [
    ['open', 'GET', '/flibbertyJibbet', true],
    ['setRequestHeader', 'x-requested-with', 'XMLHttpRequest'],
    ['send'],
  ]);
  t.same([bench.xhr.responseType, bench.xhr.timeout, bench.xhr.withCredentials], ['json', 0, false]);
  t.same(outcome, { values: [], unsubscribe: outcome.unsubscribe });
});

both('makes a request at each subscription, by the class that is global then', (t, bench) => {
  const made: unknown[] = [];
  const classFor = (name: string): unknown =>
    class extends ScriptedXhr {
      constructor() {
        super();
        made.push(name);
      }
    };
  const response$ = bench.library.ajax('/a');
  t.same(made, []);
  withGlobals(t, { XMLHttpRequest: classFor('first') });
  watch(response$);
  watch(response$);
  withGlobals(t, { XMLHttpRequest: classFor('second') });
  watch(response$);
  t.same(made, ['first', 'first', 'second']);
});

both('fails on the error channel if there is no class', (t, bench) => {
  withGlobals(t, { XMLHttpRequest: undefined });
  const { error } = watch(bench.library.ajax('/a'));
  t.ok(error instanceof Error);
  t.match((error as Error).message, /XMLHttpRequest/);
});

both('opens with method, user and password, and leaves a synchronous request its settings', (t, bench) => {
  bench.run({ method: 'PURGE', user: 'ada', password: 'secret' });
  t.same(bench.xhr.calls[0], ['open', 'PURGE', '/flibbertyJibbet', true, 'ada', 'secret']);
  bench.run({ async: false, timeout: 5, responseType: 'text' });
  t.same(bench.xhr.calls[0], ['open', 'GET', '/flibbertyJibbet', false]);
  t.same([bench.xhr.responseType, bench.xhr.timeout], ['', -1]);
  bench.run({ timeout: 5, responseType: 'arraybuffer', withCredentials: true });
  t.same([bench.xhr.responseType, bench.xhr.timeout, bench.xhr.withCredentials], ['arraybuffer', 5, true]);
});

both('sends header names in lower case, and x-requested-with only within the origin', (t, bench) => {
  bench.run({ headers: { 'Content-Type': 'kenny/loggins', 'X-Requested-With': 'me' } });
  t.same(bench.xhr.headers, { 'content-type': 'kenny/loggins', 'x-requested-with': 'me' });
  bench.run({ crossDomain: true, headers: { A: 1 } });
  t.same(bench.xhr.headers, { a: 1 });
});

both(
  'sends the anti-forgery token of a cookie, unless the request crosses origins without credentials',
  (t, bench) => {
    const xsrf = { xsrfCookieName: 'foo', xsrfHeaderName: 'Custom-Token' };
    const token = (config: Partial<ours.AjaxConfig>): unknown => {
      bench.run({ ...xsrf, ...config });
      return bench.xhr.headers['Custom-Token'];
    };
    withGlobals(t, { document: { cookie: 'barfoo=no; foo=bar=%2F; foo=later' } });
    t.equal(token({}), 'bar=%2F');
    t.equal(token({ crossDomain: true }), undefined);
    t.equal(token({ crossDomain: true, withCredentials: true }), 'bar=%2F');
    t.equal(token({ xsrfCookieName: 'other' }), undefined);
    withGlobals(t, { document: { cookie: '' } });
    t.equal(token({}), undefined);
  },
);

both('sends what XMLHttpRequest knows as it is', (t, bench) => {
  const form = new FormData();
  const bodies = [
    'text',
    form,
    new URLSearchParams('a=1'),
    new ArrayBuffer(3),
    new Blob(['x']),
    new File(['x'], 'x.txt'),
    new ReadableStream(),
  ];
  for (const body of bodies) {
    bench.run({ method: 'POST', body });
    t.same(bench.xhr.sent?.length, 1);
    t.equal(bench.xhr.sent?.[0], body, Object.prototype.toString.call(body));
    t.equal(bench.xhr.headers['content-type'], undefined);
  }
  for (const body of ['', null, undefined, 0, false]) {
    bench.run({ method: 'POST', body });
    t.same(bench.xhr.sent, [], String(body));
  }
});

both('sends other objects as JSON', (t, bench) => {
  bench.run({ method: 'POST', body: { '🌟': '🚀', a: [1] } });
  t.same(bench.xhr.sent, ['{"🌟":"🚀","a":[1]}']);
  t.equal(bench.xhr.headers['content-type'], 'application/json;charset=utf-8');
  bench.run({ method: 'POST', body: [], headers: { 'Content-Type': 'application/vnd.api+json' } });
  t.same(bench.xhr.sent, ['[]']);
  t.equal(bench.xhr.headers['content-type'], 'application/vnd.api+json');
});

both('refuses a body that it cannot send, on the error channel', (t, bench) => {
  t.match(bench.run({ body: Symbol('s') }).error, { name: 'TypeError', message: 'Unknown body type' });
  t.match(bench.run({ body: 5 }).error, { name: 'TypeError', message: 'Unknown body type' });
  const circular: Record<string, unknown> = {};
  circular['itself'] = circular;
  t.match(bench.run({ body: circular }).error, { name: 'TypeError' });
  t.same(bench.made, []);
});

both('sets queryParams in the URL', (t, bench) => {
  const urlFor = (url: string, queryParams: NonNullable<ours.AjaxConfig['queryParams']>): unknown => {
    bench.run({ url, queryParams });
    return bench.xhr.calls[0]?.[2];
  };
  t.equal(urlFor('/a', 'x=1&y=2'), '/a?x=1&y=2');
  t.equal(urlFor('/a', '?x=1'), '/a?x=1');
  t.equal(urlFor('/a', new URLSearchParams({ x: 'ä b' })), '/a?x=%C3%A4+b');
  t.equal(urlFor('/a', { x: 1, y: true, z: ['p', 'q'] }), '/a?x=1&y=true&z=p%2Cq');
  t.equal(
    urlFor('/a', [
      ['x', 1],
      ['x', 2],
    ]),
    '/a?x=1&x=2',
  );
  t.equal(urlFor('/a?x=0&k=1', { x: 1 }), '/a?x=1&k=1');
  t.equal(urlFor('/a?x=0', ''), '/a?x=0');
  t.match(bench.run({ url: '/a?b?c', queryParams: { x: 1 } }).error, {
    name: 'TypeError',
    message: 'invalid url',
  });
});

both('emits the response and completes below 400', (t, bench) => {
  for (const status of [0, 200, 204, 304, 399]) {
    const outcome = bench.run({ responseType: 'text' });
    bench.xhr.respond(status, { response: 'wee!', responseHeaders: 'a: 1\nb: c: d' });
    const [response] = outcome.values;
    t.equal(outcome.completed, true);
    t.equal(outcome.error, undefined);
    t.ok(response instanceof bench.library.AjaxResponse);
    t.match(response, {
      status,
      response: 'wee!',
      responseType: 'text',
      loaded: 5,
      total: 5,
      type: 'download_load',
      responseHeaders: { a: '1', b: 'c: d' },
      request: { url: '/flibbertyJibbet', method: 'GET', async: true, crossDomain: false, timeout: 0 },
    });
    t.equal(response?.xhr, bench.xhr);
    t.equal(response?.originalEvent.type, 'load');
  }
});

both('reads the response as its type says, also of a class that has text only', (t, bench) => {
  const read = (
    responseType: XMLHttpRequestResponseType,
    xhr: Partial<ScriptedXhr>,
    without?: string,
  ): unknown => {
    const outcome = bench.run({ responseType });
    if (without !== undefined) Reflect.deleteProperty(bench.xhr, without);
    bench.xhr.respond(200, xhr);
    return outcome.error ?? outcome.values[0]?.response;
  };
  t.same(read('json', { response: { a: 1 } }), { a: 1 });
  t.same(read('json', { response: null }), null);
  t.same(read('json', { responseText: '{"a":1}' }, 'response'), { a: 1 });
  t.match(read('json', { responseText: 'wee' }, 'response'), { name: 'SyntaxError' });
  t.equal(read('text', { responseText: 'wee' }, 'response'), 'wee');
  t.equal(read('document', { responseXML: 'a document', response: 'else' }), 'a document');
});

both('errors from 400 on', (t, bench) => {
  for (const status of [400, 404, 500]) {
    const outcome = bench.run({ responseType: 'text', body: 'b' });
    bench.xhr.respond(status, { response: 'not here' });
    t.same([outcome.values, outcome.completed], [[], undefined]);
    t.ok(outcome.error instanceof bench.library.AjaxError);
    t.ok(outcome.error instanceof Error);
    t.notOk(outcome.error instanceof bench.library.AjaxTimeoutError);
    t.match(outcome.error, {
      name: 'AjaxError',
      message: `ajax error ${status}`,
      status,
      response: 'not here',
      responseType: 'text',
      request: { body: 'b', responseType: 'text' },
    });
    t.equal((outcome.error as ours.AjaxError).xhr, bench.xhr);
  }
});

both('keeps the text of a refused response that is not JSON after all', (t, bench) => {
  const outcome = bench.run({});
  Reflect.deleteProperty(bench.xhr, 'response');
  bench.xhr.respond(404, { responseText: 'this is not what we expected is it?' });
  t.match(outcome.error, { status: 404, response: 'this is not what we expected is it?' });
});

both('errors on failure, timeout and abort', (t, bench) => {
  const failed = bench.run({});
  bench.xhr.fire('error');
  t.match(failed.error, { name: 'AjaxError', message: 'ajax error', status: 0 });
  const late = bench.run({ timeout: 5 });
  bench.xhr.fire('timeout');
  t.match(late.error, {
    name: 'AjaxTimeoutError',
    message: 'ajax timeout',
    status: 0,
    request: { timeout: 5 },
  });
  t.ok(late.error instanceof bench.library.AjaxTimeoutError);
  const aborted = bench.run({});
  bench.xhr.fire('abort');
  t.match(aborted.error, { name: 'AjaxError', message: 'aborted' });
});

both('passes on what open() throws', (t, bench) => {
  const failure = new SyntaxError('bad URL');
  const { error } = bench.run({
    createXHR: () =>
      Object.assign(new ScriptedXhr(), {
        open: () => {
          throw failure;
        },
      }) as unknown as XMLHttpRequest,
  });
  t.equal(error, failure);
});

both('aborts when unsubscribed, unless the response is complete', (t, bench) => {
  const left = bench.run({});
  left.unsubscribe();
  t.equal(bench.xhr.aborted, 1);
  t.equal(left.error, undefined);
  const done = bench.run({});
  bench.xhr.respond(200);
  done.unsubscribe();
  t.equal(bench.xhr.aborted, 0);
});

both('emits progress of both ways if asked', (t, bench) => {
  const outcome = bench.run({ includeUploadProgress: true, includeDownloadProgress: true, body: 'abcde' });
  const { xhr } = bench;
  xhr.fire('loadstart');
  xhr.fire('loadstart', { total: 5 }, xhr.upload);
  xhr.fire('progress', { loaded: 3, total: 5 }, xhr.upload);
  xhr.fire('load', { loaded: 5, total: 5 }, xhr.upload);
  xhr.fire('progress', { loaded: 2, total: 5 });
  xhr.respond(200, { response: {} });
  t.same(
    outcome.values.map(({ type, loaded, total }) => [type, loaded, total]),
    [
      ['download_loadstart', 0, 0],
      ['upload_loadstart', 0, 5],
      ['upload_progress', 3, 5],
      ['upload_load', 5, 5],
      ['download_progress', 2, 5],
      ['download_load', 5, 5],
    ],
  );
  t.equal(outcome.completed, true);

  const without = bench.run({ body: 'abcde' });
  bench.xhr.fire('progress', {}, bench.xhr.upload);
  bench.xhr.fire('progress');
  t.same(without.values, []);
});

both('reports the upload to progressSubscriber, and how the request ended', (t, bench) => {
  const logs = ['load', 'refused', 'error', 'timeout', 'abort'].map((ending) => {
    const log: unknown[] = [];
    const progressSubscriber = {
      next: ({ type }: ProgressEvent) => log.push(`next ${type}`),
      error: (error: { readonly type?: string; readonly message?: string }) =>
        log.push(`error ${error.type ?? error.message}`),
      complete: () => log.push('complete'),
    };
    bench.run({ progressSubscriber });
    const { xhr } = bench;
    xhr.fire('loadstart', {}, xhr.upload);
    xhr.fire('progress', {}, xhr.upload);
    xhr.fire('load', {}, xhr.upload);
    xhr.fire('progress');
    if (ending === 'load') xhr.respond(200);
    else if (ending === 'refused') xhr.respond(500);
    else xhr.fire(ending);
    return log.slice(2);
  });
  t.same(logs, [['complete'], ['error load'], ['error error'], ['error ajax timeout'], ['error aborted']]);
  bench.run({ progressSubscriber: {} as never });
  bench.xhr.fire('progress', {}, bench.xhr.upload);
  t.doesNotThrow(() => {
    bench.xhr.respond(200);
  });
});

both('has a function for each common method', (t, bench) => {
  const { ajax } = bench.library;
  const { createXHR } = bench;
  withGlobals(t, {
    XMLHttpRequest: function () {
      return createXHR();
    },
  });
  const headers = { A: '1' };
  for (const [response$, method, body] of [
    [ajax.get('/u', headers), 'GET', []],
    [ajax.post('/u', { a: 1 }, headers), 'POST', ['{"a":1}']],
    [ajax.put('/u', 'text', headers), 'PUT', ['text']],
    [ajax.patch('/u', undefined, headers), 'PATCH', []],
    [ajax.delete('/u', headers), 'DELETE', []],
    [ajax.getJSON('/u', headers), 'GET', []],
  ] as const) {
    watch(response$);
    t.same(bench.xhr.calls[0], ['open', method, '/u', true]);
    t.equal(bench.xhr.headers['a'], '1');
    t.same(bench.xhr.sent, body);
  }
  const outcome = watch(ajax.getJSON('/u'));
  bench.xhr.respond(200, { response: { a: 1 } });
  t.same([outcome.values, outcome.completed], [[{ a: 1 }], true]);
});

t.test('departs from rxjs/ajax where that one is wrong', (t) => {
  const [sent, headers] = libraries
    .map(([, library]) => {
      const bench = new Bench(library);
      const outcome = bench.run({ body: new Uint8Array([1, 2, 3, 4]).subarray(1, 3), responseType: 'text' });
      bench.xhr.respond(200, { responseHeaders: 'a: 1\r\nb: 2\r\n' });
      return [bench.xhr.sent?.[0], outcome.values[0]?.responseHeaders] as const;
    })
    .reduce<[unknown[], unknown[]]>(
      ([s, h], [one, other]) => [
        [...s, one],
        [...h, other],
      ],
      [[], []],
    );
  t.same(sent, [new Uint8Array([1, 2, 3, 4]).buffer, new Uint8Array([2, 3])], 'a view is not its buffer');
  t.same(
    headers,
    [
      { a: '1\r', b: '2\r', '': '' },
      { a: '1', b: '2' },
    ],
    'lines end in CR and LF',
  );
  t.end();
});
