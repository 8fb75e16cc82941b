import { elementsOf } from './elementsOf.js';
import { namespaces } from './namespaces.js';

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
    if (!URL.canParse(href, url)) return url;
    const base = new URL(href, url);
    return /^(?:data|javascript):$/.test(base.protocol) ? url : base.href;
  }
  return url;
}
