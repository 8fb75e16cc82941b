import { isHtmlDocument } from './isHtmlDocument.js';
import { serializeHtml } from './serializeHtml.js';
import { serializeXml } from './serializeXml.js';

/**
 * The [fragment serializing algorithm steps](https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#fragment-serializing-algorithm-steps)
 * for a document of any DOM, require well-formed being false.
 */
export function serializeDocument(document: Document): string {
  // A DOM of looser ways (linkedom's, xmldom's) writes its documents itself: their nodes do not say what the standard's do.
  const own = (document as { toString(): string }).toString();
  if (!own.startsWith('[object ')) return own;
  // 1. Let context document be node's node document.
  // 2. If context document is an HTML document, return the result of the HTML fragment serialization algorithm.
  // 3. Return the XML serialization of node given require well-formed.
  return isHtmlDocument(document) ? serializeHtml(document) : serializeXml(document);
}
