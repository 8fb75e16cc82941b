import t from 'tap';
import { NetworkError } from '../../../source/errors/NetworkError.js';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { type Script, scriptedScheme } from '../../helpers/scriptedScheme.js';
import '../../helpers/syncRequest.js';
import { logEvents } from '../../helpers/xhrEvents.js';

const broken = new NetworkError('body', {
  request: { method: 'GET', url: 'x:broken', repeatable: true },
  reason: 'it broke',
});
const scripts: Readonly<Record<string, Script['pieces']>> = {
  'x:a': ['abc', 'def'],
  'x:broken': ['abc', 'def', broken],
};
const XMLHttpRequest = createXMLHttpRequest({
  schemes: [['x', scriptedScheme((url) => ({ pieces: scripts[url] ?? [] }))]],
});

/** All that the second request fires, which is opened when `loadstart` has been, or later. */
const second = [
  ...['loadstart 0', 'readystatechange 2', 'readystatechange 3', 'progress 2'],
  ...['readystatechange 4', 'load 2', 'loadend 2'],
];

/** The events of a request that a listener opens and sends anew, from then on. */
async function reopened(
  at: string,
  url: string,
  method = 'GET',
  body?: string,
  then?: (xhr: XMLHttpRequest) => void,
  async = true,
): Promise<string[]> {
  const xhr = new XMLHttpRequest();
  const log = logEvents(xhr, true);
  const isUpload = at.startsWith('upload.');
  const isOver = new Promise<void>((resolve) => {
    let isAgain = false;
    (isUpload ? xhr.upload : xhr).addEventListener(at.replace('upload.', '').replace(/ .*/, ''), () => {
      if (isAgain || log.at(-1) !== at) return;
      isAgain = true;
      log.length = 0;
      xhr.addEventListener('loadend', () => {
        if (log.at(-1) === 'loadend 2') resolve();
      });
      xhr.open('GET', 'data:,ok', async);
      xhr.send();
    });
  });
  xhr.open(method, url);
  xhr.send(body);
  then?.(xhr);
  await isOver;
  // What else would be fired at once has been by then.
  await new Promise(setImmediate);
  t.same([xhr.readyState, xhr.status, xhr.responseText], [4, 200, 'ok'], at);
  return log;
}

const [secondStart = '', ...secondAnswer] = second;
const opened = 'readystatechange 1';

t.test('opening a pending request again replaces it', async (t) => {
  t.same(await reopened('loadstart 0', 'x:a'), second, 'it is open still');
  for (const at of ['readystatechange 2', 'readystatechange 3', 'progress 3', 'progress 6']) {
    t.same(await reopened(at, 'x:a'), [opened, ...second], at);
  }
  t.same(await reopened('readystatechange 2', 'x:empty'), [opened, ...second]);
  t.same(await reopened('progress 0', 'x:empty'), [opened, ...second], 'also where there is no body');
});

t.test('a finished request still fires its last events', async (t) => {
  const cases = [
    ['readystatechange 4', ['load 6', 'loadend 6']],
    ['load 6', ['loadend 6']],
    ['loadend 6', []],
  ] as const;
  for (const [at, last] of cases) {
    t.same(await reopened(at, 'x:a'), [opened, secondStart, ...last, ...secondAnswer], at);
  }
});

t.test('even if it has failed', async (t) => {
  const cases = [
    ['readystatechange 4', ['error 0', 'loadend 0']],
    ['error 0', ['loadend 0']],
    ['loadend 0', []],
  ] as const;
  for (const [at, last] of cases) {
    for (const url of ['x:broken', 'unknown:']) {
      t.same(await reopened(at, url), [opened, secondStart, ...last, ...secondAnswer], `${at} of ${url}`);
    }
  }
});

t.test('and if it was aborted, except on the upload, which is that of the new request', async (t) => {
  const cases = [
    ['readystatechange 4', ['abort 0', 'loadend 0']],
    ['upload.abort 0', ['upload.loadend 0', 'abort 0', 'loadend 0']],
    ['upload.loadend 0', ['abort 0', 'loadend 0']],
    ['abort 0', ['loadend 0']],
    ['loadend 0', []],
  ] as const;
  for (const [at, last] of cases) {
    const log = await reopened(at, 'x:a', 'POST', 'body', (xhr) => {
      xhr.abort();
    });
    t.same(log, [opened, secondStart, ...last, ...secondAnswer], at);
  }
});

t.test('opening again in a listener of the upload', async (t) => {
  t.same(await reopened('upload.loadstart 0/4', 'x:a', 'POST', 'body'), second);
  const log = await reopened('upload.progress 4/4', 'x:a', 'POST', 'body');
  t.same(log, second);
  t.same(await reopened('upload.load 4/4', 'x:a', 'POST', 'body'), [
    ...[secondStart, 'upload.loadend 4/4'],
    ...secondAnswer,
  ]);
  t.same(await reopened('upload.loadend 4/4', 'x:a', 'POST', 'body'), second);
});

t.test('a listener may replace its request with a synchronous one', async (t) => {
  const synchronous = [opened, 'readystatechange 4', 'load 2', 'loadend 2'];
  const cases = [
    ['loadstart 0', synchronous.slice(1)],
    ['readystatechange 2', synchronous],
    ['readystatechange 3', synchronous],
    ['progress 6', synchronous],
    ['readystatechange 4', [...synchronous, 'load 6', 'loadend 6']],
    ['load 6', [...synchronous, 'loadend 6']],
    ['loadend 6', synchronous],
  ] as const;
  for (const [at, after] of cases) {
    const log = await reopened(at, 'x:a', 'GET', undefined, undefined, false);
    t.same(log, after, at);
  }
});
