import { namespaces } from './namespaces.js';

/**
 * Whether a document that a `DOMParser` made of XML is what it makes where the XML is
 * [not well-formed](https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#dom-domparser-parsefromstring): its
 * root is a `parsererror`; or, as some browsers do it, there is one of HTML's namespace at the start of the root or of its body.
 */
export function holdsParserError(document: Document): boolean {
  const root = document.documentElement as Element | null;
  if (root === null) return true;
  if (root.localName === 'parsererror' && root.namespaceURI === mozillaNamespace) return true;
  const child = root.firstElementChild;
  return [
    root,
    child,
    child?.nextElementSibling,
    child?.firstElementChild,
    child?.nextElementSibling?.firstElementChild,
  ].some((element) => element?.localName === 'parsererror' && element.namespaceURI === namespaces.html);
}

const mozillaNamespace = 'http://www.mozilla.org/newlayout/xml/parsererror.xml';
