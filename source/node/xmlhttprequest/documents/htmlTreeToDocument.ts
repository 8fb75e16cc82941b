import { defaultTreeAdapter, type DefaultTreeAdapterTypes } from 'parse5';
import {
  Document as SlimdomDocument,
  DocumentType,
  type Element,
  type Node as SlimdomNode,
  unsafeAppendAttribute,
  unsafeCreateAttribute,
  unsafeCreateElement,
} from 'slimdom';
import { namespaces } from '../../../parsing/xml/namespaces.js';

type Tree = DefaultTreeAdapterTypes.Node;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** An element being made, or the document. */
interface Level {
  readonly children: readonly Tree[];
  /** The number of children made so far. */
  made: number;
  /** The element, appended to the level above once it is complete. */
  readonly element: Element | undefined;
  /** The node that receives the children. */
  readonly parent: SlimdomNode;
}

/**
 * Converts a parse5 tree of any depth to slimdom nodes. Elements are appended once they are complete, so that slimdom has no
 * ancestors to walk; unchecked constructors make names that XML does not allow.
 */
export function htmlTreeToDocument(tree: DefaultTreeAdapterTypes.Document): Document {
  const document = new SlimdomDocument();
  const levels: Level[] = [{ children: tree.childNodes, made: 0, element: undefined, parent: document }];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const child = level.children[level.made];
    level.made += 1;
    if (child === undefined) {
      levels.pop();
      if (level.element !== undefined) levels.at(-1)?.parent.appendChild(level.element);
    } else if (defaultTreeAdapter.isElementNode(child)) {
      const element = createElement(child, document);
      const { childNodes }: Parent = 'content' in child ? child.content : child;
      levels.push({ children: childNodes, made: 0, element, parent: templateContent(element, document) });
    } else {
      level.parent.appendChild(createLeaf(child, document));
    }
  }
  return document as unknown as Document;
}

function createElement(
  { tagName, namespaceURI, attrs }: DefaultTreeAdapterTypes.Element,
  document: SlimdomDocument,
): Element {
  const element = unsafeCreateElement(document, tagName, namespaceURI);
  for (const { name, namespace = null, prefix = '', value } of attrs) {
    const attribute = unsafeCreateAttribute(namespace, prefix === '' ? null : prefix, name, value, null);
    attribute.ownerDocument = document;
    unsafeAppendAttribute(attribute, element);
  }
  return element;
}

function createLeaf(node: Tree, document: SlimdomDocument): SlimdomNode {
  if (defaultTreeAdapter.isTextNode(node)) return document.createTextNode(node.value);
  if (defaultTreeAdapter.isCommentNode(node)) return document.createComment(node.data);
  if (defaultTreeAdapter.isDocumentTypeNode(node)) {
    const { name, publicId, systemId } = node;
    const doctype = new DocumentType(name, publicId, systemId);
    doctype.ownerDocument = document;
    return doctype;
  }
  throw new TypeError(`parse5 made a node of an unknown kind: ${node.nodeName}`);
}

/**
 * Returns the node that receives an element's children: for an HTML `template` its
 * [template contents](https://html.spec.whatwg.org/multipage/scripting.html#template-contents), which are added to slimdom's
 * element here, else the element.
 *
 * Note: the contents stay in the same document, since scripts run in neither; a clone of the template has none.
 */
export function templateContent(element: Element, document: SlimdomDocument): SlimdomNode {
  if (element.localName !== 'template' || element.namespaceURI !== namespaces.html) {
    return element;
  }
  const content = document.createDocumentFragment();
  Object.defineProperty(element, 'content', { value: content });
  return content;
}
