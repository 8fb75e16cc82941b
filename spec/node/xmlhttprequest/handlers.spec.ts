import t from 'tap';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { completed } from '../../helpers/xhrEvents.js';

const names = ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend'] as const;

/** A target whose handlers can be set to anything. */
type Target = EventTarget & Record<`on${(typeof names)[number] | 'readystatechange'}`, unknown>;
const withHandlers = (): Target & { readonly upload: Target } =>
  new XMLHttpRequest() as EventTarget as Target & { readonly upload: Target };
const dispatch = (target: EventTarget, type: string): Event => {
  const event = new Event(type, { cancelable: true });
  target.dispatchEvent(event);
  return event;
};

t.test('a handler is the function or object that was set, or else null', (t) => {
  const xhr = withHandlers();
  for (const target of [xhr, xhr.upload]) {
    for (const type of [...names, ...(target === xhr ? (['readystatechange'] as const) : [])]) {
      const name = `on${type}` as const;
      t.equal(target[name], null, name);
      for (const value of [() => undefined, {}, [], /a/, Object.create(null)] as unknown[]) {
        target[name] = value;
        t.equal(target[name], value);
      }
      for (const value of [undefined, null, 0, 1, '', 'alert(1)', true, Symbol('a'), 1n]) {
        target[name] = () => undefined;
        target[name] = value;
        t.equal(target[name], null, `${name}: ${String(value)}`);
      }
    }
  }
  t.equal('onreadystatechange' in xhr.upload, false);
  t.end();
});

t.test('a handler is called with the event, on its target', (t) => {
  const xhr = withHandlers();
  const calls: unknown[][] = [];
  xhr.onload = function (this: unknown, ...given: unknown[]) {
    calls.push([this, ...given]);
  };
  const event = dispatch(xhr, 'load');
  t.equal(calls.length, 1);
  t.equal(calls[0]?.[0], xhr);
  t.equal(calls[0]?.[1], event);
  t.equal(calls[0]?.length, 2);
  xhr.addEventListener('error', () => undefined);
  xhr.onerror = xhr.onload;
  dispatch(xhr, 'error');
  t.equal(calls[1]?.[0], xhr, 'also where it is not the first listener');
  xhr.onload = { handleEvent: () => calls.push([]) };
  dispatch(xhr, 'load');
  t.equal(calls.length, 2, 'an object is kept, and never called');
  t.end();
});

t.test('a handler that returns false cancels a cancelable event', (t) => {
  const xhr = withHandlers();
  for (const [value, isCancelled] of [
    [false, true],
    [0, false],
    [null, false],
    [undefined, false],
    [true, false],
  ]) {
    xhr.onload = () => value;
    t.equal(dispatch(xhr, 'load').defaultPrevented, isCancelled, String(value));
  }
  t.end();
});

t.test('a handler takes its place among the listeners when it is first set, and keeps it', (t) => {
  const xhr = withHandlers();
  const log: string[] = [];
  const write = (text: string) => (): void => void log.push(text);
  const written = (): string => {
    log.length = 0;
    dispatch(xhr, 'load');
    return log.join();
  };
  xhr.addEventListener('load', write('before'));
  xhr.onload = write('first');
  xhr.addEventListener('load', write('after'));
  t.equal(written(), 'before,first,after');
  xhr.onload = write('second');
  t.equal(written(), 'before,second,after');
  xhr.onload = {};
  t.equal(written(), 'before,after');
  xhr.onload = write('third');
  t.equal(written(), 'before,third,after', 'an object is a handler, too');
  xhr.onload = null;
  t.equal(written(), 'before,after');
  xhr.onload = write('last');
  t.equal(written(), 'before,after,last', 'null is none, so that it loses its place');
  t.end();
});

t.test('a handler that is set or removed while an event is dispatched', (t) => {
  const xhr = withHandlers();
  const log: string[] = [];
  xhr.addEventListener('load', () => (xhr.onload = () => log.push('new')), { once: true });
  dispatch(xhr, 'load');
  t.same(log, [], 'one that comes too late is not called');
  dispatch(xhr, 'load');
  t.same(log, ['new']);
  xhr.addEventListener('error', () => (xhr.onerror = null), { once: true });
  xhr.onerror = () => log.push('error');
  dispatch(xhr, 'error');
  t.same(log, ['new'], 'one that was taken away neither');
  xhr.onload = () => {
    xhr.onload = () => log.push('replaced');
  };
  dispatch(xhr, 'load');
  t.same(log, ['new']);
  dispatch(xhr, 'load');
  t.same(log, ['new', 'replaced']);
  t.end();
});

t.test('a function may be a handler of several events, and a listener as well', (t) => {
  const xhr = withHandlers();
  const types: string[] = [];
  const log = (event: Event): void => void types.push(event.type);
  xhr.onload = xhr.onloadend = xhr.onreadystatechange = log;
  xhr.addEventListener('load', log);
  xhr.addEventListener('load', log);
  for (const type of ['load', 'loadend', 'readystatechange']) dispatch(xhr, type);
  t.same(types, ['load', 'load', 'loadend', 'readystatechange']);
  xhr.removeEventListener('load', log);
  dispatch(xhr, 'load');
  t.equal(types.length, 5, 'a handler is not removed as a listener');
  t.end();
});

const classes = {
  'without reportError': XMLHttpRequest,
  'with reportError': createXMLHttpRequest({ reportError: () => undefined }),
};

for (const [name, Class] of Object.entries(classes)) {
  t.test(`listeners are those of any EventTarget, ${name}`, async (t) => {
    const xhr = new Class();
    const log: string[] = [];
    const object = {
      handleEvent(this: unknown, event: Event) {
        t.equal(this, object);
        log.push(`object ${event.type}`);
      },
    };
    const write = function (this: unknown, event: Event): void {
      t.equal(this, xhr);
      log.push(`function ${event.type}`);
    };
    const stopping = new AbortController();
    xhr.addEventListener('load', object);
    xhr.addEventListener('load', object);
    xhr.addEventListener('load', write, { once: true });
    xhr.addEventListener('loadend', write, { signal: stopping.signal });
    xhr.addEventListener('loadend', write, true);
    await completed(xhr, 'data:,a');
    t.same(log, ['object load', 'function load', 'function loadend', 'function loadend']);
    log.length = 0;
    stopping.abort();
    xhr.removeEventListener('loadend', write);
    await completed(xhr, 'data:,a');
    t.same(log, ['object load', 'function loadend'], 'once, and until the signal');
    log.length = 0;
    xhr.removeEventListener('loadend', write, { capture: true });
    xhr.removeEventListener('load', object);
    await completed(xhr, 'data:,a');
    t.same(log, []);
    t.throws(() => {
      xhr.addEventListener('load', 'text' as unknown as () => void);
    }, TypeError);
  });

  t.test(`each listener sees the event's target, ${name}`, async (t) => {
    const xhr = new Class();
    const events: Event[] = [];
    for (let count = 0; count < 3; count++) {
      for (const type of ['readystatechange', 'load']) {
        xhr.addEventListener(type, (event) => {
          t.equal(event.currentTarget, xhr, type);
          events.push(event);
        });
      }
    }
    await completed(xhr, 'data:,a');
    t.equal(events.length, 15);
    for (const event of events) t.equal(event.currentTarget, null, 'but not afterwards');
  });

  t.test(`null and undefined listeners are ignored, ${name}`, (t) => {
    const xhr = new Class();
    for (const none of [null, undefined] as unknown as (() => void)[]) {
      t.doesNotThrow(() => {
        xhr.addEventListener('load', none);
        xhr.removeEventListener('load', none);
      });
    }
    t.doesNotThrow(() => dispatch(xhr, 'load'));
    t.end();
  });

  t.test(`a listener object may replace its handleEvent, ${name}`, (t) => {
    const xhr = new Class();
    const log: string[] = [];
    const object = { handleEvent: () => log.push('first') };
    xhr.addEventListener('load', object as unknown as EventListenerObject);
    object.handleEvent = () => log.push('second');
    dispatch(xhr, 'load');
    t.same(log, ['second'], 'its handleEvent is looked up when it is called');
    t.end();
  });
}

t.test('any listener on the upload counts, whatever its type', async (t) => {
  // It shows in a CORS preflight alone.
  const server = await originServer((_, response) => {
    response.setHeader('access-control-allow-origin', '*').end();
  });
  t.teardown(() => server.close());
  const Class = createXMLHttpRequest({ origin: 'http://page.example' });
  const methods = async (prepare: (xhr: XMLHttpRequest) => void): Promise<string[]> => {
    const before = server.requests.length;
    const xhr = new Class();
    prepare(xhr);
    await completed(xhr, `${server.origin}/${before}`, 'POST', 'body');
    return server.requests.slice(before).map(({ method }) => method);
  };
  t.same(await methods(() => undefined), ['POST']);
  t.same(await methods((xhr) => xhr.upload), ['POST'], 'not the upload alone');
  const listen = (): void => undefined;
  const preflighted = ['OPTIONS', 'POST'];
  t.same(await methods((xhr) => (xhr.upload.onabort = listen)), preflighted);
  t.same(
    await methods((xhr) => {
      xhr.upload.addEventListener('timeout', listen);
    }),
    preflighted,
  );
  t.same(
    await methods((xhr) => {
      xhr.upload.addEventListener('of my own', listen);
    }),
    preflighted,
  );
  t.same(
    await methods((xhr) => {
      xhr.upload.addEventListener('of my own', listen);
      xhr.upload.removeEventListener('of my own', listen);
      xhr.upload.onload = listen;
      xhr.upload.onload = null;
    }),
    ['POST'],
    'unless it is gone',
  );
});
