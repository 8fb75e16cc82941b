import { parseUrl } from '../../../http/serializedUrl.js';
import { namespaces } from '../../../parsing/xml/namespaces.js';

/** Whether a value is a DOM's document: of any realm and any DOM, by its `nodeType`. */
export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'nodeType' in value && value.nodeType === 9;
}

/**
 * Whether a document, of any DOM, is an [HTML document](https://dom.spec.whatwg.org/#html-document): by its content type; or by
 * its making elements in lower case, since a text or an image that a window shows is one too; or, where a DOM has neither of
 * these (linkedom), by the name of its class.
 */
export function isHtmlDocument(document: Document): boolean {
  const { contentType, constructor } = document as {
    readonly contentType?: string;
    readonly constructor?: { readonly name?: string };
  };
  if (contentType === undefined) return constructor?.name === 'HTMLDocument';
  return contentType === 'text/html' || document.createElement('A').localName === 'a';
}

/** All elements of a document in document order, but those in templates. It needs no stack, however deep the document is. */
export function* elementsOf(document: Document): Generator<Element, void, undefined> {
  // linkedom's and slimdom's documents may have none.
  const root = document.documentElement as Element | null;
  let element = root;
  while (element !== null) {
    yield element;
    let next = element.firstElementChild;
    // Outwards to the first element that another one follows.
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

/** The node whose children are serialized as those of a node: of an HTML `template` its template contents, else itself. */
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
    // 2. Otherwise, return the frozen base URL of the first one: unless its href is no URL, or is a data: or javascript: one.
    const base = parseUrl(href, url);
    return base === undefined || /^(?:data|javascript):$/.test(base.protocol) ? url : base.href;
  }
  return url;
}
