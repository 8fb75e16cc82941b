import t from 'tap';
import { serializeDocument } from '../../../../source/node/xmlhttprequest/documents/serializeXml.js';
import { defaultLimits } from '../../../../source/options/limits.js';
import { documentOf, latin1, makeDocument } from './makeDocument.js';

t.test('an XML document is complete, even outside its root', (t) => {
  const document = documentOf(
    '<?xml version="1.0"?><!--a--><?b c?><!DOCTYPE r [<!ENTITY e "x<i/>">]><r xmlns:p="urn:p" p:k="1">&e;<![CDATA[<y>]]></r><!--z-->',
    'text/xml',
  );
  t.equal(
    serializeDocument(document),
    '<!--a--><?b c?><!DOCTYPE r><r xmlns:p="urn:p" p:k="1">x<i/><![CDATA[<y>]]></r><!--z-->',
  );
  t.equal(document.doctype?.name, 'r');
  t.equal(document.documentElement.getAttributeNS('urn:p', 'k'), '1');
  t.equal(document.documentElement.lastChild?.nodeType, 4);
  t.end();
});

t.test('well-formed documents meet the web-platform-tests', (t) => {
  const document = documentOf(
    '<html xmlns="http://www.w3.org/1999/xhtml">\n  <p id="n&#49;">1</p>\n  <p xmlns="namespacesarejuststrings" id="n2">2</p>\n</html>\n',
    'application/xml',
  );
  const root = document.documentElement;
  t.equal(root.localName, 'html');
  t.equal(root.childNodes.length, 5);
  t.equal(document.getElementById('n1'), root.childNodes[1]);
  t.equal(document.getElementById('n2'), root.childNodes[3]);
  t.equal(document.getElementById('n3'), null);
  t.equal(document.getElementsByTagName('p')[1]?.namespaceURI, 'namespacesarejuststrings');
  t.end();
});

t.test('malformed XML, invalid namespaces and other text make no document', (t) => {
  for (const xml of [
    '',
    ' ',
    'text',
    '<x',
    '<x></x',
    '<x>&amp</x>',
    '<x>&nbsp;</x>',
    '<x><y></x></y>',
    '<x></x><y></y>',
    '<x> <![CDATA[ foobar ]></x>',
    '<x> <!CDATA[ foobar ]]></x>',
    '<p:x/>',
    '<x p:a="1"/>',
    '<x a="1" a="2"/>',
    '<x xmlns:a="u" xmlns:b="u" a:c="" b:c=""/>',
    '<x>\u0001</x>',
    '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><x>&a;</x>',
    '<!DOCTYPE x><x>&external;</x>',
  ]) {
    t.equal(makeDocument(xml, 'text/xml'), null, xml);
  }
  // Only what is never loaded could declare it: well-formed, in browsers too.
  const skipped = makeDocument('<!DOCTYPE x SYSTEM "x.dtd"><x>1&external;2</x>', 'text/xml');
  t.equal(skipped?.documentElement.textContent, '12');
  t.end();
});

t.test('a document over a limit is refused, and limits can be raised', (t) => {
  const deep = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  t.ok(makeDocument(deep(1000), 'text/xml'));
  t.equal(makeDocument(deep(1001), 'text/xml'), null);
  t.ok(makeDocument(deep(1001), 'text/xml', { limits: { ...defaultLimits, xmlDepth: 2000 } }));
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(5000)}">]><x>${'<b>&a;</b>'.repeat(5000)}</x>`;
  t.equal(makeDocument(bomb, 'text/xml'), null);
  t.end();
});

t.test('no depth overflows the stack', (t) => {
  const limits = { ...defaultLimits, xmlDepth: Infinity };
  const document = documentOf('<a>'.repeat(50_000) + '</a>'.repeat(50_000), 'text/xml', { limits });
  t.equal(serializeDocument(document).length, 49_999 * 7 + 4);
  t.equal(document.getElementById('x'), null);
  t.end();
});

t.test('the encoding is that of the byte order mark, of the MIME type, of the declaration, or UTF-8', (t) => {
  const declared = latin1('<?xml version="1.0" encoding="windows-1252"?><x>\xe6\xa9\x9f</x>');
  const utf16 = new Uint8Array([0xff, 0xfe, ...latin1('<x>é</x>'.replace(/./g, '$&\0'))]);
  const read = (bytes: Uint8Array<ArrayBuffer>, type: string) => {
    const document = makeDocument(bytes, type);
    return document && [document.documentElement.textContent, document.characterSet];
  };
  t.same(read(declared, 'text/xml'), ['\u00e6\u00a9\u0178', 'windows-1252']);
  t.same(read(declared, 'text/xml;charset=utf-8'), ['\u6a5f', 'UTF-8']);
  t.same(read(declared, 'text/xml;charset=windows-1252'), ['\u00e6\u00a9\u0178', 'windows-1252']);
  t.same(read(new Uint8Array([0xef, 0xbb, 0xbf, ...declared]), 'text/xml;charset=big5'), ['\u6a5f', 'UTF-8']);
  t.same(read(utf16, 'text/xml;charset=utf-8'), ['é', 'UTF-16LE']);
  t.same(read(utf16.slice(2), 'text/xml;charset=utf-16le'), ['é', 'UTF-16LE']);
  const swapped = new Uint8Array([0xfe, 0xff, ...latin1('<x/>'.replace(/./g, '\0$&'))]);
  t.same(read(swapped, 'text/xml;charset=utf-8'), ['', 'UTF-16BE']);
  t.same(read(swapped.slice(2), 'text/xml;charset=utf-16be'), ['', 'UTF-16BE']);
  t.same(read(latin1('<x>\xe6\xa9\x9f</x>'), 'text/xml'), ['\u6a5f', 'UTF-8']);
  t.same(read(latin1('<?xml version="1.0" encoding="utf-16"?><x/>'), 'text/xml'), ['', 'UTF-8']);
  t.end();
});

t.test(
  'bytes that are illegal in the encoding, and encodings that are not supported, make no document',
  (t) => {
    t.equal(makeDocument(latin1('<x>\xff</x>'), 'text/xml'), null);
    t.equal(makeDocument(latin1('<x>\x81</x>'), 'text/xml;charset=shift_jis'), null);
    t.equal(makeDocument(latin1('<?xml version="1.0" encoding="bogus"?><x/>'), 'text/xml'), null);
    t.equal(makeDocument(latin1('<x/>'), 'text/xml', { encoding: 'replacement' }), null);
    t.end();
  },
);

t.test('the children of an HTML template are in its contents', (t) => {
  const html = documentOf("<template xmlns='http://www.w3.org/1999/xhtml'><test/></template>", 'text/xml');
  const template = html.documentElement as HTMLTemplateElement;
  t.equal(template.childElementCount, 0);
  t.equal((template.content.firstChild as Element).localName, 'test');
  t.equal(serializeDocument(html), '<template xmlns="http://www.w3.org/1999/xhtml"><test></test></template>');
  for (const xmlns of ['', "xmlns='http://www.w3.org/2000/svg'"]) {
    const root = documentOf(`<template ${xmlns}><test/></template>`, 'text/xml').documentElement;
    t.equal(root.childElementCount, 1);
    t.equal((root.firstChild as Element).localName, 'test');
    t.notOk('content' in root);
  }
  t.end();
});

t.test('every XML MIME type is accepted', (t) => {
  for (const type of ['application/xhtml+xml', 'image/svg+xml', 'bogus/x+xml', 'video/x-awesome+xml']) {
    t.equal(documentOf('<x/>', type).contentType, type);
  }
  t.end();
});
