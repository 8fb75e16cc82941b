import { RecordNode } from './RecordNode.js';
import { type CompiledSelector, elementMatcher, type ElementMatcher } from './selectors/compileSelector.js';

/** The first element inside `scope` that matches a relative selector, or `undefined`. */
export function queryElement(scope: RecordNode, selector: CompiledSelector): RecordNode | undefined {
  const { children } = selector;
  return (children === undefined ? findInside(scope, selector, 1) : scope.children(children, 1))[0];
}

/** All of them, in document order. */
export function queryElements(scope: RecordNode, selector: CompiledSelector): RecordNode[] {
  const { children } = selector;
  return children === undefined ? findInside(scope, selector, Infinity) : scope.children(children, Infinity);
}

function findInside(scope: RecordNode, selector: CompiledSelector, limit: number): RecordNode[] {
  const matcher = elementMatcher(selector);
  const found: RecordNode[] = [];
  matcher.open(scope.tag);
  visit(scope, matcher, limit, found);
  return found;
}

/** Whether the search goes on. */
function visit(scope: RecordNode, matcher: ElementMatcher, limit: number, found: RecordNode[]): boolean {
  if (typeof scope.content !== 'object') return true;
  for (const child of scope.content) {
    if (!(child instanceof RecordNode)) continue;
    if (matcher.open(child.tag) && found.push(child) === limit) return false;
    if (!visit(child, matcher, limit, found)) return false;
    matcher.close();
  }
  return true;
}
