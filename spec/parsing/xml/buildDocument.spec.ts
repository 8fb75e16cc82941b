import { type Document as SlimdomDocument, serializeToWellFormedString } from 'slimdom';
import t from 'tap';
import { browserPlatform } from '../../../source/parsing/xml/browserPlatform.js';
import { nodePlatform } from '../../../source/parsing/xml/nodePlatform.js';
import { readDocument } from '../../../source/parsing/xml/readXml.js';
import {
  bindXmlPlatform,
  type DocumentPlatform,
  xmlPlatform,
} from '../../../source/parsing/xml/xmlPlatform.js';

function read(xml: string, size = Infinity, platform: DocumentPlatform = nodePlatform): Document {
  const parser = readDocument(platform);
  const output: Document[] = [];
  const bytes = new TextEncoder().encode(xml);
  for (let at = 0; at < bytes.length; at += size) parser.write(bytes.subarray(at, at + size), output);
  if (output.length > 0) throw new Error('the document came before its end');
  parser.end(output);
  const [document] = output;
  if (document === undefined) throw new Error('no document came');
  return document;
}

const xmlOf = (document: Document) => serializeToWellFormedString(document as unknown as SlimdomDocument);

t.test('a document holds all that a DOM has, in document order', (t) => {
  const xml =
    '<?before all?><!-- one --><!DOCTYPE r PUBLIC "-//X//Y" \'r.dtd\' [<!ENTITY e "é">]>\n<r xmlns="urn:d" xmlns:g="urn:g" g:k="1">' +
    'a &amp; &e;<!-- two --><g:b/><![CDATA[<c>]]>d</r><!-- three --><?after all?>\n';
  const document = read(xml);
  t.equal(
    xmlOf(document),
    '<?before all?><!-- one --><!DOCTYPE r PUBLIC "-//X//Y" "r.dtd"><r xmlns="urn:d" xmlns:g="urn:g" g:k="1">' +
      'a &amp; é<!-- two --><g:b/><![CDATA[<c>]]>d</r><!-- three --><?after all?>',
  );
  const root = document.documentElement;
  t.match(root, { namespaceURI: 'urn:d', localName: 'r', prefix: null });
  t.match(root.getAttributeNode('xmlns:g'), {
    namespaceURI: 'http://www.w3.org/2000/xmlns/',
    localName: 'g',
  });
  t.match(root.getAttributeNode('xmlns'), {
    namespaceURI: 'http://www.w3.org/2000/xmlns/',
    localName: 'xmlns',
  });
  t.equal(root.getAttributeNS('urn:g', 'k'), '1');
  t.equal(root.firstElementChild?.namespaceURI, 'urn:g');
  t.equal(root.childNodes[0]?.nodeValue, 'a & é', 'adjacent text is one node');
  t.match(document.doctype, { name: 'r', publicId: '-//X//Y', systemId: 'r.dtd' });
  for (const size of [1, 2, 5])
    t.equal(xmlOf(read(xml, size)), xmlOf(document), 'the cuts make no difference');
  t.equal(read('<a k="1"/>').documentElement.namespaceURI, null);
  t.match(read('<!DOCTYPE a SYSTEM "x"><a/>').doctype, { name: 'a', publicId: '', systemId: 'x' });
  t.match(read('<!DOCTYPE a[]><a/>').doctype, { name: 'a', publicId: '', systemId: '' });
  t.throws(() => read('<a/><b/>'), { code: 'ERR_XML', records: 0 });
  t.end();
});

t.test('elements are appended when they start or when they have ended, to what the platform says', (t) => {
  const xml = '<?a b?><r>1<b><c/>2<d/></b><!--x--><b>3</b></r><!--y-->';
  const plain = { createDocument: () => nodePlatform.createDocument() };
  t.equal(xmlOf(read(xml, Infinity, plain)), xml);
  t.equal(xmlOf(read(xml, Infinity, { ...plain, appendsEnded: true })), xml);
  for (const appendsEnded of [false, true]) {
    const fragments: DocumentFragment[] = [];
    const contentOf = (element: Element): Node => {
      if (element.localName !== 'b') return element;
      const fragment = element.ownerDocument.createDocumentFragment();
      fragments.push(fragment);
      return fragment;
    };
    t.equal(
      xmlOf(read(xml, Infinity, { ...plain, appendsEnded, contentOf })),
      xml.replace(/<b>.*?<.b>/g, '<b/>'),
    );
    t.same(
      fragments.map(({ childNodes }) => [...childNodes].map(({ nodeName }) => nodeName)),
      [['c', '#text', 'd'], ['#text']],
    );
  }
  t.end();
});

t.test('the HTML names of Node’s platform are those with a semicolon', (t) => {
  for (const [name, value] of Object.entries({
    nbsp: '\u00A0',
    semi: ';',
    Tab: '\t',
    NotEqualTilde: '≂̸',
    amp: '&',
  })) {
    t.equal(nodePlatform.htmlEntity(name), value, name);
  }
  for (const name of ['notit', 'x', '', '#38', 'amp;', 'a b'])
    t.equal(nodePlatform.htmlEntity(name), undefined, name);
  t.end();
});

t.test('the browser’s platform touches the page when it is asked, and says what is missing', (t) => {
  t.throws(() => browserPlatform.createDocument(), /needs a page.*use elements\(\) or xml\(\)/);
  t.throws(() => browserPlatform.htmlEntity('nbsp'), /&nbsp; needs a page.*entities/);
  t.equal(browserPlatform.htmlEntity('#38'), undefined);
  const document = nodePlatform.createDocument();
  t.intercept(globalThis, 'document', { value: document, configurable: true });
  t.match(browserPlatform.createDocument(), { documentElement: null, nodeType: 9 });
  t.end();
});

t.test('a platform is bound by the entry', (t) => {
  t.throws(() => xmlPlatform(), /import from readystream\/xml/);
  bindXmlPlatform(nodePlatform);
  t.equal(xmlPlatform(), nodePlatform);
  t.end();
});
