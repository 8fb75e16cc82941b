import { parse } from 'css-what';
import fc from 'fast-check';
import t from 'tap';
import { isNCName } from '../../../source/parsing/xml/names.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { parseSelector } from '../../../source/parsing/xml/selectors/parseSelector.js';
import { holds } from '../../helpers/property.js';

/** The tokens of a selector as css-what gives them, or that it cannot be read. */
function tokensBy(read: (selector: string) => unknown, selector: string): unknown {
  try {
    return JSON.parse(JSON.stringify(read(selector), withoutDetails));
  } catch {
    return 'cannot be read';
  }
}

/** Leaves out what makes no difference here: XML has no pseudo-elements, and an attribute without a prefix is in no namespace. */
function withoutDetails(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null || !('type' in value)) return value;
  if (value.type === 'pseudo-element') return { ...value, data: undefined };
  return value.type === 'attribute' && 'namespace' in value
    ? { ...value, namespace: value.namespace ?? '' }
    : value;
}

const simple = fc.constantFrom(
  ...['a', '*', 'g|id', '*|a', '|a', 'g|*', '*|*', 'été', 'a\\.b', '\\31 0', 'a\\:b', '-x', '_', 'A'],
  ...[
    '[id]',
    '[g|id]',
    '[*|id]',
    '[|id]',
    '[a=b]',
    '[a="b c"]',
    "[a='b\\'c']",
    '[ a ~= "b" i ]',
    '[a|=b]',
    '[a^=b s]',
    '[a$="b"]',
    '[a*=b]',
    '[a!=b]',
    '[a="\\41 b"]',
  ],
  ...[
    '.c',
    '#d',
    ':root',
    ':ROOT',
    ':scope',
    ':first-child',
    ':nth-child(2n + 1)',
    ':nth-of-type( odd )',
    ':is(a, b > c)',
    ':where(a)',
    ':not(.x)',
    ':not(:is(a))',
    ':has(> a)',
    '::before',
    ':after',
    ':lang(en)',
  ],
);
const combinator = fc.constantFrom(
  ' ',
  ' > ',
  '>',
  '+',
  ' ~ ',
  ', ',
  ',',
  '\n',
  '  ',
  '/* c */',

  '',
);
const odd = fc.constantFrom(
  '[',
  ']',
  '(',
  ')',
  ':',
  '::',
  '|',
  '"',
  "'",
  '\\',
  '=',
  '//',
  '/',
  '@',
  '!',
  '<',
  '&',
  '{',
  '%',
  ':is()',
  ':not(',
  '[a="b]',
  '1',
  '>',
  ',',
);

t.test('selectors are read as css-what reads them', (t) => {
  const part = fc.tuple(simple, combinator).map((both) => both.join(''));
  const parts = fc.array(fc.oneof({ weight: 12, arbitrary: part }, { weight: 1, arbitrary: odd }), {
    minLength: 1,
    maxLength: 6,
  });
  holds(
    t,
    'whatever they are',
    fc.property(parts, (list) => {
      const selector = list.join('');
      const [ours, theirs] = [tokensBy(parseSelector, selector), tokensBy(parse, selector)];
      if (JSON.stringify(ours, sorted) === JSON.stringify(theirs, sorted)) return;
      // What one of them reads may be refused later: css-what takes ")a" for a name.
      const isRefused = theirs === 'cannot be read' || (ours === 'cannot be read' && namesNothing(theirs));
      if (isRefused && !isCompiled(selector)) return;
      throw new Error(
        `${JSON.stringify(selector)}: ${JSON.stringify(ours)}, css-what ${JSON.stringify(theirs)}`,
      );
    }),
    { numRuns: 3000 },
  );
  t.end();
});

/** Whether there is a name among the tokens that XML does not know. */
function namesNothing(tokens: unknown): boolean {
  if (typeof tokens !== 'object' || tokens === null) return false;
  if ('name' in tokens && 'namespace' in tokens && !isNCName(String(tokens.name))) return true;
  return Object.values(tokens).some(namesNothing);
}

function isCompiled(selector: string): boolean {
  try {
    compileSelector(selector, { g: 'urn:g' });
    return true;
  } catch {
    return false;
  }
}

/** Has objects written with their members in one order. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
