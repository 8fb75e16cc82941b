import t from 'tap';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { scriptedScheme } from '../../helpers/scriptedScheme.js';
import { completed } from '../../helpers/xhrEvents.js';

const e9 = Uint8Array.of(0xe9);
const XMLHttpRequest = createXMLHttpRequest({
  schemes: [
    [
      'x',
      scriptedScheme(() => ({ headers: ['content-type', 'text/plain;charset=iso-8859-1'], pieces: [e9] })),
    ],
    ['xml', scriptedScheme(() => ({ headers: ['content-type', 'text/plain'], pieces: ['<a/>'] }))],
  ],
});
/** The type of the Blob that a response becomes tells which MIME type holds. */
async function typeFor(mime: unknown): Promise<string> {
  const xhr = new XMLHttpRequest();
  (xhr as unknown as { overrideMimeType(mime: unknown): void }).overrideMimeType(mime);
  xhr.responseType = 'blob';
  return ((await completed(xhr, 'x:')).response as Blob).type;
}

t.test('a MIME type is parsed; an invalid one becomes application/octet-stream', async (t) => {
  const cases: readonly (readonly [given: unknown, type: string])[] = [
    ['a/b', 'a/b'],
    [' \t A/B \n', 'a/b'],
    ['a/b;', 'a/b'],
    ['a/b; c = d;e="f;g"', 'a/b;e="f;g"'],
    ['a/b;charset=x;charset=y', 'a/b;charset=x'],
    ['', 'application/octet-stream'],
    ['a', 'application/octet-stream'],
    ['a/', 'application/octet-stream'],
    ['/b', 'application/octet-stream'],
    ['a/b c', 'application/octet-stream'],
    ['a/b, c/d', 'application/octet-stream'],
    ['ä/b', 'application/octet-stream'],
    [null, 'application/octet-stream'],
    [{ toString: () => 'x/y' }, 'x/y'],
  ];
  for (const [given, type] of cases) t.equal(await typeFor(given), type, String(given));
  t.throws(() => {
    new XMLHttpRequest().overrideMimeType(Symbol('a/b') as unknown as string);
  }, TypeError);
});

t.test('it may be set at any time until the body arrives', async (t) => {
  const isAllowed = [true, true, true, false, false];
  for (const [at, allowed] of isAllowed.entries()) {
    const xhr = new XMLHttpRequest();
    let tried = 0;
    const override = (): void => {
      if (xhr.readyState !== at) return;
      tried++;
      const set = (): void => {
        xhr.overrideMimeType('text/plain;charset=windows-1251');
      };
      if (allowed) t.doesNotThrow(set, `in ${at}`);
      else t.throws(set, { name: 'InvalidStateError', constructor: DOMException }, `in ${at}`);
    };
    override();
    xhr.onreadystatechange = override;
    await completed(xhr, 'x:');
    t.equal(tried, 1);
    t.equal(xhr.responseText, allowed ? 'й' : 'é');
    t.equal(
      xhr.getResponseHeader('content-type'),
      'text/plain;charset=iso-8859-1',
      'the field stays as it is',
    );
  }
});

t.test('the last one applies, also to all later requests', async (t) => {
  const xhr = new XMLHttpRequest();
  xhr.overrideMimeType('a/b;charset=utf-8');
  xhr.overrideMimeType('a/b;charset=windows-1251');
  t.equal((await completed(xhr, 'x:')).responseText, 'й');
  xhr.abort();
  t.equal((await completed(xhr, 'x:')).responseText, 'й');
  xhr.abort();
  xhr.overrideMimeType('no type');
  t.equal(
    (await completed(xhr, 'x:')).responseText,
    'é',
    'one without a charset leaves that of the response',
  );
});

t.test('it turns other types into XML, and XML into other types', async (t) => {
  const xhr = new XMLHttpRequest();
  t.equal((await completed(xhr, 'xml:')).responseXML, null);
  xhr.abort();
  xhr.overrideMimeType('application/xml');
  t.equal((await completed(xhr, 'xml:')).responseXML?.documentElement.nodeName, 'a');
});
