import { namespaces } from '../../../parsing/xml/namespaces.js';
import { elementsOf } from './domTree.js';

/**
 * Adds to a document of slimdom, which implements the DOM for XML only, the members of `Document` most used on responses.
 *
 * Note: collections are new arrays, as slimdom's own are. Names stay as parsed: those of HTML elements, `tagName` too, are in
 * lower case.
 */
export function completeDocument(document: Document): void {
  const members: Readonly<Record<string, PropertyDescriptor>> = {
    getElementById: {
      value: (id: string) => first(document, (element) => element.getAttribute('id') === id),
    },
    title: { get: () => titleOf(document) },
    head: { get: () => childOfRoot(document, /^head$/) },
    body: { get: () => childOfRoot(document, /^(?:body|frameset)$/) },
    images: { get: () => all(document, (element) => isHtml(element, /^img$/)) },
    forms: { get: () => all(document, (element) => isHtml(element, /^form$/)) },
    links: {
      get: () => all(document, (element) => isHtml(element, /^(?:a|area)$/) && element.hasAttribute('href')),
    },
  };
  for (const [name, descriptor] of Object.entries(members)) {
    Object.defineProperty(document, name, { configurable: true, ...descriptor });
  }
}

/** [`title`](https://html.spec.whatwg.org/multipage/dom.html#document.title). */
function titleOf(document: Document): string {
  const root = document.documentElement as Element | null;
  // 1. If the document element is an SVG svg element, then let value be the child text content of the first SVG title element
  //    that is a child of the document element. 2. Otherwise, let value be the child text content of the title element.
  const isSvg = root?.localName === 'svg' && root.namespaceURI === namespaces.svg;
  const title = isSvg
    ? [...root.children].find(
        ({ localName, namespaceURI }) => localName === 'title' && namespaceURI === root.namespaceURI,
      )
    : first(document, (element) => isHtml(element, /^title$/));
  const texts = [...(title?.childNodes ?? [])].filter(({ nodeType }) => nodeType === 3 || nodeType === 4);
  const value = texts.map(({ nodeValue }) => nodeValue).join('');
  // 3. Strip and collapse ASCII whitespace in value. 4. Return value.
  return value
    .split(/[\t\n\f\r ]+/)
    .filter((word) => word !== '')
    .join(' ');
}

function childOfRoot(document: Document, name: RegExp): Element | null {
  const root = document.documentElement as Element | null;
  if (root === null || !isHtml(root, /^html$/)) return null;
  return [...root.children].find((child) => isHtml(child, name)) ?? null;
}

function isHtml({ localName, namespaceURI }: Element, name: RegExp): boolean {
  return namespaceURI === namespaces.html && name.test(localName);
}

function first(document: Document, matches: (element: Element) => boolean): Element | null {
  for (const element of elementsOf(document)) if (matches(element)) return element;
  return null;
}

function all(document: Document, matches: (element: Element) => boolean): Element[] {
  return [...elementsOf(document)].filter(matches);
}

/**
 * Returns a document's [`lastModified`](https://html.spec.whatwg.org/multipage/dom.html#dom-document-lastmodified) from the
 * response's `Last-Modified`: `MM/DD/YYYY hh:mm:ss` in local time; the present time if that is unknown.
 */
export function lastModified(field: string | undefined): string {
  const stated = new Date(field ?? NaN);
  const date = Number.isNaN(stated.getTime()) ? new Date() : stated;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [two(date.getMonth() + 1), two(date.getDate()), String(date.getFullYear()).padStart(4, '0')];
  return `${day.join('/')} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
