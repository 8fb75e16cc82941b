import { type Document, type Element, type Node } from 'slimdom';
import { namespaces } from './namespaces.js';

/**
 * What takes the children of an element: of an HTML `template` its
 * [template contents](https://html.spec.whatwg.org/multipage/scripting.html#template-contents), which slimdom's elements are
 * given here, else the element.
 *
 * Note: the contents stay in the same document, since in neither anything ever runs; a clone of the template has none.
 */
export function templateContent(element: Element, document: Document): Node {
  if (element.localName !== 'template' || element.namespaceURI !== namespaces.html) {
    return element;
  }
  const content = document.createDocumentFragment();
  Object.defineProperty(element, 'content', { value: content });
  return content;
}
