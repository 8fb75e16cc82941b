import { lastValueFrom } from 'rxjs';
import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';

const bench = await openBench(t, 'zone');
const { server } = bench;

applyClientContracts(t, bench);

/** A zone, and what became of the requests in it. */
interface WatchedZone {
  readonly zone: Zone;
  /** `schedule`, `invoke` or `cancel` of the tasks that are requests. */
  readonly log: string[];
  /** When no macrotask is left. */
  readonly emptied: Promise<void>;
}

function watchedZone(): WatchedZone {
  const log: string[] = [];
  let empty: () => void;
  const emptied = new Promise<void>((resolve) => (empty = resolve));
  const note = (what: string, { source }: Task): void => {
    if (source === 'XMLHttpRequest.send') log.push(what);
  };
  const zone = Zone.current.fork({
    name: 'watched',
    onScheduleTask: (delegate, _, target, task) => {
      note('schedule', task);
      return delegate.scheduleTask(target, task);
    },
    onInvokeTask: (delegate, _, target, task, context, parameters) => {
      note('invoke', task);
      delegate.invokeTask(target, task, context, parameters);
    },
    onCancelTask: (delegate, _, target, task) => {
      note('cancel', task);
      return delegate.cancelTask(target, task) as unknown;
    },
    onHasTask: (delegate, _, target, state) => {
      delegate.hasTask(target, state);
      if (state.change === 'macroTask' && !state.macroTask) empty();
    },
  });
  return { zone, log, emptied };
}

t.test('a request is a task until its listeners have been called', async (t) => {
  const { zone, log, emptied } = watchedZone();
  zone.run(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', server.url('/user'));
    xhr.addEventListener('load', () => log.push(`load in ${Zone.current.name}`));
    xhr.onreadystatechange = () => xhr.readyState === 4 && log.push(`done in ${Zone.current.name}`);
    xhr.send();
  });
  await emptied;
  t.same(log, ['schedule', 'done in watched', 'load in watched', 'invoke']);
});

t.test('a task ends with a request that fails, times out or has no listeners', async (t) => {
  for (const [url, timeout] of [
    [await server.refused(), 0],
    [server.url('/cut'), 0],
    [server.url('/silent'), 20],
    [server.url('/user'), 0],
  ] as const) {
    const { zone, log, emptied } = watchedZone();
    zone.run(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.timeout = timeout;
      xhr.send();
    });
    await emptied;
    t.same(log, ['schedule', 'invoke'], url);
  }
});

t.test('an abort cancels the task', async (t) => {
  const { zone, log, emptied } = watchedZone();
  const id = bench.id();
  const xhr = zone.run<XMLHttpRequest>(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', server.url(`/held?id=${id}`));
    xhr.onabort = () => log.push(`abort in ${Zone.current.name}`);
    xhr.send();
    return xhr;
  });
  await server.until(id, 'requests');
  xhr.abort();
  await emptied;
  t.same(log, ['schedule', 'cancel', 'abort in watched']);
  await server.until(id, 'broken');
});

t.test('a task that is cancelled aborts the request', async (t) => {
  const id = bench.id();
  const task = await new Promise<Task>((resolve) => {
    const zone = Zone.current.fork({
      name: 'cancelling',
      onScheduleTask: (delegate, _, target, task) => {
        if (task.source === 'XMLHttpRequest.send') resolve(task);
        return delegate.scheduleTask(target, task);
      },
    });
    zone.run(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', server.url(`/held?id=${id}`));
      xhr.send();
    });
  });
  await server.until(id, 'requests');
  task.zone.cancelTask(task);
  await server.until(id, 'broken');
  t.equal(task.state, 'notScheduled');
});

t.test('listeners can be taken away, and are called once where they ask for it', async (t) => {
  const log: string[] = [];
  await new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    const never = (): void => void log.push('never');
    xhr.open('GET', server.url('/user'));
    xhr.addEventListener('load', never);
    xhr.addEventListener('readystatechange', () => log.push('once'), { once: true });
    xhr.removeEventListener('load', never);
    xhr.onload = never;
    xhr.onload = () => log.push('onload');
    xhr.upload.onprogress = never;
    xhr.upload.onprogress = null;
    xhr.onloadend = resolve;
    xhr.send();
  });
  t.same(log, ['once', 'onload']);
});

t.test('what a listener throws comes to its zone', async (t) => {
  const error = await new Promise((resolve) => {
    const zone = Zone.current.fork({
      name: 'handling',
      onHandleError: (_delegate, _current, _target, error) => {
        resolve(error);
        return false;
      },
    });
    zone.run(() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', server.url('/user'));
      xhr.onload = () => {
        throw new Error('of a listener');
      };
      xhr.send();
    });
  });
  t.match(error, { message: 'of a listener' });
});

t.test('an Angular application with zone.js is stable when its requests have ended', async (t) => {
  const { angularApplication } = await import('./subjects/angular.js');
  const { HttpClient } = await import('@angular/common/http');
  const { NgZone, provideZoneChangeDetection } = await import('@angular/core');
  const application = await angularApplication([], [provideZoneChangeDetection()]);
  const zone = application.injector.get(NgZone);
  const http = application.injector.get(HttpClient);
  const id = bench.id();
  const text = zone.run(() =>
    lastValueFrom(http.get(server.url(`/held?id=${id}`), { responseType: 'text' })),
  );
  await server.until(id, 'requests');
  t.ok(zone.hasPendingMacrotasks);
  await server.release(id);
  t.equal(await text, 'abcdef');
  await application.whenStable();
  t.notOk(zone.hasPendingMacrotasks);
});
