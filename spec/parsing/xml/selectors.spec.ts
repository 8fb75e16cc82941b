import fc from 'fast-check';
import t from 'tap';
import { compileSelector, elementMatcher } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { type XmlStartTag } from '../../../source/parsing/xml/XmlHandler.js';
import { holds } from '../../helpers/property.js';
import { naiveMatches, namespaces, selectorLists, selectorText, type Tree, trees } from './naiveSelectors.js';

function startTag({ local, uri, attributes }: Pick<Tree, 'local' | 'uri' | 'attributes'>): XmlStartTag {
  const list = Object.entries(attributes).map(([name, value]) => {
    const [prefix, rest] = name.includes(':') ? name.split(':') : ['', name];
    return {
      name,
      prefix: prefix ?? '',
      local: rest ?? '',
      uri: prefix === '' ? '' : `urn:${prefix ?? ''}`,
      value,
    };
  });
  return { name: local, prefix: '', local, uri, attributes: list, selfClosing: false };
}

/** Runs a matcher over a tree, and gives what matched in document order. */
function streamed(tree: Tree, selector: string, given: Record<string, string> = namespaces): Tree[] {
  const matcher = elementMatcher(compileSelector(selector, given));
  const found: Tree[] = [];
  const visit = (element: Tree) => {
    if (matcher.open(startTag(element))) found.push(element);
    element.children.forEach(visit);
    matcher.close();
  };
  visit(tree);
  return found;
}

const element = (local: string, children: Tree[] = [], attributes = {}, uri = ''): Tree => {
  const tree: Tree = { local, uri, attributes, children };
  for (const child of children) child.parent = tree;
  return tree;
};
const everything = (tree: Tree): Tree[] => [tree, ...tree.children.flatMap(everything)];

t.test('a streamed match is what a search back through the whole tree finds', (t) => {
  let matches = 0;
  holds(
    t,
    'for any tree and selector',
    fc.property(trees, selectorLists, (tree, list) => {
      const selector = selectorText(list);
      const expected = everything(tree).filter((one) =>
        list.some((complex) => naiveMatches(one, complex, tree)),
      );
      const found = streamed(tree, selector);
      matches += found.length;
      return found.length === expected.length && found.every((one, index) => one === expected[index]);
    }),
    { numRuns: 3000 },
  );
  t.ok(matches > 300, 'the random selectors match often enough to tell something');
  t.end();
});

t.test('names', (t) => {
  const one = (local: string, uri = '', attributes = {}) => element(local, [], attributes, uri);
  const matches = (tree: Tree, selector: string, given: Record<string, string> = namespaces) =>
    streamed(tree, selector, given).length === 1;

  t.ok(matches(one('Item'), 'Item'));
  t.notOk(matches(one('Item'), 'item'), 'case counts');
  t.ok(matches(one('prix-été'), 'prix-été'));
  t.ok(matches(one('価格'), '価格'));
  t.ok(matches(one('a.b'), 'a\\.b'), 'a dot is escaped');
  t.ok(matches(one('a', 'urn:g'), 'a'), 'a type without a prefix is of any namespace');
  t.ok(matches(one('a', 'urn:g'), '*|a'));
  t.ok(matches(one('a', 'urn:g'), 'g|a'));
  t.ok(matches(one('a', 'urn:g'), 'g|*'));
  t.notOk(matches(one('a', 'urn:h'), 'g|a'));
  t.notOk(matches(one('a', 'urn:h'), 'g|*'));
  t.ok(matches(one('a'), '|a'));
  t.notOk(matches(one('a', 'urn:g'), '|a'));
  t.ok(
    matches(one('a', 'urn:d'), 'a', { '': 'urn:d' }),
    'namespaces[""] is the namespace of types without a prefix',
  );
  t.notOk(matches(one('a'), 'a', { '': 'urn:d' }));
  t.notOk(matches(one('a'), '*', { '': 'urn:d' }));
  t.ok(matches(one('a'), '*|*', { '': 'urn:d' }));
  t.ok(matches(one('a'), '[id]', { '': 'urn:d' }) === matches(one('a'), '[id]', {}));
  t.ok(matches(one('a', '', { id: '1' }), '[id]', { '': 'urn:d' }), 'attributes know no default namespace');
  t.ok(matches(one('a', '', { 'g:id': '1' }), '[g|id="1"]'));
  t.notOk(matches(one('a', '', { 'g:id': '1' }), '[id="1"]'));
  t.notOk(matches(one('a', '', { id: '1' }), '[g|id="1"]'));
  t.ok(matches(one('a', '', { 'g:id': '1' }), '[*|id="1"]'));
  t.ok(matches(one('a', '', { id: 'ÄB' }), '[id="Äb" i]'));
  t.notOk(matches(one('a', '', { id: 'Ä' }), '[id="ä" i]'), 'the flag i folds ASCII letters only');
  t.notOk(matches(one('a', '', { id: 'AB' }), '[id="ab" s]'));
  t.ok(matches(one('a'), 'a /* the letter */, b'));
  t.ok(matches(one('a', '', { id: '\u{10400}' }), '[id="\\10400 "]'), 'an escape');
  t.end();
});

t.test('a list of any length is matched in one pass', (t) => {
  const names = Array.from({ length: 100 }, (_, index) => `n${index}`);
  const tree = element(
    'root',
    names.map((name) => element('x', [element(name)])),
  );
  t.equal(streamed(tree, names.map((name) => `root > x > ${name}`).join(',')).length, 100);
  t.equal(streamed(tree, `${names.map((name) => `y ${name}`).join(',')}, x`).length, 100);
  t.end();
});

t.test('a match costs no more deep inside a document', (t) => {
  // Backtracking over the ancestors would take 3000 ** 4 steps.
  const matcher = elementMatcher(compileSelector('a b a b a b c'));
  for (let depth = 0; depth < 3000; depth++) matcher.open(startTag(element(depth % 2 ? 'b' : 'a')));
  t.notOk(matcher.open(startTag(element('d'))));
  t.ok(matcher.open(startTag(element('c'))));
  t.end();
});

t.test('what cannot be asked for is a TypeError that quotes the selector and says why', (t) => {
  const cases: Record<string, RegExp> = {
    '': /is empty: write \*/,
    ' ': /is empty/,
    'a,': /cannot be read/,
    'a[': /cannot be read/,
    '@x': /"@x", which is no XML name/,
    '1a': /"1a", which is no XML name/,
    '·a': /no XML name/,
    '[1a]': /no XML name/,
    '1|a': /no XML name/,
    'g\\:price': /"g:price", which is no XML name without a prefix: write g\|price/,
    'x|price': /the prefix 'x', which the option namespaces does not give \(it gives g, h\).*\{ x: /,
    '[x|id]': /prefix 'x'/,
    'constructor|a': /prefix 'constructor'/,
    'a:last-child': /:last-child, which needs what comes later/,
    'a:only-child': /needs what comes later/,
    'a:nth-last-of-type(2)': /needs what comes later/,
    'a:empty': /needs what comes later/,
    'a:has(b)': /:has, which needs what comes later/,
    '.c': /\.c, which means something in HTML only: write \[class~="c"\]/,
    'a#d': /#d, which means something in HTML only: write \[id="d"\]/,
    'a::before': /::before: XML has no pseudo-elements/,
    'a:before': /::before/,
    'a:contains(x)': /:contains, which is not known for XML/,
    'a:hover': /:hover, which is not known/,
    'a > g:itemId[x]': /for the element g:itemId write g\|itemId$/,
    'a:matches(b)': /not known/,
    'a:is': /gives :is\(\) no selector/,
    'a:not()': /cannot be read/,
    ':root(a)': /gives :root an argument/,
    ':nth-child(x)': /the position "x", which is not like 2n\+1/,
    ':nth-child(2 of a)': /the position "2 of a"/,
    ':nth-child': /the position ""/,
    '[a!="b"]': /write :not\(\[a="b"\]\)/,
    '> a': /starts with a combinator/,
    ':is(> a)': /starts with a combinator/,
    'a >': /ends with a combinator/,
    'a > > b': /cannot be read/,
    'a || b': /combinator that is none of/,
    'a < b': /combinator that is none of/,
    'a/**/b': /does not come first/,
    '[id]a': /does not come first/,
    [Array.from({ length: 31 }, () => 'a').join('>')]: /too long: between commas it may have 30/,
  };
  for (const [selector, message] of Object.entries(cases)) {
    t.throws(() => compileSelector(selector, namespaces), TypeError, selector);
    t.throws(() => compileSelector(selector, namespaces), { message }, selector);
    t.throws(() => compileSelector(selector, namespaces), { message: new RegExp(`^The selector "`) });
  }
  t.throws(() => compileSelector('x|a', {}), { message: /it gives none/ });
  t.throws(() => compileSelector('+ a', {}, { relative: true }), { message: /beside a record is not kept/ });
  t.throws(() => compileSelector('> :scope', {}, { relative: true }), {
    message: /starts with a combinator/,
  });
  t.end();
});

t.test('positions are read as CSS writes them', (t) => {
  const tree = element(
    'r',
    Array.from({ length: 10 }, (_, index) => element(index % 2 ? 'b' : 'a', [], { n: index + 1 })),
  );
  const found = (selector: string) =>
    streamed(tree, `r > ${selector}`).map((one) => Number(one.attributes['n']));
  t.same(found(':nth-child(odd)'), [1, 3, 5, 7, 9]);
  t.same(found(':nth-child( EVEN )'), [2, 4, 6, 8, 10]);
  t.same(found(':nth-child(3n - 2)'), [1, 4, 7, 10]);
  t.same(found(':nth-child(-n+3)'), [1, 2, 3]);
  t.same(found(':nth-child(+4)'), [4]);
  t.same(found(':nth-child(n)').length, 10);
  t.same(found(':nth-child(0)'), []);
  t.same(found('b:nth-of-type(2n+1)'), [2, 6, 10]);
  t.same(found('a:first-of-type'), [1]);
  t.same(found(':first-child'), [1]);
  t.same(found(':where(a, b):not(:nth-child(n+3))'), [1, 2]);
  t.end();
});
