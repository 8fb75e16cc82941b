import { namespaces } from './namespaces.js';

/** The node whose children are serialized as those of a node: of an HTML `template` its template contents, else itself. */
export function contentsOf(node: Node): Node {
  const { localName, namespaceURI, content } = node as Partial<HTMLTemplateElement>;
  const isTemplate = localName === 'template' && namespaceURI === namespaces.html;
  return isTemplate ? (content ?? node) : node;
}
