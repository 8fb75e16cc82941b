import { escapeXml } from '../../../parsing/xml/escapeXml.js';
import { namespaces } from '../../../parsing/xml/namespaces.js';
import { contentsOf, isHtmlDocument } from './domTree.js';
import { NamespacesInScope } from './NamespacesInScope.js';
import { serializeHtml } from './serializeHtml.js';
import { xmlStartTag } from './xmlStartTag.js';

/** The rest of an element that is still to be written. */
interface Level {
  /** The next child. */
  next: Node | null;
  readonly endTag: string;
  readonly scope: NamespacesInScope;
}

/**
 * [Produces an XML serialization](https://w3c.github.io/DOM-Parsing/#dfn-xml-serialization) of a document, require well-formed
 * being false, using only the standard's interfaces, so that it works with every DOM. Nesting takes no stack.
 *
 * Note: some of the standard's output would not be read back unchanged (namespaces whose prefix is redeclared in between,
 * carriage returns, "]]>" in a CDATA section, a quote in a system identifier); here it is.
 */
function serializeXml(document: Document): string {
  const parts: string[] = [];
  // 1. to 4. Let namespace be null, prefix map a new one with the XML namespace, and prefix index 1.
  const scope = new NamespacesInScope();
  // 5. Return the result of running the XML serialization algorithm on node.
  const levels: Level[] = [{ next: document.firstChild, endTag: '', scope }];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const node = level.next;
    if (node === null) {
      parts.push(level.endTag);
      levels.pop();
      continue;
    }
    level.next = node.nextSibling;
    if (node.nodeType !== 1) {
      parts.push(serializeLeaf(node));
      continue;
    }
    // XML serializing an Element node. 1. to 13. are the start tag up to its end.
    const element = node as Element;
    const tag = xmlStartTag(element, level.scope);
    const isHtml = element.namespaceURI === namespaces.html;
    const { firstChild } = contentsOf(element);
    // 14. If ns is the HTML namespace, and the node has no children, and its localName is that of a void element, then append
    //     " /". 15. If ns is not the HTML namespace, and the node has no children, then append "/". 16. Append ">".
    const isEmpty = firstChild === null && (!isHtml || voidElements.test(element.localName));
    parts.push(tag.markup, isEmpty ? (isHtml ? ' />' : '/>') : '>');
    // 17. If there is to be no end tag, then return markup.
    if (isEmpty) continue;
    // 18. If the node is a template element, then append the serialization of its template contents. 19. Otherwise, append that
    //     of its children. 20. Append "</", qualified name, and ">".
    levels.push({ next: firstChild, endTag: `</${tag.qualifiedName}>`, scope: tag.scope });
  }
  return parts.join('');
}

const voidElements =
  /^(?:area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|keygen|link|menuitem|meta|param|source|track|wbr)$/;

function serializeLeaf(node: Node): string {
  const data = node.nodeValue ?? '';
  switch (node.nodeType) {
    case 3:
      return escapeXml(data, 'text');
    case 4:
      return `<![CDATA[${data.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    case 7:
      return `<?${node.nodeName} ${data}?>`;
    case 8:
      return `<!--${data}-->`;
    case 10:
      return serializeDoctype(node as DocumentType);
    default:
      return '';
  }
}

/** [XML serializes a DocumentType node](https://w3c.github.io/DOM-Parsing/#dfn-xml-serializing-a-documenttype-node). */
function serializeDoctype({ name, publicId, systemId }: DocumentType): string {
  let external = '';
  if (publicId !== '') external = ` PUBLIC "${publicId}"`;
  else if (systemId !== '') external = ' SYSTEM';
  const quote = systemId.includes('"') ? "'" : '"';
  if (systemId !== '') external += ` ${quote}${systemId}${quote}`;
  return `<!DOCTYPE ${name}${external}>`;
}

/**
 * The [fragment serializing algorithm steps](https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#fragment-serializing-algorithm-steps)
 * for a document of any DOM, require well-formed being false.
 */
export function serializeDocument(document: Document): string {
  // Less strict DOMs (linkedom, xmldom) serialize their own documents: their nodes lack the standard's information.
  const own = (document as { toString(): string }).toString();
  if (!own.startsWith('[object ')) return own;
  // 1. Let context document be node's node document.
  // 2. If context document is an HTML document, return the result of the HTML fragment serialization algorithm.
  // 3. Return the XML serialization of node given require well-formed.
  return isHtmlDocument(document) ? serializeHtml(document) : serializeXml(document);
}
