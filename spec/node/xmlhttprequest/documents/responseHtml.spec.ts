import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import assert from 'node:assert/strict';
import { defaultTreeAdapter, type DefaultTreeAdapterTypes, parse } from 'parse5';
import t from 'tap';
import { serializeDocument } from '../../../../source/node/xmlhttprequest/documents/serializeXml.js';
import { holds } from '../../../helpers/property.js';
import { documentOf, latin1, makeDocument } from './makeDocument.js';

const { DOMParser } = new JSDOM().window;

/** A node as lines: kind, names, namespace, attributes, data, and the contents of templates. */
function dump(node: Node, depth = 0): string[] {
  const element = node as Partial<HTMLTemplateElement>;
  const attributes = Array.from(
    element.attributes ?? [],
    ({ name, localName, prefix, namespaceURI, value }) =>
      JSON.stringify([name, localName, prefix, namespaceURI, value]),
  );
  const { name, publicId, systemId } = node as Partial<DocumentType>;
  const identifiers = node.nodeType === 10 ? [name, publicId, systemId] : [];
  const line = [
    node.nodeType,
    element.localName,
    element.prefix,
    element.namespaceURI,
    node.nodeValue,
    ...identifiers,
  ];
  const inside = [...(element.content?.childNodes ?? []), ...node.childNodes];
  return [
    '  '.repeat(depth) + JSON.stringify(line) + attributes.join(' '),
    ...inside.flatMap((child) => dump(child, depth + 1)),
  ];
}

/** The same for a tree of parse5's. */
function dumpTree(node: DefaultTreeAdapterTypes.Node, depth = 0): string[] {
  const is = defaultTreeAdapter;
  const attributes: string[] = [];
  let line: unknown[] = [9, undefined, undefined, undefined, null];
  let inside: readonly DefaultTreeAdapterTypes.Node[] = 'childNodes' in node ? node.childNodes : [];
  if (is.isElementNode(node)) {
    line = [1, node.tagName, null, node.namespaceURI, null];
    for (const { name, prefix = '', namespace = null, value } of node.attrs) {
      const qualified = prefix === '' ? name : `${prefix}:${name}`;
      attributes.push(JSON.stringify([qualified, name, prefix || null, namespace, value]));
    }
    if ('content' in node) inside = node.content.childNodes;
  } else if (is.isDocumentTypeNode(node)) {
    line = [10, undefined, undefined, undefined, null, node.name, node.publicId, node.systemId];
  } else if (is.isTextNode(node)) line = [3, undefined, undefined, undefined, node.value];
  else if (is.isCommentNode(node)) line = [8, undefined, undefined, undefined, node.data];
  return [
    '  '.repeat(depth) + JSON.stringify(line) + attributes.join(' '),
    ...inside.flatMap((child) => dumpTree(child, depth + 1)),
  ];
}

const ours = (html: string) => dump(documentOf(html, 'text/html'));
const parse5s = (html: string) => dumpTree(parse(html, { scriptingEnabled: false }));
const jsdoms = (html: string) => dump(new DOMParser().parseFromString(html, 'text/html'));

t.test('an HTML document is that of the standard’s parser, scripting disabled', (t) => {
  for (const html of [
    '',
    'text',
    '<!doctype html><title>a</title><p>b<p>c',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd"><p>',
    '<!doctype foo"bar SYSTEM \'a"b\'><p>',
    '<!doctype><p>',
    '<!--a--><!doctype html><!--b--><html><!--c--></html><!--d--><body x=1><!--e-->',
    '<b>1<p>2</b>3</p><i>4<b>5</i>6',
    '<svg viewBox="0 0 1 1" xlink:href="#a" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><foreignObject><p>x</p></foreignObject><![CDATA[<c>]]><path/></svg>',
    '<math definitionurl=x><mi xlink:href=y>z</mi></math>',
    '<template><tr><td>1</template><p><template><template>2</template></template>',
    '<svg><template><p>1</template></svg>',
    '<noscript><p>1</p></noscript><script>a<b</script><style><!--</style><textarea>&lt;</textarea>',
    '<frameset><frame></frameset>',
    '<select><option>1<option selected>2</select>',
    '<a:b c:d=1 "e f<g=2 =h=3 é=4 \u{1F600}>x</a:b><p\u0000 \u0000=1>\u0000',
    '<pre>\n\nx</pre>&nbsp;&notit;&#x80;&#0;&amp',
    '<?pi x?><p/></br></p>',
  ]) {
    t.same(ours(html), jsdoms(html), html);
  }
  t.equal(
    serializeDocument(documentOf('<table><tr>x<td>y</table>z', 'text/html')),
    '<html><head></head><body>x<table><tbody><tr><td>y</td></tr></tbody></table>z</body></html>',
  );
  t.equal(
    serializeDocument(documentOf('<html a=1><html b=2 a=3><body c=4><body d=5>', 'text/html')),
    '<html a="1" b="2"><head></head><body c="4" d="5"></body></html>',
  );
  t.end();
});

t.test('any markup makes the same document as the standard’s parser', (t) => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...'<p> </p> <b id=1> </b> <table> <tr> <td> </table> <svg> <math> </svg> <foreignObject> <template> </template>'.split(
        ' ',
      ),
      ...'<select> <option> <!--c--> <!doctype> <script> </script> <body/x=1> <html/y> <a/href="z"> <br/> <frameset>'.split(
        ' ',
      ),
      ...'<desc> <mi> <annotation-xml> <li> <form> <input> <button> <textarea> </textarea> <noscript> </head>'.split(
        ' ',
      ),
    ),
    fc.string({ maxLength: 6 }),
    fc.stringMatching(/^<[a-z:"=<\s\/é]{1,8}>$/),
  );
  holds(
    t,
    'whatever the markup',
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const html = pieces.join('');
      assert.deepEqual(ours(html), parse5s(html), html);
      assert.equal(typeof serializeDocument(documentOf(html, 'text/html')), 'string');
    }),
    { numRuns: 150 },
  );
  t.end();
});

t.test('100,000 open elements neither overflow the stack nor lose one', (t) => {
  for (const html of ['<div>'.repeat(100_000), '<b>'.repeat(100_000), '<template>'.repeat(100_000)]) {
    const written = serializeDocument(documentOf(html, 'text/html'));
    t.equal(written.split('</').length, written.split(/<\w/).length, html.slice(0, 12));
    t.ok(written.length > 700_000);
  }
  const document = documentOf('<table>' + '<b>x'.repeat(20_000) + '<!--c-->'.repeat(20_000), 'text/html');
  t.equal(document.body.lastElementChild?.localName, 'table');
  t.equal(document.title, '');
  t.end();
});

t.test('a small document that would become a giant one is refused', (t) => {
  const formatting = Array.from({ length: 2_000 }, (_, index) => `<b id=${index}>`).join('');
  t.equal(makeDocument(`<p>${formatting}</p>${'<p>x'.repeat(2_000)}`, 'text/html'), null);
  t.ok(makeDocument(`<p>${formatting}</p>`, 'text/html'));
  t.ok(makeDocument('<p>' + '<i><b><u>x<p>'.repeat(500), 'text/html'));
  t.end();
});

t.test(
  'the encoding is that of the byte order mark, of the MIME type, of what the document says, or UTF-8',
  (t) => {
    const said = latin1('<!doctype html><meta charset=windows-1252><x>\xe6\xa9\x9f</x>');
    const read = (bytes: Uint8Array<ArrayBuffer>, type: string) => {
      const document = documentOf(bytes, type);
      return [document.body.textContent, document.characterSet];
    };
    t.same(read(said, 'text/html'), ['\u00e6\u00a9\u0178', 'windows-1252']);
    t.same(read(said, 'text/html;charset=utf-8'), ['\u6a5f', 'UTF-8']);
    t.same(read(said, 'text/html;charset=windows-1252'), ['\u00e6\u00a9\u0178', 'windows-1252']);
    t.same(read(new Uint8Array([0xef, 0xbb, 0xbf, ...said]), 'text/html;charset=big5'), ['\u6a5f', 'UTF-8']);
    t.same(
      read(latin1('\xe6\xa9\x9f\xff'), 'text/html'),
      ['\u6a5f\ufffd', 'UTF-8'],
      'malformed bytes are replaced',
    );
    t.same(read(latin1('\x83e\x83X\x83g'), 'text/html;charset=shift_jis'), ['テスト', 'Shift_JIS']);
    for (const text of [
      '\xffx',
      '\xfex',
      '\xef\xbb',
      'x\xff',
      'x\xfe',
      '\xef\xbbx',
      '\xefx\xbf',
      'x\xbb\xbf',
    ]) {
      const expected = [text, 'windows-1252'];
      t.same(read(latin1(text), 'text/html;charset=windows-1252'), expected, 'half a mark is none');
    }
    const late = latin1(`<!--${'x'.repeat(1024)}--><meta charset=windows-1252>\xe9`);
    t.same(read(late, 'text/html'), ['\ufffd', 'UTF-8'], 'only 1024 bytes are looked at');
    t.end();
  },
);
