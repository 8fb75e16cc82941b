import { type ElementNode } from './ElementNode.js';
import { type CompiledSelector, elementMatcher, type ElementMatcher } from './selectors/compileSelector.js';
import { type Compound, type ElementSituation, matchesCompound } from './selectors/Compound.js';

/** Compounds that look at the tag alone are never asked about anything else. */
const nowhere: ElementSituation = { depth: 0, index: 0, typeIndex: 0, states: 0 };

/** The first element inside `scope` that matches a relative selector, or `undefined`. */
export function queryElement(scope: ElementNode, selector: CompiledSelector): ElementNode | undefined {
  const { content } = scope;
  if (typeof content !== 'object') return undefined;
  if (selector.children === undefined) return findInside(scope, selector, 1)[0];
  for (const child of content) {
    if (typeof child === 'object' && matchesAny(selector.children, child)) return child;
  }
  return undefined;
}

/** All of them, in document order. */
export function queryElements(scope: ElementNode, selector: CompiledSelector): ElementNode[] {
  const { content } = scope;
  if (typeof content !== 'object') return [];
  const { children } = selector;
  if (children === undefined) return findInside(scope, selector, Infinity);
  return content.filter((child) => typeof child === 'object').filter((child) => matchesAny(children, child));
}

function matchesAny(compounds: readonly Compound[], { tag }: ElementNode): boolean {
  for (const compound of compounds) {
    if (matchesCompound(compound, tag, nowhere)) return true;
  }
  return false;
}

function findInside(scope: ElementNode, selector: CompiledSelector, limit: number): ElementNode[] {
  const matcher = elementMatcher(selector);
  const found: ElementNode[] = [];
  matcher.open(scope.tag);
  visit(scope, matcher, limit, found);
  return found;
}

/** Whether the search goes on. */
function visit(scope: ElementNode, matcher: ElementMatcher, limit: number, found: ElementNode[]): boolean {
  if (typeof scope.content !== 'object') return true;
  for (const child of scope.content) {
    if (typeof child === 'string') continue;
    if (matcher.open(child.tag) && found.push(child) === limit) return false;
    if (!visit(child, matcher, limit, found)) return false;
    matcher.close();
  }
  return true;
}
