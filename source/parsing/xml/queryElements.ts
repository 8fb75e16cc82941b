import { type ElementNode } from './ElementNode.js';
import { type CompiledSelector } from './selectors/CompiledSelector.js';
import { elementMatcher, type ElementMatcher } from './selectors/elementMatcher.js';
import { matchesCompound } from './selectors/matchesCompound.js';
import { type Compound, type ElementSituation } from './selectors/Compound.js';

/** Compounds that look at the tag alone are never asked about anything else. */
const nowhere: ElementSituation = { depth: 0, index: 0, typeIndex: 0, states: 0 };

/** The elements inside `scope` that match a relative selector, in document order, at most `limit` of them. */
export function queryElements(scope: ElementNode, selector: CompiledSelector, limit: number): ElementNode[] {
  const found: ElementNode[] = [];
  if (typeof scope.content !== 'object') return found;
  if (selector.children !== undefined) {
    findChildren(scope.content, selector.children, limit, found);
  } else {
    const matcher = elementMatcher(selector);
    matcher.open(scope.tag);
    findInside(scope, matcher, limit, found);
  }
  return found;
}

function findChildren(
  content: readonly (ElementNode | string)[],
  compounds: readonly Compound[],
  limit: number,
  found: ElementNode[],
): void {
  for (const child of content) {
    if (typeof child === 'string') continue;
    if (!compounds.some((compound) => matchesCompound(compound, child.tag, nowhere))) continue;
    if (found.push(child) === limit) return;
  }
}

/** Whether the limit was not reached. */
function findInside(
  scope: ElementNode,
  matcher: ElementMatcher,
  limit: number,
  found: ElementNode[],
): boolean {
  if (typeof scope.content !== 'object') return true;
  for (const child of scope.content) {
    if (typeof child === 'string') continue;
    if (matcher.open(child.tag) && found.push(child) === limit) return false;
    if (!findInside(child, matcher, limit, found)) return false;
    matcher.close();
  }
  return true;
}
