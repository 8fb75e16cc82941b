import { JSDOM } from 'jsdom';
import { Document as SlimdomDocument, parseXmlDocument } from 'slimdom';
import t from 'tap';
import { createXMLHttpRequest, XMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { fired } from '../../helpers/xhrEvents.js';

const server = await originServer((_, response) => response.end('ok'));
t.teardown(() => server.close());

/** The `Content-Type` with which a body is sent, and the body. */
async function sent(
  body: unknown,
  authors: readonly string[] = [],
  xhr = new XMLHttpRequest(),
): Promise<{ type: string | undefined; body: string }> {
  xhr.open('POST', server.origin);
  for (const type of authors) xhr.setRequestHeader('content-TYPE', type);
  xhr.send(body as XMLHttpRequestBodyInit);
  await fired(xhr, 'load');
  const {
    headers,
    rawHeaders,
    body: text,
  } = server.requests.at(-1) ?? { headers: {}, rawHeaders: [], body: '' };
  const count = rawHeaders.filter((field) => field.toLowerCase() === 'content-type').length;
  return { type: count > 1 ? 'several' : headers['content-type'], body: text };
}

const typeOf = async (body: unknown, ...authors: readonly string[]): Promise<string | undefined> =>
  (await sent(body, authors)).type;

t.test("the author's type is kept, except for a charset that does not match the body", async (t) => {
  const cases: readonly (readonly [authors: string, sent: string])[] = [
    ['text/x', 'text/x'],
    ['', ''],
    ['text/x;charset=utf-8', 'text/x;charset=utf-8'],
    ['text/x; charset="UTF-8" ; a=b', 'text/x; charset="UTF-8" ; a=b'],
    ['TEXT/X; CHARSET=Utf-8', 'TEXT/X; CHARSET=Utf-8'],
    ['text/x;charset=utf8', 'text/x;charset=UTF-8'],
    ['text/x;charset=iso-8859-1', 'text/x;charset=UTF-8'],
    ['TEXT/X; a=B; CharSet="x y" ;c="d e"', 'text/x;a=B;charset=UTF-8;c="d e"'],
    ['text/x;charset=""', 'text/x;charset=UTF-8'],
    ['text/x;charset=utf-8;charset=x', 'text/x;charset=utf-8;charset=x'],
    ['text/x;charset=x;charset=utf-8', 'text/x;charset=UTF-8'],
    ["text/x;charset='utf-8'", 'text/x;charset=UTF-8'],
    ['text/x;charset', 'text/x;charset'],
    ['charset=x', 'charset=x'],
    ['/;charset=x', '/;charset=x'],
    ['text/x, text/y;charset=x', 'text/x, text/y;charset=x'],
  ];
  for (const [authors, type] of cases) t.equal(await typeOf('text', authors), type, authors);
  t.equal(await typeOf('text', 'text/x;charset=x', 'a/b'), 'text/x;charset=UTF-8', 'they are one field');
});

t.test('only if the body is text', async (t) => {
  const authors = 'text/x;charset=x';
  const corrected = 'text/x;charset=UTF-8';
  const form = new FormData();
  const document = new SlimdomDocument();
  const { window } = new JSDOM();
  t.equal(await typeOf('', authors), corrected);
  t.equal(await typeOf({}, authors), corrected);
  t.equal(await typeOf(new URLSearchParams('a=b'), authors), corrected);
  t.equal(await typeOf(new window.URLSearchParams('a=b'), authors), corrected);
  t.equal(await typeOf(document, authors), corrected);
  t.equal(await typeOf(new Uint8Array(1), authors), authors);
  t.equal(await typeOf(new ArrayBuffer(1), authors), authors);
  t.equal(await typeOf(new Blob(['a'], { type: 'a/b' }), authors), authors);
  t.equal(await typeOf(form, authors), authors);
  t.equal(await typeOf(null, authors), authors, 'nor where nothing is');
});

t.test('a document is sent as markup, in UTF-8', async (t) => {
  const { window } = new JSDOM('<!doctype html><p class=a>é<br>&amp;');
  const xml = new window.DOMParser().parseFromString('<a b="1"><c/>é</a>', 'application/xml');
  t.same(await sent(window.document), {
    type: 'text/html;charset=UTF-8',
    body: '<!DOCTYPE html><html><head></head><body><p class="a">é<br>&amp;</p></body></html>',
  });
  t.same(await sent(xml), { type: 'application/xml;charset=UTF-8', body: '<a b="1"><c/>é</a>' });
  t.same(await sent(parseXmlDocument('<a xmlns="u:n"><b c="&lt;"/>é</a>')), {
    type: 'application/xml;charset=UTF-8',
    body: '<a xmlns="u:n"><b c="&lt;"/>é</a>',
  });
  t.same(await sent(new SlimdomDocument()), { type: 'application/xml;charset=UTF-8', body: '' });
  t.equal(await typeOf(window.document, 'a/b'), 'a/b', "and the author's type stands");
});

t.test('serializeDocument is called once, and only if a document is sent', async (t) => {
  const document = new SlimdomDocument() as unknown as Document;
  const calls: Document[] = [];
  const Class = createXMLHttpRequest({
    serializeDocument: (given) => {
      calls.push(given);
      return '<own>\uD800</own>';
    },
  });
  t.same(await sent(document, [], new Class()), {
    type: 'application/xml;charset=UTF-8',
    body: '<own>\uFFFD</own>',
  });
  const get = new Class();
  get.open('GET', server.origin);
  get.send(document);
  await fired(get, 'load');
  t.same(calls, [document]);
  const failing = new (createXMLHttpRequest({
    serializeDocument: () => {
      throw new RangeError('cannot be written');
    },
  }))();
  failing.open('POST', server.origin);
  t.throws(
    () => {
      failing.send(document);
    },
    { message: 'cannot be written' },
  );
  t.doesNotThrow(() => {
    failing.setRequestHeader('X-A', 'it was not sent');
  });
});
