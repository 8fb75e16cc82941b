import fc from 'fast-check';

/** An element of a random tree, with its parent, so that selectors can be followed backwards. */
export interface Tree {
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Tree[];
  parent?: Tree;
}

/** A selector as data: what the text means, without reading the text. */
export type Complex = readonly {
  readonly combinator: '' | ' ' | '>' | '+' | '~';
  readonly simples: readonly Simple[];
}[];
export type Simple =
  | { readonly kind: 'type'; readonly local: string | undefined; readonly prefix: string | undefined }
  | { readonly kind: 'attribute'; readonly name: string; readonly operator: string; readonly value: string }
  | { readonly kind: 'nth'; readonly ofType: boolean; readonly step: number; readonly offset: number }
  | { readonly kind: 'root' | 'scope' }
  | { readonly kind: 'is' | 'not'; readonly list: readonly Complex[] };

export const namespaces = { g: 'urn:g', h: 'urn:h' };

/** Whether an element matches, by trying every way back; `top` is what `:scope` and `:root` mean. */
export function naiveMatches(element: Tree, complex: Complex, top: Tree): boolean {
  const last = complex[complex.length - 1];
  if (last === undefined) return true;
  if (!last.simples.every((simple) => matchesSimple(element, simple, top))) return false;
  const before = complex.slice(0, -1);
  if (last.combinator === '') return true;
  return leadsBack(element, last.combinator, top).some((other) => naiveMatches(other, before, top));
}

function leadsBack(element: Tree, combinator: ' ' | '>' | '+' | '~', top: Tree): readonly Tree[] {
  const parent = element === top ? undefined : element.parent;
  const before = parent?.children.slice(0, parent.children.indexOf(element)) ?? [];
  if (combinator === '+') return before.slice(-1);
  if (combinator === '~') return before;
  if (parent === undefined) return [];
  return combinator === '>' ? [parent] : [parent, ...leadsBack(parent, ' ', top)];
}

function matchesSimple(element: Tree, simple: Simple, top: Tree): boolean {
  switch (simple.kind) {
    case 'type': {
      const uri = simple.prefix === '' ? '' : simple.prefix && namespaces[simple.prefix as 'g' | 'h'];
      return (simple.local ?? element.local) === element.local && (uri ?? element.uri) === element.uri;
    }
    case 'attribute': {
      const value = element.attributes[simple.name];
      if (value === undefined) return false;
      const wanted = simple.value;
      if (simple.operator === '') return true;
      if (simple.operator === '=') return value === wanted;
      if (simple.operator === '|=') return value === wanted || value.startsWith(`${wanted}-`);
      if (wanted === '') return false;
      if (simple.operator === '^=') return value.startsWith(wanted);
      if (simple.operator === '$=') return value.endsWith(wanted);
      if (simple.operator === '*=') return value.includes(wanted);
      return value.split(' ').includes(wanted);
    }
    case 'nth': {
      const siblings = element === top || element.parent === undefined ? [element] : element.parent.children;
      const counted = siblings.filter(
        (other) => !simple.ofType || (other.local === element.local && other.uri === element.uri),
      );
      const position = counted.indexOf(element) + 1;
      for (let n = 0; n <= 20; n++) if (simple.step * n + simple.offset === position) return true;
      return false;
    }
    case 'root':
    case 'scope':
      return element === top;
    case 'is':
      return simple.list.some((complex) => naiveMatches(element, complex, top));
    case 'not':
      return !simple.list.some((complex) => naiveMatches(element, complex, top));
  }
}

/** Writes a selector down. */
export function selectorText(list: readonly Complex[]): string {
  return list
    .map((complex) =>
      complex.map(({ combinator, simples }) => `${combinator}${simples.map(simpleText).join('')}`).join(''),
    )
    .join(', ');
}

function simpleText(simple: Simple): string {
  switch (simple.kind) {
    case 'type':
      return `${simple.prefix === undefined ? '' : `${simple.prefix}|`}${simple.local ?? '*'}`;
    case 'attribute':
      return simple.operator === ''
        ? `[${simple.name}]`
        : `[${simple.name}${simple.operator}"${simple.value}"]`;
    case 'nth': {
      const { ofType, step, offset } = simple;
      return `:nth-${ofType ? 'of-type' : 'child'}(${step}n${offset < 0 ? offset : `+${offset}`})`;
    }
    case 'root':
    case 'scope':
      return `:${simple.kind}`;
    case 'is':
    case 'not':
      return `:${simple.kind}(${selectorText(simple.list)})`;
  }
}

const locals = fc.constantFrom('a', 'b', 'c');
const values = fc.constantFrom('', 'x', 'y', 'x-y', 'y x', 'xx');

/** Random trees of a few names. */
export const trees: fc.Arbitrary<Tree> = fc
  .letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      local: locals,
      uri: fc.constantFrom('', 'urn:g', 'urn:h'),
      attributes: fc.dictionary(fc.constantFrom('p', 'q'), values, { maxKeys: 2 }),
      children: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constant([]), {
        weight: 4,
        arbitrary: fc.array(tie('tree'), { maxLength: 4 }),
      }),
    }),
  }))
  .tree.map((tree) => linked(tree));

function linked(tree: Tree): Tree {
  for (const child of tree.children) linked(child).parent = tree;
  return tree;
}

const types = fc.record({
  kind: fc.constant('type' as const),
  local: fc.option(locals, { nil: undefined }),
  prefix: fc.option(fc.constantFrom('', 'g', 'h'), { nil: undefined }),
});

/** Random lists of selectors. */
export const selectorLists: fc.Arbitrary<readonly Complex[]> = fc
  .letrec<{
    simple: Simple;
    complex: Complex;
    list: readonly Complex[];
  }>((tie) => ({
    simple: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('root' as const, 'scope' as const) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('attribute' as const),
          name: fc.constantFrom('p', 'q'),
          operator: fc.constantFrom('', '=', '~=', '|=', '^=', '$=', '*='),
          value: values,
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('nth' as const),
          ofType: fc.boolean(),
          step: fc.integer({ min: -2, max: 3 }),
          offset: fc.integer({ min: -2, max: 4 }),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constantFrom('is' as const, 'not' as const), list: tie('list') }),
      },
    ),
    complex: fc
      .array(
        fc.record({
          combinator: fc.constantFrom(' ' as const, '>' as const, '+' as const, '~' as const),
          simples: fc
            .tuple(types, fc.array(tie('simple'), { maxLength: 2 }))
            .map(([type, others]): readonly Simple[] => [type, ...others]),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((steps) =>
        steps.map((step, index) => (index === 0 ? { ...step, combinator: '' as const } : step)),
      ),
    list: fc.array(tie('complex'), { minLength: 1, maxLength: 3 }),
  }))
  .list.filter((list) => list.every((complex) => compounds(complex) <= 30));

/** How many compounds a selector has, those inside its :is() and :not() included. */
function compounds(complex: Complex): number {
  return complex
    .flatMap(({ simples }) => simples)
    .flatMap((simple) => ('list' in simple ? simple.list : []))
    .reduce((sum, inner) => sum + compounds(inner), complex.length);
}
