import t from 'tap';
import { hour, hourClock } from './hourClock.js';

t.test('hours pass when a test says so, and what takes less than half of one happens as usual', async (t) => {
  const { setTimeout, clearTimeout } = globalThis;
  const now: unknown = Reflect.get(performance, 'now');
  const clock = hourClock();
  const log: unknown[] = [];
  globalThis.setTimeout((value: unknown) => log.push(value), hour, 'an hour');
  globalThis.setTimeout(() => log.push('two hours'), 2 * hour);
  globalThis.clearTimeout(globalThis.setTimeout(() => log.push('cancelled'), hour));
  const before = performance.now();
  clock.pass(hour - 1);
  t.same(log, []);
  clock.pass(1);
  t.same(log, ['an hour']);
  t.ok(performance.now() - before >= hour);
  await new Promise((resolve) => globalThis.setTimeout(resolve, 1));
  clock.pass(hour);
  t.same(log, ['an hour', 'two hours']);
  clock.restore();
  t.equal(globalThis.setTimeout, setTimeout);
  t.equal(globalThis.clearTimeout, clearTimeout);
  t.equal(Reflect.get(performance, 'now'), now);
});
