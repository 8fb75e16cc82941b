import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type t from 'tap';
import { defaultLimits } from '../../../source/options/limits.js';
import { type CollectElementsOptions } from '../../../source/parsing/xml/collectElements.js';
import { type ElementsReader } from '../../../source/parsing/xml/readElements.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { type XmlElement } from '../../../source/parsing/xml/XmlElement.js';
import { holds } from '../../helpers/property.js';
import { naiveMatches, namespaces, selectorLists, selectorText, type Tree, trees } from './naiveSelectors.js';

const feed = `<?xml version="1.0"?>
<rss xmlns:g="urn:g" version="2.0">
  <channel>
    <title>Feed</title>
    <item id="1"><title>Tea <b>&amp;</b> <![CDATA[<milk>]]></title><g:price g:unit="EUR" unit="x">1.50</g:price><!-- no --><tag>a</tag><tag>b</tag></item>
    <item id="2"><title/><sub><title>deep</title><sub><title>deeper</title></sub></sub></item>
  </channel>
</rss>`;
const g = { namespaces: { g: 'urn:g' } };

/** What holds for elements, whichever reader reads them. */
export function testElements(test: typeof t, title: string, { read }: ElementsReader): void {
  /** Reads a document in pieces of `size` bytes, and gives the matches in the order of their emission. */
  function collect(
    xml: string,
    selector: string,
    options: CollectElementsOptions = {},
    output: XmlElement[] = [],
    size = Infinity,
  ): XmlElement[] {
    const compiled = compileSelector(selector, options.namespaces);
    const limits = { ...defaultLimits, ...options.limits };
    const parser = read(compiled, { ...options, limits });
    const bytes = new TextEncoder().encode(xml);
    for (let at = 0; at < bytes.length; at += size) parser.write(bytes.subarray(at, at + size), output);
    parser.end(output);
    return output;
  }

  function one(xml: string, selector: string, options: CollectElementsOptions = {}): XmlElement {
    const [element] = collect(xml, selector, options);
    if (element === undefined) throw new Error(`${selector} matches nothing`);
    return element;
  }

  test.test(title, (test) => {
    test.test('an element tells all about itself', (t) => {
      const [item, second] = collect(feed, 'channel > item', g);
      if (item === undefined || second === undefined) throw new Error('two items are expected');
      t.match(item, { name: 'item', prefix: '', local: 'item', uri: '' });
      t.match(item.first('g|price'), { name: 'g:price', prefix: 'g', local: 'price', uri: 'urn:g' });
      t.equal(item.attribute('id'), '1');
      t.equal(item.attribute('none'), undefined);
      t.equal(item.first('g|price')?.attribute('unit'), 'x', 'a bare name is in no namespace');
      t.equal(item.first('g|price')?.attribute('g|unit'), 'EUR');
      t.throws(() => item.attribute('x|id'), { name: 'TypeError', message: /prefix 'x'/ });
      t.throws(() => item.attribute('g:id'), { name: 'TypeError', message: /write 'id', or 'g\|id'/ });
      t.equal(item.text(), 'Tea & <milk>1.50ab');
      t.same(
        item.children.map((child) => (typeof child === 'string' ? child : child.name)),
        ['title', 'g:price', 'tag', 'tag'],
        'comments are left out',
      );
      t.same(
        item.first('title')?.children.map((child) => (typeof child === 'string' ? child : child.name)),
        ['Tea ', 'b', ' <milk>'],
        'text and CDATA that touch are one string',
      );
      t.same(second.first('title')?.children, []);
      t.equal(item.children[0], item.first('title'), 'a child is always the same object');
      t.same(item.position, { line: 5, column: 5, offset: feed.indexOf('<item id="1"') });
      t.equal(second.first('sub > sub')?.position.offset, feed.indexOf('<sub><title>deeper'));
      t.same(
        second
          .first('sub > sub')
          ?.ancestors.map(({ name, attributes }) => [name, attributes.map(({ value }) => value)]),
        [
          ['rss', ['urn:g', '2.0']],
          ['channel', []],
          ['item', ['2']],
          ['sub', []],
        ],
      );
      t.end();
    });

    test.test('queries are relative to the element', (t) => {
      const [item, second] = collect(feed, 'item', g);
      if (item === undefined || second === undefined) throw new Error('two items are expected');
      const texts = (selector: string) => second.all(selector).map((element) => element.text());
      t.equal(item.text('tag'), 'a', 'the first match');
      t.same(
        item.all('tag').map((tag) => tag.text()),
        ['a', 'b'],
      );
      t.equal(item.text('nothing'), undefined);
      t.equal(item.first('nothing'), undefined);
      t.same(item.all('nothing'), []);
      t.same(texts('title'), [''], 'a compound means a child');
      t.same(texts('sub > title'), ['deep']);
      t.same(texts('> sub > title'), ['deep']);
      t.same(texts('sub title'), ['deep', 'deeper']);
      t.same(texts(':scope title'), ['', 'deep', 'deeper']);
      t.same(texts(':scope > title'), ['']);
      t.same(texts(':scope sub > title, title'), ['', 'deep', 'deeper'], 'in document order');
      t.same(texts('sub:first-of-type > :first-child'), ['deep']);
      t.same(texts('title + sub'), ['deepdeeper']);
      t.same(texts(':scope'), [], 'the element itself is not inside');
      t.same(texts('item'), []);
      t.equal(second.first('sub')?.text('title'), 'deep', 'an element that was found answers for itself');
      t.equal(item.text('g|price'), '1.50', 'namespaces are handed down');
      t.equal(item.text('*|price'), '1.50');
      t.equal(item.text('|price'), undefined);
      t.throws(() => item.text('x|price'), { name: 'TypeError', message: /prefix 'x'/ });
      t.throws(() => item.all('title:last-child'), { name: 'TypeError', message: /what comes later/ });
      for (let index = 0; index < 3000; index++) item.text(`tag[n="${index}"]`);
      t.equal(item.text('tag'), 'a', 'the cache of selectors has an end');
      t.end();
    });

    test.test('nested matches are all emitted, the inner first', (t) => {
      const found = collect('<a n="1"><a n="2"><a n="3"/></a><b/><a n="4"/></a>', 'a');
      t.same(
        found.map((element) => element.attribute('n')),
        ['3', '2', '4', '1'],
      );
      t.equal(found[3]?.first('a'), found[1], 'an inner match is the same object as in the outer one');
      t.same(
        found[0]?.ancestors.map(({ name }) => name),
        ['a', 'a'],
      );
      t.same(
        collect('<r><a><x/></a><x/><a/></r>', 'x').map((x) => x.ancestors.length),
        [2, 1],
      );
      t.end();
    });

    test.test('the cuts of the bytes make no difference', (t) => {
      const whole = collect(feed, 'item, title', g).map((element) => [String(element), element.position]);
      for (const size of [1, 2, 3, 7, 64]) {
        t.same(
          collect(feed, 'item, title', g, [], size).map((element) => [String(element), element.position]),
          whole,
        );
      }
      t.end();
    });

    test.test('toObject gives attributes, text and children by stable rules', (t) => {
      t.same(one(feed, 'item', g).toObject(), {
        '@id': '1',
        title: { '#text': 'Tea  <milk>', b: '&' },
        'g:price': { '@g:unit': 'EUR', '@unit': 'x', '#text': '1.50' },
        tag: ['a', 'b'],
      });
      t.same(
        one('<r><a> x </a></r>', 'a').toObject(),
        { '#text': ' x ' },
        'an element alone is an object too',
      );
      t.same(one('<r> <a/> </r>', 'r').toObject(), { a: '' }, 'white space beside children is left out');
      t.same(one('<r><a/></r>', 'r').toObject({ arrays: ['a'] }), { a: [''] });
      t.same(
        one('<r xmlns:x="urn:g" xmlns="urn:d"><x:a x:k="1"/><b/></r>', '*|r', {
          namespaces: { g: 'urn:g', '': 'urn:d' },
        }).toObject(),
        { 'g:a': { '@g:k': '1' }, b: '' },
        'prefixes are the reader’s, not the document’s',
      );
      const odd = one('<r><__proto__><a>1</a></__proto__><constructor/></r>', 'r').toObject();
      t.same(Object.keys(odd), ['__proto__', 'constructor']);
      t.equal(Object.getPrototypeOf(odd), Object.prototype);
      t.equal(JSON.stringify([one('<r><a>1</a></r>', 'r')]), '[{"a":"1"}]');
      t.match(inspect(one('<r><a>1</a></r>', 'r')), /^XmlElement <r> \{ a: '1' \}$/);
      t.end();
    });

    test.test('toString gives XML that is well-formed on its own and means the same', (t) => {
      const xml =
        '<r xmlns="urn:d" xmlns:g="urn:g" xmlns:h="urn:h"><a xmlns:h="urn:other" k="&#9;&#10;&quot;&lt;&amp;"><g:b>x &amp; &lt;y&gt; ]]&gt;&#13;</g:b><c xmlns=""/></a></r>';
      const a = one(xml, 'a');
      t.equal(
        String(a),
        '<a xmlns:h="urn:other" k="&#x9;&#xA;&quot;&lt;&amp;" xmlns="urn:d" xmlns:g="urn:g">' +
          '<g:b>x &amp; &lt;y&gt; ]]&gt;&#xD;</g:b><c xmlns=""/></a>',
      );
      t.equal(String(one(String(a), 'a')), String(a));
      t.same(one(String(a), 'a').toObject(), a.toObject());
      t.equal(
        String(a.first('c')),
        '<c xmlns="" xmlns:g="urn:g" xmlns:h="urn:other"/>',
        'what the elements around declare',
      );
      t.equal(String(one('<r><a><![CDATA[]]></a></r>', 'a')), '<a/>');
      t.end();
    });

    test.test('a record is bounded', (t) => {
      const limits = { xmlRecordCharacters: 100 };
      const record = (size: number) => `<a k="12345678">${'x'.repeat(size - 10 - 2 * 16)}</a>`;
      t.equal(
        collect(`<r>${record(100).repeat(3)}</r>`, 'a', { limits }).length,
        3,
        'each is counted for itself',
      );
      const output: XmlElement[] = [];
      t.throws(() => collect(`<r>${record(50)}${record(101)}${record(50)}</r>`, 'a', { limits }, output), {
        code: 'ERR_XML',
        records: 1,
        cause: { code: 'ERR_LIMIT', limit: 'xmlRecordCharacters', value: 100 },
      });
      t.equal(output.length, 1, 'what came before is given');
      t.throws(
        () => collect(`<a>${'<b/>'.repeat(6)}</a>`, 'a', { limits }),
        /xmlRecordCharacters \(100\)/,
        'an element counts 16 and its name',
      );
      t.equal(
        collect(`<r>${'<b>text</b>'.repeat(100)}<a/></r>`, 'a', { limits }).length,
        1,
        'what is in no record does not',
      );
      t.equal(collect(`<r>${'<a><a/></a>'.repeat(100)}</r>`, 'a', { limits }).length, 200);
      t.end();
    });

    test.test('a query finds what a search through the whole tree finds', (t) => {
      const xmlOf = ({ local, uri, attributes, children }: Tree): string => {
        const list = Object.entries({ ...attributes, xmlns: uri }).map(
          ([name, value]) => ` ${name}="${value}"`,
        );
        return `<${local}${list.join('')}>${children.map(xmlOf).join(' ')}</${local}>`;
      };
      const inside = (tree: Tree): Tree[] => tree.children.flatMap((child) => [child, ...inside(child)]);
      let matches = 0;
      holds(
        t,
        'for any tree and selector',
        fc.property(trees, selectorLists, (tree, list) => {
          const record = one(xmlOf(tree), ':root', { namespaces });
          const selector = selectorText(list);
          const isAnchored = (complex: (typeof list)[number]) => selectorText([complex]).includes(':scope');
          const scope = { combinator: '' as const, simples: [{ kind: 'scope' as const }] };
          const anchored = list.map((complex) =>
            isAnchored(complex)
              ? complex
              : [
                  scope,
                  ...complex.map((step, index) =>
                    index === 0 ? { ...step, combinator: '>' as const } : step,
                  ),
                ],
          );
          const expected = inside(tree).filter((one) =>
            anchored.some((complex) => naiveMatches(one, complex, tree)),
          );
          const found = record.all(selector);
          matches += found.length;
          const all = record.all(':scope *|*');
          const places = inside(tree);
          return (
            found.length === expected.length &&
            found.every(
              (element, index) => all.indexOf(element) === places.indexOf(expected[index] ?? tree),
            ) &&
            record.first(selector) === found[0] &&
            record.text(selector) === found[0]?.text()
          );
        }),
        { numRuns: 1000 },
      );
      t.ok(matches > 50, 'the random selectors match often enough to tell something');
      t.end();
    });

    test.test('what is kept of a record does not keep the document it was read from', (t) => {
      setFlagsFromString('--expose-gc');
      const collectGarbage = runInNewContext('gc') as () => void;
      const encoder = new TextEncoder();
      const ways: Record<string, (element: XmlElement) => unknown> = {
        'text()': (element) => element.text('title'),
        'attribute()': (element) => element.attribute('id'),
        children: (element) => element.first('title')?.children[0],
        'toObject()': (element) => [element.toObject()].map(({ title, '@id': id }) => [title, id])[0],
      };
      for (const [name, keep] of Object.entries(ways)) {
        const parser = read(compileSelector('item'));
        const kept: unknown[] = [];
        const output: XmlElement[] = [];
        const rest = 'x'.repeat(8000);
        collectGarbage();
        const before = process.memoryUsage().heapUsed;
        parser.write(encoder.encode('<a>'), output);
        for (let index = 0; index < 2000; index += 1) {
          const item = `<item id="number ${index} of some"><title>title ${index} and some more</title><rest>${rest}</rest></item>`;
          parser.write(encoder.encode(item), output);
          for (const element of output) kept.push(keep(element));
          output.length = 0;
        }
        collectGarbage();
        const growth = process.memoryUsage().heapUsed - before;
        t.equal(kept.length, 2000);
        t.ok(growth < 4_000_000, `${name} of 16 MB keeps ${growth} bytes`);
      }
      t.end();
    });
    test.end();
  });
}
