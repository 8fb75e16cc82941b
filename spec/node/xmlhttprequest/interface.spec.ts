import t from 'tap';
import {
  createXMLHttpRequest,
  install,
  ProgressEvent,
  XMLHttpRequest,
  XMLHttpRequestEventTarget,
  XMLHttpRequestUpload,
} from '../../../source/xmlhttprequest.js';

const handlers = ['onloadstart', 'onprogress', 'onabort', 'onerror', 'onload', 'ontimeout', 'onloadend'];
const tagOf = (value: object): string => Object.prototype.toString.call(value);
const constants = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 };

t.test('the interfaces inherit from each other as in the standard', (t) => {
  t.equal(Object.getPrototypeOf(XMLHttpRequest), XMLHttpRequestEventTarget);
  t.equal(Object.getPrototypeOf(XMLHttpRequestUpload), XMLHttpRequestEventTarget);
  t.equal(Object.getPrototypeOf(XMLHttpRequestEventTarget), EventTarget);
  t.equal(Object.getPrototypeOf(ProgressEvent), Event);
  const xhr = new XMLHttpRequest();
  t.ok(xhr instanceof EventTarget);
  t.ok(xhr.upload instanceof XMLHttpRequestUpload);
  t.equal(xhr.upload, xhr.upload, 'the upload is the same object');
  t.equal(tagOf(xhr), '[object XMLHttpRequest]');
  t.equal(tagOf(xhr.upload), '[object XMLHttpRequestUpload]');
  t.same([XMLHttpRequest.length, XMLHttpRequest.name], [0, 'XMLHttpRequest']);
  t.end();
});

t.test('constants are on the class and on its prototype, and cannot be changed', (t) => {
  for (const [name, value] of Object.entries(constants)) {
    for (const holder of [XMLHttpRequest, XMLHttpRequest.prototype]) {
      t.same(Object.getOwnPropertyDescriptor(holder, name), {
        value,
        writable: false,
        enumerable: true,
        configurable: false,
      });
    }
  }
  t.end();
});

t.test('members are enumerable and configurable, on the prototypes', (t) => {
  const members = [
    ...[
      'onreadystatechange',
      'readyState',
      'open',
      'setRequestHeader',
      'timeout',
      'withCredentials',
      'upload',
    ],
    ...['send', 'abort', 'responseURL', 'status', 'statusText', 'getResponseHeader', 'getAllResponseHeaders'],
    ...['overrideMimeType', 'responseType', 'response', 'responseText', 'responseXML'],
  ];
  for (const member of members) {
    const descriptor = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, member);
    t.match(descriptor, { enumerable: true, configurable: true }, member);
  }
  for (const handler of handlers) {
    const descriptor = Object.getOwnPropertyDescriptor(XMLHttpRequestEventTarget.prototype, handler);
    t.match(descriptor, { enumerable: true, configurable: true }, handler);
  }
  t.same(Object.keys(new XMLHttpRequest()), [], 'an instance has no members of its own');
  t.end();
});

t.test('operations say how many arguments they need', (t) => {
  const { prototype } = XMLHttpRequest;
  const lengths = {
    open: 2,
    setRequestHeader: 2,
    send: 0,
    abort: 0,
    getResponseHeader: 1,
    overrideMimeType: 1,
  };
  for (const [name, length] of Object.entries(lengths)) {
    t.equal((prototype[name as 'open'] as { readonly length: number }).length, length, name);
  }
  const xhr = new XMLHttpRequest() as unknown as Record<string, (...given: unknown[]) => unknown>;
  t.throws(() => xhr['open']?.('GET'), TypeError);
  t.throws(() => xhr['setRequestHeader']?.('a'), TypeError);
  t.throws(() => xhr['getResponseHeader']?.(), TypeError);
  t.throws(() => xhr['overrideMimeType']?.(), TypeError);
  t.end();
});

t.test('members refuse objects that are not an XMLHttpRequest', (t) => {
  for (const [name, descriptor] of Object.entries(
    Object.getOwnPropertyDescriptors(XMLHttpRequest.prototype),
  )) {
    if (name === 'constructor' || name in constants) continue;
    const members: Record<string, unknown> = { ...descriptor };
    for (const part of ['get', 'set', 'value']) {
      const operation = members[part];
      if (typeof operation !== 'function') continue;
      for (const foreign of [{}, new XMLHttpRequest().upload]) {
        const call = (): unknown => Reflect.apply(operation, foreign, ['GET', 'data:,']) as unknown;
        t.throws(call, TypeError, `${part} ${name}`);
      }
    }
  }
  t.end();
});

t.test('a script cannot construct interfaces without a constructor, nor call a class', (t) => {
  for (const Class of [XMLHttpRequestEventTarget, XMLHttpRequestUpload]) {
    t.throws(() => new Class(), { name: 'TypeError', message: /Illegal constructor/ });
  }
  t.throws(XMLHttpRequest, TypeError);
  t.end();
});

t.test('the class can be extended, and its prototype patched', (t) => {
  const calls: string[] = [];
  class Logged extends XMLHttpRequest {
    override open(...given: readonly unknown[]): void {
      calls.push('open');
      super.open(...(given as [string, string]));
    }
    override get responseText(): string {
      return `(${super.responseText})`;
    }
  }
  const xhr = new Logged();
  xhr.open('GET', 'data:,a');
  t.equal(xhr.readyState, 1);
  t.equal(xhr.responseText, '()');
  t.same(calls, ['open']);
  const Class = createXMLHttpRequest();
  const status = Object.getOwnPropertyDescriptor(Class.prototype, 'status');
  Object.defineProperty(Class.prototype, 'status', { ...status, get: () => 299 });
  t.equal(new Class().status, 299);
  t.equal(new XMLHttpRequest().status, 0, 'another class is not touched');
  t.end();
});

t.test("a worker's class has neither responseXML nor documents", (t) => {
  const Class = createXMLHttpRequest({ scope: 'worker' });
  t.notOk('responseXML' in Class.prototype);
  const xhr = new Class();
  xhr.responseType = 'document';
  t.equal(xhr.responseType, '');
  t.end();
});

t.test('unknown and invalid options are refused', (t) => {
  t.throws(() => createXMLHttpRequest({ baseUrl: 'http://a/' } as object), { message: /'baseUrl'.*baseURL/ });
  t.throws(() => createXMLHttpRequest({ scope: 'page' as 'window' }), { message: /'page'/ });
  t.throws(() => createXMLHttpRequest({ origin: 'shop' }), { name: 'TypeError', message: /origin/ });
  t.throws(() => createXMLHttpRequest({ referrer: 'shop' }), { name: 'TypeError', message: /referrer/ });
  t.throws(() => createXMLHttpRequest({ limits: { bytes: 1 } as object }), TypeError);
  const wrong: Readonly<Record<string, unknown>> = {
    parseDocument: 1,
    serializeDocument: 'x',
    reportError: {},
    cookieJar: {},
    dispatcher: {},
    encoding: 'zz',
    schemes: 'file',
  };
  for (const [option, value] of Object.entries(wrong)) {
    t.throws(() => createXMLHttpRequest({ [option]: value }), {
      name: 'TypeError',
      message: new RegExp(option),
    });
  }
  for (const options of [null, 3] as unknown[]) {
    t.throws(() => createXMLHttpRequest(options as object), TypeError);
  }
  t.throws(() => createXMLHttpRequest({ origin: 'data:,' }), { name: 'TypeError', message: /origin/ });
  t.throws(() => createXMLHttpRequest({ baseURL: '/path' }), {
    name: 'TypeError',
    message: /baseURL.*\/path/,
  });
  t.throws(() => createXMLHttpRequest({ schemes: ['gopher' as 'ftp'] }), { message: /'gopher'.*ftp/ });
  const names = [
    'baseURL',
    'encoding',
    'origin',
    'referrer',
    'scope',
    'cookieJar',
    'dispatcher',
    'syncDispatcher',
  ];
  const others = ['schemes', 'parseDocument', 'serializeDocument', 'reportError', 'limits'];
  const nothing = Object.fromEntries([...names, ...others].map((name) => [name, undefined]));
  t.doesNotThrow(() => createXMLHttpRequest(nothing), 'undefined is none');
  t.end();
});

t.test('a ProgressEvent converts its arguments', (t) => {
  const event = new ProgressEvent('x', {
    lengthComputable: 1 as unknown as boolean,
    loaded: 2,
    bubbles: true,
  });
  t.match(event, {
    type: 'x',
    lengthComputable: true,
    loaded: 2,
    total: 0,
    bubbles: true,
    cancelable: false,
  });
  t.equal(tagOf(event), '[object ProgressEvent]');
  t.throws(() => new (ProgressEvent as unknown as new () => Event)(), TypeError);
  t.throws(() => new ProgressEvent('x', { total: NaN }), TypeError);
  t.throws(() => new ProgressEvent('x', { loaded: Infinity }), TypeError);
  t.throws(() => new ProgressEvent('x', { loaded: 1n as unknown as number }), TypeError);
  t.match(new ProgressEvent('x', { loaded: '2.5' as unknown as number, total: -1 }), {
    loaded: 2.5,
    total: -1,
  });
  t.match(new ProgressEvent('x', null as unknown as ProgressEventInit), { loaded: 0 });
  t.match(new ProgressEvent('x'), { lengthComputable: false, loaded: 0, total: 0 });
  t.end();
});

t.test('install() defines the classes on its target, as in Web IDL', (t) => {
  const target: Record<string, unknown> = {};
  const Class = createXMLHttpRequest();
  install(Class, target);
  t.same(Object.keys(target), [], 'not enumerable');
  t.equal(target['XMLHttpRequest'], Class);
  t.equal(target['XMLHttpRequestUpload'], XMLHttpRequestUpload);
  t.equal(target['XMLHttpRequestEventTarget'], XMLHttpRequestEventTarget);
  t.equal(target['ProgressEvent'], ProgressEvent);
  target['XMLHttpRequest'] = 'something else';
  t.equal(target['XMLHttpRequest'], 'something else', 'and can be replaced');
  t.end();
});
