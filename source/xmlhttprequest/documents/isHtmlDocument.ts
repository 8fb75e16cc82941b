/**
 * Whether a document is an [HTML document](https://dom.spec.whatwg.org/#html-document): by its content type, which every DOM of
 * the standard tells, or else by the name of its class.
 */
export function isHtmlDocument(document: Document): boolean {
  // linkedom has no contentType.
  const { contentType, constructor } = document as { contentType?: string; constructor?: { name?: string } };
  return contentType === undefined ? constructor?.name === 'HTMLDocument' : contentType === 'text/html';
}
