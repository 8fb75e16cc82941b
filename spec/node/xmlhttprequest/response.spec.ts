import t from 'tap';
import { NetworkError } from '../../../source/errors/NetworkError.js';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { type Script, scriptedScheme } from '../../helpers/scriptedScheme.js';
import { completed, fired } from '../../helpers/xhrEvents.js';

const broken = new NetworkError('body', { reason: 'it broke' });
const scripts: Readonly<Record<string, Script>> = {
  'x:text': { pieces: ['"ab', 'cd"'] },
  'x:empty': {},
  'x:broken': { pieces: ['"abcd"', broken] },
  'x:xml': { headers: ['content-type', 'text/xml'], pieces: ['<a/>'] },
};
const XMLHttpRequest = createXMLHttpRequest({
  schemes: [['x', scriptedScheme((url) => scripts[url] ?? { pieces: [decodeURIComponent(url.slice(2))] })]],
});
const types = ['', 'text', 'arraybuffer', 'blob', 'json', 'document'] as const;

/** What a script gets from a getter: its value, or the name of what it throws. */
function got(get: () => unknown): unknown {
  try {
    return get();
  } catch (error) {
    return (error as Error).name;
  }
}
const response = (xhr: XMLHttpRequest): unknown => got(() => xhr.response as unknown);
const isText = (type: string): boolean => type === '' || type === 'text';
const empty = (type: string): string | null => (isText(type) ? '' : null);

/** A request of a type, answered by what is in the URL. */
const answered = async (type: XMLHttpRequestResponseType, url: string): Promise<XMLHttpRequest> => {
  const xhr = new XMLHttpRequest();
  xhr.responseType = type;
  return completed(xhr, url);
};

t.test('a response of each type', async (t) => {
  t.equal((await answered('', 'x:text')).response, '"abcd"');
  t.equal((await answered('text', 'x:text')).response, '"abcd"');
  t.equal((await answered('json', 'x:text')).response, 'abcd');
  const buffer = (await answered('arraybuffer', 'x:text')).response as ArrayBuffer;
  t.equal(Object.prototype.toString.call(buffer), '[object ArrayBuffer]');
  t.equal(Buffer.from(buffer).toString(), '"abcd"');
  const blob = (await answered('blob', 'x:text')).response as Blob;
  t.ok(blob instanceof Blob);
  t.equal(await blob.text(), '"abcd"');
  const document = (await answered('document', 'x:xml')).response as Document;
  t.equal(document.documentElement.nodeName, 'a');
});

t.test('without a response, each type has its own empty value', async (t) => {
  for (const type of types) {
    const xhr = new XMLHttpRequest();
    xhr.responseType = type;
    const states: unknown[] = [[xhr.readyState, response(xhr)]];
    xhr.addEventListener('readystatechange', () => states.push([xhr.readyState, response(xhr)]));
    await completed(xhr, 'x:xml');
    const none = empty(type);
    t.same(
      states.slice(0, 3),
      [0, 1, 2].map((state) => [state, none]),
      `'${type}'`,
    );
    t.same(states[3], [3, isText(type) ? '<a/>' : null], 'LOADING');
    t.equal(states.length, 5);
  }
});

t.test('the response object is made once', async (t) => {
  for (const type of ['arraybuffer', 'blob', 'json', 'document'] as const) {
    const xhr = await answered(type, type === 'document' ? 'x:xml' : 'x:{"a":[]}');
    t.type(xhr.response, 'object');
    t.equal(xhr.response, xhr.response, type);
    const first: unknown = xhr.response;
    await completed(xhr, type === 'document' ? 'x:xml' : 'x:{"a":[]}');
    t.not(xhr.response, first, 'but not for another request');
  }
  const xhr = await answered('', 'x:xml');
  t.equal(xhr.responseXML, xhr.responseXML);
  t.equal(xhr.response, '<a/>', 'both ways of reading stand side by side');
});

t.test('responseText and responseXML are for their types only', async (t) => {
  for (const type of types) {
    const xhr = new XMLHttpRequest();
    xhr.responseType = type;
    const isXml = type === '' || type === 'document';
    const checked: number[] = [];
    const check = (): void => {
      checked.push(xhr.readyState);
      const text = isText(type) ? (xhr.readyState > 2 ? '<a/>' : '') : 'InvalidStateError';
      t.equal(
        got(() => xhr.responseText),
        text,
        `'${type}' in ${xhr.readyState}`,
      );
      const document = got(() => xhr.responseXML);
      if (!isXml) t.equal(document, 'InvalidStateError');
      else if (xhr.readyState < 4) t.equal(document, null);
      else t.match(document, { documentElement: { nodeName: 'a' } });
    };
    check();
    xhr.addEventListener('readystatechange', check);
    await completed(xhr, 'x:xml');
    t.same(checked, [0, 1, 2, 3, 4]);
  }
});

t.test('responseType may be set until the body arrives', async (t) => {
  const xhr = new XMLHttpRequest();
  const seen: unknown[] = [];
  const set = (): void => {
    const wanted = xhr.responseType === 'text' ? 'json' : 'text';
    seen.push(`${xhr.readyState}: ${String(got(() => (xhr.responseType = wanted)))}`);
    const { responseType } = xhr;
    for (const unknown of ['nothing known', 'TEXT', null, undefined]) {
      (xhr as { responseType: unknown }).responseType = unknown;
    }
    t.equal(xhr.responseType, responseType, 'what is unknown is passed over');
  };
  set();
  xhr.addEventListener('readystatechange', set);
  await completed(xhr, 'x:text');
  t.same(seen, ['0: text', '1: json', '2: text', '3: InvalidStateError', '4: InvalidStateError']);
  t.equal(xhr.responseType, 'text');
});

t.test('a response that failed is empty, in its events and afterwards', async (t) => {
  const server = await promptedServer();
  t.teardown(() => server.close());
  const failing: Readonly<Record<string, (xhr: XMLHttpRequest) => void>> = {
    error: (xhr) => {
      xhr.open('GET', 'x:broken');
      xhr.send();
    },
    abort: (xhr) => {
      xhr.open('GET', 'x:text');
      xhr.onprogress = () => {
        xhr.abort();
      };
      xhr.send();
    },
    timeout: (xhr) => {
      xhr.open('GET', server.origin);
      void server.take().then(({ response }) => response.write('abc'));
      xhr.onprogress = () => (xhr.timeout = 1);
      xhr.send();
    },
  };
  for (const type of types) {
    for (const [event, fail] of Object.entries(failing)) {
      const xhr = new XMLHttpRequest();
      xhr.responseType = type;
      const seen: unknown[] = [];
      const look = (): void => {
        if (xhr.readyState !== 4) return;
        seen.push([response(xhr), xhr.status, xhr.statusText, xhr.responseURL, xhr.getAllResponseHeaders()]);
      };
      for (const name of ['readystatechange', event, 'loadend']) xhr.addEventListener(name, look);
      const ended = fired(xhr, 'loadend');
      fail(xhr);
      await ended;
      t.same(
        seen,
        Array.from({ length: 3 }, () => [empty(type), 0, '', '', '']),
        `'${type}' after ${event}`,
      );
      if (type === '') t.same([xhr.responseText, xhr.responseXML], ['', null]);
      t.equal(xhr.readyState, event === 'abort' ? 0 : 4);
    }
  }
});

t.test('a body that is null, and one that is empty', async (t) => {
  const values = async (url: string, method = 'GET'): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const type of types) {
      const xhr = new XMLHttpRequest();
      xhr.responseType = type;
      await completed(xhr, url, method);
      const value: unknown = xhr.response;
      found.push(
        value instanceof Blob ? value.size : value instanceof ArrayBuffer ? value.byteLength : value,
      );
    }
    return found;
  };
  t.same(await values('x:empty'), ['', '', 0, 0, null, null]);
  t.same(await values('x:xml', 'HEAD'), ['', '', 0, 0, null, null]);
});
