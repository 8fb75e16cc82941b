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
