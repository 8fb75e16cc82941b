import { MessageChannel } from 'node:worker_threads';
import t from 'tap';
import { TimeLimit } from '../../source/options/TimeLimit.js';

/** Keeps the thread busy, so that everything due meanwhile is late. */
function keepBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** The delays that timers are made with; none of them elapses. */
function delays(t: { readonly teardown: (restore: () => void) => void }): number[] {
  const asked: number[] = [];
  const original = globalThis.setTimeout;
  globalThis.setTimeout = ((_callback: () => void, delay: number) => {
    asked.push(delay);
    return original(() => undefined, 0);
  }) as typeof setTimeout;
  t.teardown(() => {
    globalThis.setTimeout = original;
  });
  return asked;
}

t.test('no delay is longer than a timer allows, and without a limit there is no timer', (t) => {
  const asked = delays(t);
  for (const rest of [5, 0, -5, 2 ** 31, Number.MAX_VALUE, Infinity]) {
    new TimeLimit(
      () => rest,
      () => {
        t.fail('it has not passed');
      },
    ).start();
  }
  t.same(asked, [5, 0, 0, 2 ** 31 - 1, 2 ** 31 - 1]);
  t.end();
});

t.test('a long limit is waited for in several delays', async (t) => {
  let rest = 2 ** 32;
  const asked: number[] = [];
  const original = globalThis.setTimeout;
  t.teardown(() => {
    globalThis.setTimeout = original;
  });
  // Each delay is over at once, as if its full time had passed.
  globalThis.setTimeout = ((callback: () => void, delay: number) => {
    asked.push(delay);
    rest -= delay;
    return original(callback, 0);
  }) as typeof setTimeout;
  await new Promise<void>((resolve) => {
    new TimeLimit(() => rest, resolve).start();
  });
  t.same(asked, [2 ** 31 - 1, 2 ** 31 - 1, 2]);
});

t.test('calls back once, when no time is left', async (t) => {
  let passed = 0;
  const since = performance.now();
  await new Promise<void>((resolve) => {
    const limit = new TimeLimit(
      () => since + 5 - performance.now(),
      () => {
        passed++;
        resolve();
      },
    );
    limit.start();
    limit.start();
  });
  t.equal(passed, 1);
});

t.test('data that arrived while the thread was busy is read before the limit can pass', async (t) => {
  const { port1, port2 } = new MessageChannel();
  let since = performance.now();
  let hasArrived = false;
  port1.on('message', () => {
    hasArrived = true;
    since = performance.now();
  });
  const passed = new Promise<boolean>((resolve) => {
    new TimeLimit(
      () => since + 20 - performance.now(),
      () => {
        resolve(hasArrived);
      },
    ).start();
  });
  port2.postMessage('bytes');
  keepBusy(60);
  t.equal(await passed, true);
  port1.close();
});

t.test('a stopped limit does not pass, even if it is already overdue', async (t) => {
  const limit = new TimeLimit(
    () => 0,
    () => {
      t.fail('it was stopped');
    },
  );
  limit.start();
  // Of the same turn, and after the limit's own timer.
  const stopped = new Promise<void>((resolve) =>
    setTimeout(() => {
      limit.stop();
      resolve();
    }, 0),
  );
  keepBusy(5);
  await stopped;
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  t.pass();
});

t.test('waits a turn for data that may have arrived, and does not wait if none can have', async (t) => {
  for (const mayHaveArrived of [true, false]) {
    const order: string[] = [];
    const limit = new TimeLimit(
      () => 0,
      () => order.push('limit'),
      () => mayHaveArrived,
    );
    limit.start();
    setTimeout(() => order.push('a later timer'), 1);
    await new Promise((resolve) => setTimeout(() => setImmediate(() => setImmediate(resolve)), 1));
    t.same(order, mayHaveArrived ? ['a later timer', 'limit'] : ['limit', 'a later timer']);
  }
});
