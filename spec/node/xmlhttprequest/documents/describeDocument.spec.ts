import { JSDOM } from 'jsdom';
import { DOMParser as LinkedomParser } from 'linkedom';
import t from 'tap';
import { isDocument, isHtmlDocument } from '../../../../source/node/xmlhttprequest/documents/domTree.js';
import { type XMLHttpRequestOptions } from '../../../../source/node/xmlhttprequest/XMLHttpRequestOptions.js';
import { documentOf, makeDocument } from './makeDocument.js';

const { DOMParser } = new JSDOM('', { url: 'https://page.example/' }).window;
const jsdom = (text: string, type: string) => new DOMParser().parseFromString(text, type as 'text/xml');
const linkedom = (text: string, type: string) =>
  new LinkedomParser().parseFromString(text, type as 'text/xml') as unknown as Document;

const doms: Readonly<Record<string, XMLHttpRequestOptions['parseDocument']>> = {
  slimdom: undefined,
  jsdom,
  linkedom,
};

for (const [name, parseDocument] of Object.entries(doms)) {
  t.test(`a document of ${name} describes its response`, (t) => {
    const document = documentOf('<x/>', 'application/xml;charset=Shift-JIS', {
      encoding: 'shift_jis',
      parseDocument,
    });
    const told = {
      URL: 'https://shop.example/dir/page?q',
      documentURI: 'https://shop.example/dir/page?q',
      baseURI: 'https://shop.example/dir/page?q',
      characterSet: 'Shift_JIS',
      charset: 'Shift_JIS',
      inputEncoding: 'Shift_JIS',
      contentType: 'application/xml',
      domain: 'shop.example',
      referrer: '',
      readyState: 'complete',
      title: '',
      doctype: null,
      body: null,
      cookie: '',
    };
    for (const [key, value] of Object.entries(told)) {
      // linkedom makes a head and a body where there are none, in XML too.
      if (name === 'linkedom' && (key === 'body' || key === 'title')) continue;
      t.equal(Reflect.get(document, key), value, key);
    }
    if (name !== 'linkedom') t.match(document, { location: null, defaultView: null });
    document.cookie = 'a=b';
    t.equal(document.cookie, '', 'cookies are not taken');
    for (const key of ['implementation', 'images', 'forms', 'links'] as const) {
      if (name !== 'linkedom') t.equal(typeof document[key], 'object', key);
    }
    t.ok(Reflect.defineProperty(document, 'URL', { value: 'x' }), 'what is told can be told otherwise');
    t.notOk(Object.keys(document).includes('URL'), 'what is told is not enumerated');
    t.end();
  });

  t.test(`the base URL of a document of ${name} follows its base elements`, (t) => {
    const document = documentOf(
      '<base xmlns="http://www.w3.org/1999/xhtml" href="https://example.com/"/>',
      'text/xml',
      { parseDocument },
    );
    const url = 'https://shop.example/dir/page?q';
    t.equal(document.baseURI, 'https://example.com/');
    const base = document.documentElement;
    for (const [href, expected] of [
      ['../up', 'https://shop.example/up'],
      ['https://[', url],
      ['data:,x', url],
      ['javascript:x', url],
      ['', url],
    ] as const) {
      base.setAttribute('href', href);
      t.equal(document.baseURI, expected, href);
    }
    base.removeAttribute('href');
    t.equal(document.baseURI, url);
    base.remove();
    t.equal(document.baseURI, url);
    t.end();
  });

  t.test(`the lastModified of a document of ${name} is in local time`, (t) => {
    const modified = (lastModified: string | undefined) =>
      documentOf('<x/>', 'text/xml', { lastModified, parseDocument }).lastModified;
    const date = new Date(Date.UTC(2011, 10, 5, 4, 3, 2));
    const two = (value: number) => String(value).padStart(2, '0');
    t.equal(
      modified('Sat, 05 Nov 2011 04:03:02 GMT'),
      `${two(date.getMonth() + 1)}/${two(date.getDate())}/2011 ${two(date.getHours())}:${two(date.getMinutes())}:02`,
    );
    const before = Math.floor(Date.now() / 1000);
    for (const unknown of [undefined, '', 'yesterday']) {
      const now = new Date(modified(unknown)).getTime() / 1000;
      t.ok(now >= before && now <= Date.now() / 1000, 'now where it is not known');
    }
    t.end();
  });

  t.test(`an HTML document of ${name} is recognized`, (t) => {
    const html = documentOf('<!doctype html><p>x', 'text/html', { parseDocument });
    t.ok(isHtmlDocument(html));
    t.ok(isDocument(html));
    t.equal(html.contentType, 'text/html');
    t.notOk(isHtmlDocument(documentOf('<html/>', 'text/xml', { parseDocument })));
    t.notOk(
      isHtmlDocument(documentOf('<html xmlns="http://www.w3.org/1999/xhtml"/>', 'application/xhtml+xml')),
    );
    t.end();
  });
}

t.test('a document without an origin has no domain, and one without a query keeps its whole URL', (t) => {
  for (const origin of [undefined, 'null']) {
    t.equal(Reflect.get(documentOf('<x/>', 'text/xml', { origin }), 'domain'), '');
  }
  t.equal(documentOf('<x/>', 'text/xml', { url: 'data:text/xml,<x/>#f#g' }).URL, 'data:text/xml,<x/>');
  t.end();
});

t.test(
  'a document that shows a text or an image is an HTML document, whatever its content type says',
  (t) => {
    const { document } = new JSDOM('<pre>text</pre>').window;
    Object.defineProperty(document, 'contentType', { value: 'text/plain' });
    t.ok(isHtmlDocument(document));
    t.end();
  },
);

t.test('documents made elsewhere are recognized too', (t) => {
  t.ok(isHtmlDocument(new JSDOM().window.document));
  t.notOk(isHtmlDocument(new JSDOM('<x/>', { contentType: 'text/xml' }).window.document));
  const plain = new JSDOM('<iframe>').window.document.querySelector('iframe')?.contentDocument;
  if (plain) Object.defineProperty(plain, 'contentType', { value: 'text/plain' });
  t.ok(plain && isHtmlDocument(plain), 'a text that a window shows');
  t.ok(isHtmlDocument(linkedom('<p>', 'text/html')));
  t.notOk(isHtmlDocument(linkedom('<p/>', 'text/xml')));
  t.ok(isDocument(new JSDOM().window.document));
  t.ok(isDocument(linkedom('<p>', 'text/html')));
  for (const value of [null, undefined, 9, 'x', {}, { nodeType: 1 }, [], () => undefined])
    t.notOk(isDocument(value));
  t.end();
});

t.test('a document of slimdom has the most used members', (t) => {
  const document = documentOf(
    '<!doctype html><title> a\n b </title><body id=b><img><a href=x>y</a><a>z</a><map><area href></map><form id=f></form><svg><a href=x /></svg>',
    'text/html',
  );
  t.equal(document.title, 'a b');
  t.equal(document.head.localName, 'head');
  t.equal(document.body, document.getElementById('b'));
  t.equal(document.getElementById('f')?.localName, 'form');
  t.same([document.images.length, document.forms.length, document.links.length], [1, 1, 2]);
  t.equal(documentOf('<frameset>', 'text/html').body.localName, 'frameset');
  const svg = (inside: string) =>
    documentOf(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`, 'image/svg+xml').title;
  t.equal(svg('<g><title>no</title></g><title>a<x>b</x><![CDATA[ c]]></title>'), 'a c');
  t.equal(svg('<g/>'), '');
  const xml = documentOf('<r><title>no</title><body/></r>', 'text/xml');
  t.same([xml.title, xml.body, xml.head], ['', null, null]);
  xml.documentElement.remove();
  t.same([xml.title, xml.body, xml.getElementById('x')], ['', null, null]);
  t.end();
});

t.test('encodings are reported by their names', (t) => {
  for (const name of [
    'UTF-8',
    'UTF-16BE',
    'Big5',
    'EUC-KR',
    'GBK',
    'gb18030',
    'IBM866',
    'ISO-2022-JP',
    'ISO-8859-8-I',
    'KOI8-R',
    'macintosh',
    'replacement',
    'Shift_JIS',
    'windows-1252',
    'x-mac-cyrillic',
    'x-user-defined',
  ]) {
    t.equal(documentOf('', 'text/html', { encoding: name.toLowerCase() }).characterSet, name);
  }
  t.end();
});

t.test('parseDocument receives the decoded text and a type that DOMParser knows', (t) => {
  const given: [string, string][] = [];
  const parseDocument = (text: string, type: string) => {
    given.push([text, type]);
    return jsdom(text, type);
  };
  const latin = Uint8Array.of(0x3c, 0x78, 0x3e, 0xe9, 0x3c, 0x2f, 0x78, 0x3e);
  for (const type of [
    'text/html',
    'text/xml',
    'application/xml',
    'application/xhtml+xml',
    'image/svg+xml',
    'x/y+xml',
  ]) {
    const document = documentOf(latin, type, { encoding: 'windows-1252', parseDocument });
    t.equal(document.contentType, type);
  }
  t.same(given, [
    ['<x>é</x>', 'text/html'],
    ['<x>é</x>', 'text/xml'],
    ['<x>é</x>', 'application/xml'],
    ['<x>é</x>', 'application/xhtml+xml'],
    ['<x>é</x>', 'image/svg+xml'],
    ['<x>é</x>', 'application/xml'],
  ]);
  t.end();
});

t.test('the response is null if parseDocument makes no document', (t) => {
  const made = (xml: string, parseDocument: unknown, type = 'text/xml') =>
    makeDocument(xml, type, { parseDocument: parseDocument as typeof jsdom });
  const fail = () => {
    throw new Error('no');
  };
  t.equal(made('<x/>', fail), null);
  for (const nothing of [undefined, null, {}, 'x', { nodeType: 1 }])
    t.equal(
      made('<x/>', () => nothing),
      null,
    );
  t.equal(made('<x', jsdom), null, 'a parsererror is its root');
  t.equal(made('', jsdom), null);
  t.equal(made('', linkedom), null, 'it has no root');
  const xhtml = 'http://www.w3.org/1999/xhtml';
  for (const broken of [
    `<parsererror xmlns="${xhtml}">x</parsererror>`,
    `<x><parsererror xmlns="${xhtml}">x</parsererror><y/></x>`,
    `<html xmlns="${xhtml}"><body><parsererror>x</parsererror></body></html>`,
    `<html xmlns="${xhtml}"><head/><body><parsererror>x</parsererror></body></html>`,
  ]) {
    t.equal(
      made('<x/>', () => jsdom(broken, 'text/xml')),
      null,
      broken,
    );
  }
  t.ok(made('<x><parsererror/></x>', jsdom), 'one of another namespace is an element like any');
  t.ok(made('<parsererror/>', jsdom));
  t.ok(made('<parsererror>', jsdom, 'text/html'), 'HTML is never malformed');
  t.equal(made('<x>\u{FFFF}</x>', jsdom), null);
  t.end();
});
