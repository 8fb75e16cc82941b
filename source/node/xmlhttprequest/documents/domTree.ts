import { parseUrl } from '../../../http/serializedUrl.js';
import { namespaces } from '../../../parsing/xml/namespaces.js';

/** Whether a value is a DOM document, of any realm and any DOM, by its `nodeType`. */
export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'nodeType' in value && value.nodeType === 9;
}

/**
 * Whether a document, of any DOM, is an [HTML document](https://dom.spec.whatwg.org/#html-document): by its content type; or
 * because it makes elements in lower case, since a window's document for a text or an image is one too; or, if a DOM has neither
 * (linkedom), by the name of its class.
 */
export function isHtmlDocument(document: Document): boolean {
  const { contentType, constructor } = document as {
    readonly contentType?: string;
    readonly constructor?: { readonly name?: string };
  };
  if (contentType === undefined) return constructor?.name === 'HTMLDocument';
  return contentType === 'text/html' || document.createElement('A').localName === 'a';
}

/**
 * Yields all elements of a document in document order, except those in templates. Needs no stack, however deep the document is.
 */
export function* elementsOf(document: Document): Generator<Element, void, undefined> {
  // In linkedom and slimdom, a document may lack one.
  const root = document.documentElement as Element | null;
  let element = root;
  while (element !== null) {
    yield element;
    let next = element.firstElementChild;
    // Go outwards to the first element with a next sibling.
    for (
      let up: Element | null = element;
      next === null && up !== null && up !== root;
      up = up.parentElement
    ) {
      next = up.nextElementSibling;
    }
    element = next;
  }
}

/** Returns the node whose children are serialized as a node's children: an HTML `template`'s contents, else the node itself. */
export function contentsOf(node: Node): Node {
  const { localName, namespaceURI, content } = node as Partial<HTMLTemplateElement>;
  const isTemplate = localName === 'template' && namespaceURI === namespaces.html;
  return isTemplate ? (content ?? node) : node;
}

/**
 * The [document base URL](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url).
 *
 * @param url - the document's URL.
 */
export function documentBaseUrl(document: Document, url: string): string {
  for (const element of elementsOf(document)) {
    // 1. If document has no descendant base element that has an href attribute, then return document's fallback base URL.
    if (element.localName !== 'base' || element.namespaceURI !== namespaces.html) continue;
    const href = element.getAttribute('href');
    if (href === null) continue;
    // 2. Otherwise, return the frozen base URL of the first one, unless its href is an invalid, data: or javascript: URL.
    const base = parseUrl(href, url);
    return base === undefined || /^(?:data|javascript):$/.test(base.protocol) ? url : base.href;
  }
  return url;
}
