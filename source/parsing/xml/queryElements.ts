import { type RecordNode, walk } from './RecordNode.js';
import { type CompiledSelector, elementMatcher } from './selectors/compileSelector.js';

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
  walk(scope, (child) => {
    if (child === undefined) matcher.close();
    else if (typeof child === 'object' && matcher.open(child.tag)) return found.push(child) < limit;
    return true;
  });
  return found;
}
