import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { parseHTML } from 'linkedom';
import assert from 'node:assert/strict';
import t from 'tap';
import { serializeDocument } from '../../../../source/node/xmlhttprequest/documents/serializeXml.js';
import { holds } from '../../../helpers/property.js';
import { documentOf } from './makeDocument.js';

const { DOMParser } = new JSDOM().window;
const doms = {
  slimdom: (html: string): Document => documentOf(html, 'text/html'),
  jsdom: (html: string): Document => new DOMParser().parseFromString(html, 'text/html'),
};

for (const [name, parse] of Object.entries(doms)) {
  t.test(`an HTML document of ${name} is written as HTML`, (t) => {
    const body = (html: string) =>
      /^<html><head><\/head><body>([^]*)<\/body><\/html>$/.exec(
        serializeDocument(parse(`<body>${html}`)),
      )?.[1];
    for (const [html, expected] of [
      ['<div></div>', '<div></div>'],
      ['<br><img><input>x<hr>', '<br><img><input>x<hr>'],
      ['a&amp;b&lt;c&gt;d&quot;e&nbsp;f', 'a&amp;b&lt;c&gt;d"e&nbsp;f'],
      ["<p a='&<>\"&nbsp;'>", '<p a="&amp;&lt;&gt;&quot;&nbsp;"></p>'],
      ['<script>a<b&&c</script>', '<script>a<b&&c</script>'],
      ['<style>a>b</style><xmp>&<b></xmp>', '<style>a>b</style><xmp>&<b></xmp>'],
      ['<iframe>&<b></iframe><noembed><b></noembed>', '<iframe>&<b></iframe><noembed><b></noembed>'],
      ['<noscript><p>&amp;</noscript>', '<noscript><p>&amp;</p></noscript>'],
      ['<textarea>&lt;b></textarea>', '<textarea>&lt;b&gt;</textarea>'],
      ['<plaintext>a<b', '<plaintext>a<b</plaintext>'],
      [
        '<template>a<template><tr>b</template></template>',
        '<template>a<template><tr></tr>b</template></template>',
      ],
      ['<!--a--><?b c?>', '<!--a--><!--?b c?-->'],
      [
        '<svg viewbox="0" xlink:href="#" xml:lang=en xmlns:xlink="http://www.w3.org/1999/xlink"><br1/><style>&lt;</style><script>&lt;</script></svg>',
        '<svg viewBox="0" xlink:href="#" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><br1></br1><style>&lt;</style><script>&lt;</script></svg>',
      ],
      [
        '<meta content=x><svg><template>x</template></svg>',
        '<meta content="x"><svg><template>x</template></svg>',
      ],
      ['<math><mi>x</mi></math>', '<math><mi>x</mi></math>'],
      ['<a:b c:d="e">', '<a:b c:d="e"></a:b>'],
    ] as const) {
      t.equal(body(html), expected, html);
    }
    t.equal(
      serializeDocument(parse('<!DOCTYPE HTML PUBLIC "a" "b"><!--x--><title>y</title>')),
      '<!DOCTYPE html><!--x--><html><head><title>y</title></head><body></body></html>',
    );
    t.end();
  });

  t.test(`changes to an HTML document of ${name} are written too`, (t) => {
    const document = parse('<p>');
    const { body } = document;
    body.append(
      document.createElementNS('u', 'p:Q'),
      document.createElementNS('http://www.w3.org/1999/xhtml', 'pre'),
      document.createElementNS('http://www.w3.org/2000/svg', 's:linearGradient'),
      document.createElementNS('http://www.w3.org/1998/Math/MathML', 'm:mi'),
      document.createProcessingInstruction('a', 'b'),
    );
    body.children[1]?.setAttributeNS('v', 'w:k', '1');
    body.children[1]?.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns', 'u');
    body.children[1]?.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns:p', 'u');
    body.children[2]?.append('\nx');
    t.equal(
      serializeDocument(document),
      '<html><head></head><body><p></p><p:Q w:k="1" xmlns="u" xmlns:p="u"></p:Q><pre>\nx</pre><linearGradient></linearGradient><mi></mi><?a b></body></html>',
    );
    t.end();
  });
}

t.test('documents that are sent meet the web-platform-tests', (t) => {
  const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const sent = (bytes: Uint8Array<ArrayBuffer>, type: string) => serializeDocument(documentOf(bytes, type));
  t.equal(sent(latin1('<\xff/>'), 'application/xml;charset=windows-1252'), '<\u00FF/>');
  t.match(sent(latin1('\xff'), 'text/html;charset=utf-8'), '<body>\uFFFD</body>');
  t.match(sent(latin1('\x83e\x83X\x83g'), 'text/html;charset=shift_jis'), '<body>\u30C6\u30b9\u30c8</body>');
  t.match(sent(latin1('<img>foo'), 'text/html;charset=utf-8'), '<img>foo');
  t.equal(
    sent(latin1('<!DOCTYPE html><div></div>'), 'text/html;charset=utf-8'),
    '<!DOCTYPE html><html><head></head><body><div></div></body></html>',
  );
  t.end();
});

t.test('whole pages, and documents of a DOM that serializes them itself, are written', (t) => {
  const html = '<!DOCTYPE html><html><head></head><body><p a="1">x&amp;y<br></p></body></html>';
  t.equal(serializeDocument(new JSDOM(html).window.document), html);
  t.equal(serializeDocument(parseHTML(html).document), html);
  t.end();
});

t.test('markup that nests well is written as it was read', (t) => {
  const leaf = fc.constantFrom(
    'x&amp;&lt;y&gt;&nbsp;"\'',
    '<br>',
    '<img alt="&amp;&quot;&lt;&gt;&nbsp;">',
    '<!--<c>-->',
    '<script>a<b</script>',
    '<style>a>b</style>',
  );
  const { markup } = fc.letrec<{ markup: string }>((tie) => ({
    markup: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      fc
        .tuple(
          fc.constantFrom('div', 'span', 'ul', 'section', 'template', 'em'),
          fc.constantFrom('', ' id="a"', ' a="" b="c"'),
          fc.array(tie('markup'), { maxLength: 4 }),
        )
        .map(([name, attributes, inside]) => `<${name}${attributes}>${inside.join('')}</${name}>`),
    ),
  }));
  holds(
    t,
    'whatever the markup',
    fc.property(markup, (html) => {
      const whole = `<html><head></head><body>${html}</body></html>`;
      assert.equal(serializeDocument(documentOf(whole, 'text/html')), whole);
    }),
    { numRuns: 200 },
  );
  t.end();
});
