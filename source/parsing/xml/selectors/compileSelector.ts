import { type XmlStartTag } from '../XmlHandler.js';
import { type Compound } from './Compound.js';
import { parseSelector, type Selector } from './parseSelector.js';
import { type Namespaces, selectorError } from './resolvePrefix.js';
import { SelectorCompiler } from './SelectorCompiler.js';
import { type MatcherMemory, SelectorMatcher } from './SelectorMatcher.js';
import { maximumStates, ProgramBuilder, type SelectorProgram } from './SelectorProgram.js';

/** A selector, checked and ready to be run any number of times. */
export interface CompiledSelector {
  /** The selector as it was written. */
  readonly selector: string;
  /** What an element must match any of; one program, unless a list is very long. */
  readonly programs: readonly [SelectorProgram, ...SelectorProgram[]];
  /**
   * Of a relative selector that looks at nothing but the start tags of the scope's children (`title`, `g|price`,
   * `a, b`): its compounds. Else `undefined`.
   */
  readonly children: readonly Compound[] | undefined;
}

/** How a selector is compiled. */
export interface CompileOptions {
  /** For queries on an element. @defaultValue false */
  readonly relative?: boolean;
  /** Whether `g\\:price` is a name, since a prefix need not be declared. @defaultValue false */
  readonly hasColons?: boolean;
}

/**
 * Checks a CSS selector and compiles it. Names are XML names, compared with their case; namespaces are compared by URI.
 * Throws a `TypeError` that quotes the selector where it cannot be read, where it uses a prefix that `namespaces` does
 * not give, where it asks for what only the rest of the document could tell, and where it means something in HTML only.
 *
 * `relative` compiles for queries on an element: a selector that does not say `:scope` starts at the element's children.
 *
 * @see https://www.w3.org/TR/selectors-4/
 */
export function compileSelector(
  selector: string,
  namespaces: Namespaces = {},
  { relative = false, hasColons = false }: CompileOptions = {},
): CompiledSelector {
  const compiler = new SelectorCompiler(selector, namespaces, hasColons);
  let program = new ProgramBuilder();
  const programs: [ProgramBuilder, ...ProgramBuilder[]] = [program];
  let children: Compound[] | undefined = [];
  for (const tokens of tokenize(selector)) {
    const trial = new ProgramBuilder();
    const steps = compiler.steps(tokens, trial, relative);
    const needed = trial.compounds.length + steps.length;
    if (needed > maximumStates) {
      throw compiler.error(
        `is too long: between commas it may have ${maximumStates} compounds, not ${needed}`,
      );
    }
    if (needed + program.compounds.length > maximumStates) programs.push((program = new ProgramBuilder()));
    // Compiled again, because the tests hold the states that the program gave them.
    program.accept |= program.add(compiler.steps(tokens, program, relative));
    const child = compiler.childOfScope(steps);
    if (child === undefined) children = undefined;
    else children?.push(child);
  }
  return { selector, programs, children };
}

function tokenize(selector: string): readonly (readonly Selector[])[] {
  const meant = fromPath(selector);
  if (meant !== undefined)
    throw selectorError(selector, `is a path, as XPath has them, and not a CSS selector: write ${meant}`);
  let lists: readonly (readonly Selector[])[];
  try {
    lists = parseSelector(selector);
  } catch (error) {
    throw selectorError(
      selector,
      `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
  if (lists.length === 0) throw selectorError(selector, 'is empty: write * for every element');
  return lists;
}

/** The selector that is meant by a path (`//item`, `rss/channel/item`, `g:price`); `undefined` where it is none. */
function fromPath(text: string): string | undefined {
  const path = /^\.?(\/{0,2})((?:\*|[\w.:\u0080-\uFFFF-]+)(?:\/{1,2}(?:\*|[\w.:\u0080-\uFFFF-]+))*)$/.exec(
    text.trim(),
  );
  if (path === null || !text.includes('/')) return undefined;
  const [, start = '', steps = ''] = path;
  const selector = steps
    .replace(/\/\//g, ' ')
    .replace(/\//g, ' > ')
    .replace(/(?<=[^\s:]):(?=[^\s:])/g, '|');
  return start === '/' ? selector.replace(/^\S+/, '$&:root') : selector;
}

/** What follows a document's tags and tells which elements match. */
export interface ElementMatcher {
  /** Takes a start tag, and tells whether its element matches. */
  open(tag: XmlStartTag): boolean;
  /** Takes an end tag. */
  close(): void;
  /** Whether it remembers what the start tags of the open elements do not tell. */
  readonly counts: boolean;
  /** What it remembers, by program. */
  remembered(): readonly MatcherMemory[];
}

/** A matcher for a selector, at the start of a document, or where another one remembered this: {@link ElementMatcher.remembered}. */
export function elementMatcher(
  { programs }: CompiledSelector,
  remembered?: readonly MatcherMemory[],
): ElementMatcher {
  const matchers = programs.map((program, index) => {
    const matcher = new SelectorMatcher(program);
    const memory = remembered?.[index];
    if (memory !== undefined) matcher.goOn(memory);
    return matcher;
  });
  const [first, ...more] = matchers;
  if (first !== undefined && more.length === 0) return first;
  return {
    counts: matchers.some((matcher) => matcher.counts),
    remembered: () => matchers.flatMap((matcher) => matcher.remembered()),
    // Every matcher must see the tag, so that the search may not stop at the first that matches.
    open: (tag) => matchers.reduce((isMatch, matcher) => matcher.open(tag) || isMatch, false),
    close: () => {
      for (const matcher of matchers) matcher.close();
    },
  };
}
