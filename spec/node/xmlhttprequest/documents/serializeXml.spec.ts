import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { DOMParser as LinkedomParser } from 'linkedom';
import assert from 'node:assert/strict';
import { Document as SlimdomDocument } from 'slimdom';
import t from 'tap';
import { serializeDocument } from '../../../../source/node/xmlhttprequest/documents/serializeXml.js';
import { holds } from '../../../helpers/property.js';
import { documentOf } from './makeDocument.js';

const { DOMParser, XMLSerializer, document: page } = new JSDOM().window;
const slimdom = (): Document =>
  new SlimdomDocument().implementation.createDocument(null, '') as unknown as Document;
const doms = {
  slimdom,
  jsdom: (): Document => page.implementation.createDocument(null, null, null),
};
const xmlns = 'http://www.w3.org/2000/xmlns/';

for (const [name, createDocument] of Object.entries(doms)) {
  t.test(`a document of ${name} that is not well-formed is written anyway`, (t) => {
    const document = createDocument();
    t.equal(serializeDocument(document), '');
    document.appendChild(document.createElement('test:test'));
    t.equal(serializeDocument(document), '<test:test/>');
    document.documentElement.setAttribute('test:test', 'gee');
    t.equal(serializeDocument(document), '<test:test test:test="gee"/>');
    document.documentElement.setAttribute('x', '\uD800');
    t.equal(serializeDocument(document), '<test:test test:test="gee" x="\uD800"/>');
    t.end();
  });

  t.test(`namespaces of a document of ${name} are declared where needed`, (t) => {
    const built = (build: (document: Document) => Element): string => {
      const document = createDocument();
      document.appendChild(build(document));
      return serializeDocument(document);
    };
    const element = (document: Document, ns: string | null, qualified: string, ...children: Element[]) => {
      const made = document.createElementNS(ns, qualified);
      for (const child of children) made.appendChild(child);
      return made;
    };
    t.equal(
      built((d) => element(d, 'u', 'a', element(d, 'u', 'b'), element(d, null, 'c'), element(d, 'v', 'p:d'))),
      '<a xmlns="u"><b/><c xmlns=""/><p:d xmlns:p="v"/></a>',
    );
    t.equal(
      built((d) =>
        element(d, 'u', 'p:a', element(d, 'u', 'p:b'), element(d, 'u', 'q:c'), element(d, 'u', 'd')),
      ),
      '<p:a xmlns:p="u"><p:b/><p:c/><p:d/></p:a>',
    );
    t.equal(
      built((d) => {
        const root = element(d, 'u', 'p:a');
        root.setAttributeNS('u', 'p:k', '1');
        root.setAttributeNS('v', 'p:k', '2');
        root.setAttributeNS('w', 'k', '3');
        root.setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:lang', 'en');
        return root;
      }),
      '<p:a xmlns:p="u" p:k="1" xmlns:ns1="v" ns1:k="2" xmlns:ns2="w" ns2:k="3" xml:lang="en"/>',
    );
    t.equal(
      built((d) => {
        const root = element(d, 'u', 'a', element(d, 'v', 'q:b', element(d, 'v', 'c')));
        root.setAttributeNS(xmlns, 'xmlns', 'other');
        root.setAttributeNS(xmlns, 'xmlns:p', 'v');
        root.firstElementChild?.setAttributeNS(xmlns, 'xmlns:p', 'x');
        return root;
      }),
      '<a xmlns="u" xmlns:p="v"><q:b xmlns:q="v" xmlns:p="x"><q:c/></q:b></a>',
      'a prefix that stands for another namespace by now is not used',
    );
    t.equal(
      built((d) => {
        const inner = element(d, 'u', 'b');
        inner.setAttributeNS(xmlns, 'xmlns', 'u');
        inner.setAttributeNS(xmlns, 'xmlns:p', 'v');
        const root = element(d, 'u', 'a', inner);
        root.setAttributeNS(xmlns, 'xmlns:p', 'v');
        return root;
      }),
      '<a xmlns="u" xmlns:p="v"><b/></a>',
      'what is in force is not declared again',
    );
    t.equal(
      built((d) => {
        const root = element(d, null, 'a');
        root.setAttributeNS(xmlns, 'xmlns:xml', 'http://www.w3.org/XML/1998/namespace');
        root.setAttributeNS(xmlns, 'xmlns:p', 'http://www.w3.org/XML/1998/namespace');
        root.setAttributeNS(xmlns, 'xmlns:q', xmlns);
        root.setAttributeNS(xmlns, 'xmlns:xmlns', 'u');
        root.setAttributeNS(xmlns, 'xmlns:s', '');
        root.setAttributeNS('u', 'xmlnsp:k', '1');
        return root;
      }),
      '<a xmlns:xmlnsp="u" xmlnsp:k="1"/>',
      'what XML does not let anyone declare is left out',
    );
    t.end();
  });

  t.test(`HTML in an XML document of ${name} is written so that HTML parsers read it too`, (t) => {
    const document = createDocument();
    const create = (local: string) => document.createElementNS('http://www.w3.org/1999/xhtml', local);
    const root = document.appendChild(create('div'));
    root.append(create('br'), create('p'), create('hr'));
    root.lastElementChild?.append('x');
    t.equal(
      serializeDocument(document),
      '<div xmlns="http://www.w3.org/1999/xhtml"><br /><p></p><hr>x</hr></div>',
    );
    t.end();
  });

  t.test(`all kinds of nodes of a document of ${name} are written`, (t) => {
    const document = createDocument();
    const { implementation } = document;
    document.appendChild(implementation.createDocumentType('r', '-//X', 'a"b'));
    document.appendChild(document.createComment('c'));
    document.appendChild(document.createProcessingInstruction('p', 'q'));
    document.appendChild(document.createElement('r'));
    document.documentElement.append('<&>"\'\r\n\t]]>', document.createCDATASection('<&>'));
    document.documentElement.setAttribute('k', '<&>"\'\r\n\t');
    t.equal(
      serializeDocument(document),
      `<!DOCTYPE r PUBLIC "-//X" 'a"b'><!--c--><?p q?><r k="&lt;&amp;&gt;&quot;'&#xD;&#xA;&#x9;">` +
        `&lt;&amp;&gt;"'&#xD;\n\t]]&gt;<![CDATA[<&>]]></r>`,
    );
    document.doctype?.replaceWith(implementation.createDocumentType('r', '', 'x'));
    t.match(serializeDocument(document), /^<!DOCTYPE r SYSTEM "x">/);
    document.doctype?.replaceWith(implementation.createDocumentType('r', '', ''));
    t.match(serializeDocument(document), /^<!DOCTYPE r><!--/);
    t.end();
  });
}

t.test('documents are written as by XMLSerializer', (t) => {
  for (const xml of [
    '<r xmlns="u" a="1"><x/>t<p:y xmlns:p="v" p:k="2"><z xmlns=""/></p:y></r>',
    '<p:r xmlns:p="u" xmlns:q="v"><p:a/><q:b q:k="1"/><c/></p:r>',
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><br/><p>x</p></body></html>',
    '<!DOCTYPE r PUBLIC "a" "b"><!--c--><?d e?><r xml:lang="en"><![CDATA[f]]></r>',
    '<a xmlns="u"><b xmlns="v"><c xmlns="u"/></b></a>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="#"/></svg>',
  ]) {
    const document = new DOMParser().parseFromString(xml, 'text/xml');
    t.equal(serializeDocument(document), new XMLSerializer().serializeToString(document), xml);
    t.equal(serializeDocument(documentOf(xml, 'text/xml')), serializeDocument(document), 'of slimdom’s too');
  }
  t.end();
});

t.test('a DOM that serializes its documents itself may do so', (t) => {
  const document = new LinkedomParser().parseFromString('<r xmlns="u" k="&lt;">a&amp;<b/></r>', 'text/xml');
  t.equal(
    serializeDocument(document as unknown as Document),
    '<?xml version="1.0" encoding="utf-8"?><r xmlns="u" k="&lt;">a&amp;<b /></r>',
  );
  t.end();
});

t.test('depth takes no stack', (t) => {
  const document = slimdom();
  let root = document.createElement('a');
  for (let depth = 1; depth < 50_000; depth += 1) {
    const outer = document.createElement('a');
    outer.appendChild(root);
    root = outer;
  }
  document.appendChild(root);
  t.equal(serializeDocument(document), '<a>'.repeat(49_999) + '<a/>' + '</a>'.repeat(49_999));
  t.end();
});

/** An element to build; names are in any namespace, whatever the prefixes around them say. */
interface Plan {
  readonly name: readonly [namespace: string | null, prefix: string | null, local: string];
  readonly declarations: readonly (readonly [prefix: string | null, namespace: string])[];
  readonly attributes: readonly (readonly [
    namespace: string | null,
    prefix: string | null,
    local: string,
    value: string,
  ])[];
  readonly children: readonly (Plan | string)[];
}

t.test('documents are read back unchanged, whatever the prefixes', (t) => {
  const namespace = fc.constantFrom(null, 'u', 'v', 'http://www.w3.org/1999/xhtml');
  const prefix = fc.constantFrom(null, 'a', 'b', 'ns1');
  const local = fc.constantFrom('x', 'y', 'br');
  const text = fc.stringMatching(/^[a&<>"'\]\r\n\t é]{1,6}$/);
  const { element } = fc.letrec<{ element: Plan; node: Plan | string }>((tie) => ({
    element: fc.record({
      name: fc.tuple(namespace, prefix, local),
      declarations: fc.array(fc.tuple(prefix, fc.constantFrom('u', 'v', 'w', '')), { maxLength: 3 }),
      attributes: fc.array(fc.tuple(namespace, prefix, local, text), { maxLength: 3 }),
      children: fc.array(tie('node'), { maxLength: 3, depthIdentifier: 'tree' }),
    }),
    node: fc.oneof({ depthIdentifier: 'tree', maxDepth: 5 }, text, tie('element')),
  }));
  holds(
    t,
    'whatever the tree',
    fc.property(element, (plan) => {
      const document = slimdom();
      document.appendChild(build(plan, document));
      const xml = serializeDocument(document);
      assert.deepEqual(
        canonical(documentOf(xml, 'text/xml').documentElement),
        canonical(document.documentElement),
        xml,
      );
    }),
    { numRuns: 300 },
  );
  t.end();
});

function build({ name, declarations, attributes, children }: Plan, document: Document): Element {
  const qualified = (ns: string | null, prefix: string | null, local: string) =>
    ns === null || prefix === null ? local : `${prefix}:${local}`;
  const element = document.createElementNS(name[0], qualified(...name));
  for (const [prefix, value] of declarations) {
    element.setAttributeNS(xmlns, prefix === null ? 'xmlns' : `xmlns:${prefix}`, value);
  }
  for (const [ns, prefix, local, value] of attributes) {
    element.setAttributeNS(ns, qualified(ns, prefix, local), value);
  }
  for (const child of children) element.append(typeof child === 'string' ? child : build(child, document));
  return element;
}

/** What an element means, told by namespaces and not by prefixes. */
function canonical(element: Element): unknown {
  const attributes = Array.from(element.attributes)
    .filter(({ namespaceURI }) => namespaceURI !== xmlns)
    .map(({ namespaceURI, localName, value }) => JSON.stringify([namespaceURI, localName, value]))
    .sort();
  const children: unknown[] = [];
  for (const child of element.childNodes) {
    const last = children.at(-1);
    if (child.nodeType === 1) children.push(canonical(child as Element));
    else if (typeof last === 'string') children.splice(-1, 1, last + (child.nodeValue ?? ''));
    else children.push(child.nodeValue);
  }
  return [element.namespaceURI, element.localName, attributes, children];
}
