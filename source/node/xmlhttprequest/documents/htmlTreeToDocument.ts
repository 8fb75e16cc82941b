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
  /** How many of the children were made. */
  made: number;
  /** The element that is appended to the level above once it is whole. */
  readonly element: Element | undefined;
  /** What takes the children. */
  readonly parent: SlimdomNode;
}

/**
 * Makes slimdom's nodes of a tree of parse5's, however deep it is. Elements are appended when they are whole, so that slimdom
 * has no ancestors to go through; names that XML does not allow are made by what does not check them.
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
 * What takes the children of an element: of an HTML `template` its
 * [template contents](https://html.spec.whatwg.org/multipage/scripting.html#template-contents), which slimdom's elements are
 * given here, else the element.
 *
 * Note: the contents stay in the same document, since in neither anything ever runs; a clone of the template has none.
 */
export function templateContent(element: Element, document: SlimdomDocument): SlimdomNode {
  if (element.localName !== 'template' || element.namespaceURI !== namespaces.html) {
    return element;
  }
  const content = document.createDocumentFragment();
  Object.defineProperty(element, 'content', { value: content });
  return content;
}
