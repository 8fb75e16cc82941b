import t, { type Test } from 'tap';
import { Throttle } from '../../../source/node/xmlhttprequest/Throttle.js';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { scriptedScheme } from '../../helpers/scriptedScheme.js';
import { completed, fired, logEvents } from '../../helpers/xhrEvents.js';

const server = await promptedServer();
t.teardown(() => server.close());

/** Runs something with a clock that is told how late it is, and timers that go by it. */
function withClock(
  t: Test,
  run: (clock: { pass(milliseconds: number): void; timers: number[] }) => void,
): void {
  let now = 1000;
  const timers = new Map<object, { readonly at: number; readonly action: () => void }>();
  const replaced = [
    t.intercept(performance, 'now', { value: () => now }),
    t.intercept(globalThis, 'setTimeout', {
      value: (action: () => void, delay: number) => {
        const timer = {};
        timers.set(timer, { at: now + delay, action });
        return timer;
      },
    }),
    t.intercept(globalThis, 'clearTimeout', { value: (timer: object) => timers.delete(timer) }),
  ];
  run({
    pass(milliseconds) {
      now += milliseconds;
      for (const [timer, { at, action }] of timers) {
        if (at > now) continue;
        timers.delete(timer);
        action();
      }
    },
    get timers() {
      return [...timers.values()].map(({ at }) => at - now);
    },
  });
  for (const one of replaced) one.restore();
}

t.test('frequent requests are run once in 50 ms, the last at the end', (t) => {
  withClock(t, (clock) => {
    let done = 0;
    const throttle = new Throttle(() => done++);
    throttle.request();
    const first = done;
    throttle.request();
    throttle.request();
    clock.pass(49);
    const early = done;
    clock.pass(1);
    const second = done;
    clock.pass(1000);
    const idle = done;
    throttle.request();
    const again = done;
    clock.pass(20);
    throttle.request();
    const { timers } = clock;
    throttle.cancel();
    clock.pass(1000);
    const cancelled = done;
    throttle.cancel();
    throttle.request();
    t.same(
      { first, early, second, idle, again, timers, cancelled, done },
      {
        ...{ first: 1, early: 1, second: 2, idle: 2, again: 3, timers: [30], cancelled: 3, done: 4 },
      },
    );
  });
  t.end();
});

t.test('an action that counts as done is not repeated too early', (t) => {
  withClock(t, (clock) => {
    let done = 0;
    const throttle = new Throttle(() => done++, performance.now());
    throttle.request();
    const early = done;
    clock.pass(50);
    t.same([early, done], [0, 1]);
  });
  t.end();
});

t.test('many pieces at once are reported at the first and at the end, each with a state', async (t) => {
  const pieces = Array.from({ length: 1000 }, () => 'abc');
  const Class = createXMLHttpRequest({ schemes: [['x', scriptedScheme(() => ({ pieces }))]] });
  const xhr = new Class();
  const log = logEvents(xhr);
  await completed(xhr, 'x:');
  t.same(log.slice(0, 5), [
    'readystatechange 1',
    'loadstart 0',
    'readystatechange 2',
    'readystatechange 3',
    'progress 3',
  ]);
  t.same(log.slice(-4), ['progress 3000', 'readystatechange 4', 'load 3000', 'loadend 3000']);
});

t.test('progress is never lost if a stream pauses, and loaded always increases', async (t) => {
  const xhr = new XMLHttpRequest();
  const loaded: number[] = [];
  const states: number[] = [];
  xhr.addEventListener('progress', (event) => loaded.push(event.loaded));
  xhr.addEventListener('readystatechange', () => states.push(xhr.readyState));
  xhr.open('GET', server.origin);
  xhr.send();
  const { response } = await server.take();
  for (let total = 3; total <= 9; total += 3) {
    for (const piece of 'abc') response.write(piece);
    // Nothing more comes until all of it has been told.
    while (loaded.at(-1) !== total) await fired(xhr, 'progress');
    t.equal(xhr.responseText.length, total);
  }
  response.end();
  await fired(xhr, 'loadend');
  t.same(
    loaded,
    [...new Set(loaded)].sort((a, b) => a - b),
  );
  t.equal(states.filter((state) => state === 3).length, loaded.length, 'each with its readystatechange');
  t.equal(loaded.at(-1), 9);
});

t.test('the total is known if a length is announced and the body has no content coding', async (t) => {
  const progressOf = async (...headers: string[]): Promise<string[]> => {
    const Class = createXMLHttpRequest({
      schemes: [['x', scriptedScheme(() => ({ pieces: ['abc'], headers }))]],
    });
    const xhr = new Class();
    const log = logEvents(xhr);
    await completed(xhr, 'x:');
    return log.filter((entry) => /^(?:progress|load|loadend) /.test(entry));
  };
  const of = (amount: string): string[] => [`progress ${amount}`, `load ${amount}`, `loadend ${amount}`];
  t.same(await progressOf(), of('3'));
  t.same(await progressOf('content-length', '3'), of('3/3'));
  t.same(await progressOf('content-length', '003'), of('3/3'));
  t.same(await progressOf('content-length', '9'), of('3/9'), 'as it says');
  t.same(await progressOf('content-length', '0'), of('3'), 'nothing is no total');
  t.same(await progressOf('content-length', '3', 'content-length', '3'), of('3/3'));
  t.same(await progressOf('content-length', '3, 3 ,\t3'), of('3/3'));
  for (const length of ['3, 4', '-3', '+3', '3.0', '0x3', 'three', '', '3,', ', 3']) {
    t.same(await progressOf('content-length', length), of('3'), JSON.stringify(length));
  }
  t.same(await progressOf('content-length', '3', 'content-encoding', 'br'), of('3'));
});

t.test('an upload is reported as it progresses, and loaded always increases', async (t) => {
  const size = 20_000_000;
  const xhr = new XMLHttpRequest();
  const loaded: number[] = [];
  const totals = new Set<unknown>();
  xhr.upload.addEventListener('progress', (event) => {
    totals.add(event.lengthComputable && event.total);
    loaded.push(event.loaded);
  });
  const log = logEvents(xhr, true);
  xhr.open('POST', server.origin);
  // It may be told of before the server has the head; without anyone who reads, it is the last for long.
  const hasProgress = fired(xhr.upload, 'progress');
  xhr.send(new Uint8Array(size));
  const { request, response } = await server.take();
  // The server reads nothing until some progress has been told.
  await hasProgress;
  const early = loaded.at(-1) ?? 0;
  t.ok(early > 0 && early < size, `${early} bytes`);
  request.resume();
  request.on('end', () => response.end());
  await fired(xhr, 'loadend');
  t.same([...totals], [size]);
  t.same(
    loaded,
    [...new Set(loaded)].sort((a, b) => a - b),
  );
  t.equal(loaded.at(-1), size);
  t.same(log.slice(-8), [
    ...[`upload.progress ${size}/${size}`, `upload.load ${size}/${size}`, `upload.loadend ${size}/${size}`],
    ...['readystatechange 2', 'progress 0', 'readystatechange 4', 'load 0', 'loadend 0'],
  ]);
});
