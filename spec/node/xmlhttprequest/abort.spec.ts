import t from 'tap';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { scriptedScheme } from '../../helpers/scriptedScheme.js';
import { fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await promptedServer();
t.teardown(() => server.close());

const uploadFailed = ['upload.abort 0', 'upload.loadend 0'];
const failed = ['readystatechange 4', 'abort 0', 'loadend 0'];

/** What a script sees of a response: state, status, headers and text. */
const seen = (xhr: XMLHttpRequest): unknown[] => [
  ...[xhr.readyState, xhr.status, xhr.statusText, xhr.responseURL],
  ...[xhr.getAllResponseHeaders(), xhr.responseText],
];
const nothing = (state: number): unknown[] => [state, 0, '', '', '', ''];

/** A POST with listeners, under way; what it has fired so far is left out. */
function post(): { xhr: XMLHttpRequest; log: string[] } {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr, true);
  xhr.open('POST', server.origin);
  xhr.send('body');
  return { xhr, log };
}

/** Waits until a request that is broken off is so for the server too. */
const brokenOff = (response: { on(type: 'close', listener: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => void response.on('close', resolve));

t.test('abort() before send() changes nothing', (t) => {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr, true);
  xhr.abort();
  t.same([log, xhr.readyState], [[], 0]);
  xhr.open('GET', server.origin);
  xhr.setRequestHeader('X-A', 'kept');
  xhr.abort();
  t.same([log, xhr.readyState], [['readystatechange 1'], 1]);
  t.doesNotThrow(() => {
    xhr.setRequestHeader('X-A', 'it is open still');
  });
  t.end();
});

t.test('abort() in each state ends the request and reports it', async (t) => {
  const opened = post();
  opened.log.length = 0;
  opened.xhr.abort();
  t.same(
    opened.log,
    ['readystatechange 4', ...uploadFailed, 'abort 0', 'loadend 0'],
    'before the upload is done',
  );
  t.same(seen(opened.xhr), nothing(0));

  const sent = post();
  await fired(sent.xhr.upload, 'loadend');
  const toSent = await server.take();
  sent.log.length = 0;
  sent.xhr.abort();
  t.same(sent.log, failed, 'after it');
  await brokenOff(toSent.response);

  const received = post();
  const toReceived = await server.take();
  toReceived.response.flushHeaders();
  await fired(received.xhr, 'readystatechange');
  t.equal(received.xhr.readyState, 2);
  received.log.length = 0;
  received.xhr.abort();
  t.same(received.log, failed, 'in HEADERS_RECEIVED');
  t.same(seen(received.xhr), nothing(0));
  await brokenOff(toReceived.response);

  const loading = post();
  const toLoading = await server.take();
  toLoading.response.write('abc');
  await fired(loading.xhr, 'progress');
  t.equal(loading.xhr.responseText, 'abc');
  loading.log.length = 0;
  loading.xhr.abort();
  t.same(loading.log, failed, 'in LOADING');
  t.same(seen(loading.xhr), nothing(0));
  await brokenOff(toLoading.response);

  const done = post();
  (await server.take()).response.end('abc');
  await fired(done.xhr, 'loadend');
  done.log.length = 0;
  done.xhr.abort();
  t.same(done.log, [], 'in DONE there is nothing to end');
  t.same(seen(done.xhr), nothing(0), 'and nothing left');
  done.xhr.abort();
  t.same(done.log, []);
});

t.test('in its events an aborted request is DONE and empty, and only then UNSENT', (t) => {
  const { xhr } = post();
  const states: unknown[] = [];
  for (const type of ['readystatechange', 'abort', 'loadend']) {
    xhr.addEventListener(type, () => states.push(seen(xhr)));
    xhr.upload.addEventListener(type, () => states.push(seen(xhr)));
  }
  xhr.abort();
  t.same(
    states,
    Array.from({ length: 5 }, () => nothing(4)),
  );
  t.equal(xhr.readyState, 0);
  t.end();
});

t.test('abort() in a listener of loadstart sends nothing', async (t) => {
  const before = server.count;
  for (const target of ['xhr', 'upload'] as const) {
    const xhr = new XMLHttpRequest();
    const log = logEvents(xhr, true);
    (target === 'xhr' ? xhr : xhr.upload).onloadstart = () => {
      xhr.abort();
    };
    xhr.open('POST', server.origin);
    xhr.send('body');
    t.same(log, [
      ...['readystatechange 1', 'loadstart 0', ...(target === 'upload' ? ['upload.loadstart 0/4'] : [])],
      ...['readystatechange 4', ...uploadFailed, 'abort 0', 'loadend 0'],
    ]);
    t.equal(xhr.readyState, 0);
    t.throws(
      () => {
        xhr.send();
      },
      { name: 'InvalidStateError' },
    );
  }
  const { xhr } = post();
  (await server.take()).response.end();
  await fired(xhr, 'loadend');
  t.equal(server.count, before + 1, 'what came is another request');
});

/** An event of a POST, and all that it fires after a listener to that one has aborted it. */
const cases: readonly (readonly [at: string, after: readonly string[]])[] = [
  ['upload.progress 4/4', ['readystatechange 4', ...uploadFailed, 'abort 0', 'loadend 0']],
  ['upload.load 4/4', [...failed, 'upload.loadend 4/4']],
  ['upload.loadend 4/4', failed],
  ['readystatechange 2', failed],
  ['readystatechange 3', failed],
  ['progress 3/3', failed],
  // The response is there, and goes on to be told.
  ['readystatechange 4', ['load 3/3', 'loadend 3/3']],
  ['load 3/3', ['loadend 3/3']],
  ['loadend 3/3', []],
];

for (const [at, after] of cases) {
  t.test(`abort() in a listener of ${at} is followed by ${after.join(', ') || 'nothing'}`, async (t) => {
    const { xhr, log } = post();
    const isUpload = at.startsWith('upload.');
    const isOver = new Promise<void>((resolve) => {
      (isUpload ? xhr.upload : xhr).addEventListener(at.replace('upload.', '').replace(/ .*/, ''), () => {
        if (log.at(-1) !== at) return;
        log.length = 0;
        xhr.abort();
        t.same(seen(xhr), nothing(0));
        resolve();
      });
    });
    const { response } = await server.take();
    if (!isUpload) {
      response.setHeader('content-length', 3);
      response.end('abc');
    }
    await isOver;
    // All that would follow at once has been fired by then.
    await new Promise(setImmediate);
    t.same(log, after);
    t.same(seen(xhr), nothing(0));
  });
}

t.test('abort() in a listener of the last progress event comes before the end', async (t) => {
  const Class = createXMLHttpRequest({
    schemes: [['x', scriptedScheme(() => ({ pieces: ['abc', 'def'] }))]],
  });
  const xhr = new Class();
  const log = logEvents(xhr);
  xhr.onprogress = ({ loaded }) => {
    if (loaded < 6) return;
    log.length = 0;
    xhr.abort();
  };
  xhr.open('GET', 'x:');
  xhr.send();
  await fired(xhr, 'loadend');
  await new Promise(setImmediate);
  t.same(log, failed);
  t.same(seen(xhr), nothing(0));
});

t.test('abort() in a scheme handler ends the request that the handler is about to start', async (t) => {
  let aborted = 0;
  const requests: XMLHttpRequest[] = [];
  const Class = createXMLHttpRequest({
    schemes: [
      [
        'x',
        () => {
          requests[0]?.abort();
          return () => aborted++;
        },
      ],
    ],
  });
  const xhr = new Class();
  requests.push(xhr);
  const log = logEvents(xhr);
  xhr.open('GET', 'x:');
  xhr.send();
  await new Promise(setImmediate);
  t.same(log, ['readystatechange 1', 'loadstart 0', ...failed]);
  t.equal(aborted, 1);
  t.same(seen(xhr), nothing(0));
});

t.test(
  'abort() in a listener of the events that end a failed request does not suppress the other events',
  async (t) => {
    const cases = [
      ['readystatechange', ['error 0', 'loadend 0']],
      ['error', ['loadend 0']],
      ['loadend', []],
    ] as const;
    for (const [type, after] of cases) {
      const xhr = new XMLHttpRequest();
      const log = logEvents(xhr);
      xhr.open('GET', 'unknown:');
      xhr.send();
      xhr.addEventListener(type, () => {
        log.length = 0;
        xhr.abort();
      });
      await fired(xhr, 'loadend');
      t.same([log, xhr.readyState], [after, 0], type);
    }
  },
);

t.test('abort() in a listener of abort does not recurse for ever', (t) => {
  for (const type of ['readystatechange', 'abort', 'loadend']) {
    const { xhr, log } = post();
    log.length = 0;
    xhr.addEventListener(type, () => {
      xhr.abort();
    });
    xhr.upload.addEventListener('abort', () => {
      xhr.abort();
    });
    xhr.abort();
    t.same(log, ['readystatechange 4', ...uploadFailed, 'abort 0', 'loadend 0'], type);
    t.equal(xhr.readyState, 0);
  }
  t.end();
});
