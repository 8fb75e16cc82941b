import { namespaces } from '../../../parsing/xml/namespaces.js';
import { contentsOf } from './domTree.js';

/** The rest of an element that is still to be written. */
interface Level {
  /** The next child. */
  next: Node | null;
  readonly endTag: string;
  /** Whether its text is written unescaped. */
  readonly isRaw: boolean;
}

/**
 * The [HTML fragment serialization algorithm](https://html.spec.whatwg.org/multipage/parsing.html#html-fragment-serialisation-algorithm),
 * using only the standard's interfaces, so that it works with every DOM.
 *
 * Note: there are no shadow roots to serialize, and `is` values are not kept. Scripting counts as disabled, as in response
 * documents: the content of a `noscript` is markup.
 */
export function serializeHtml(node: Node): string {
  // 1. If the node serializes as void, then return the empty string. Note: it is a document.
  // 2. Let s be a string, and initialize it to the empty string.
  const parts: string[] = [];
  // 3. If the node is a template element, then let the node instead be the template element's template contents.
  const levels: Level[] = [{ next: contentsOf(node).firstChild, endTag: '', isRaw: false }];
  // 5. For each child node of the node, in tree order. Note: nesting takes no stack.
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const child = level.next;
    if (child === null) {
      parts.push(level.endTag);
      levels.pop();
      continue;
    }
    level.next = child.nextSibling;
    // 1. Let current node be the child node being processed. 2. Append the appropriate string to s:
    if (child.nodeType !== 1) {
      parts.push(serializeLeaf(child, level.isRaw));
      continue;
    }
    const element = child as Element;
    const isHtml = element.namespaceURI === namespaces.html;
    const name = isHtml || isForeign(element) ? element.localName : element.tagName;
    parts.push(`<${name}`, ...Array.from(element.attributes, serializeAttribute), '>');
    // If current node serializes as void, then continue on to the next child node at this point.
    if (isHtml && voidElements.test(name)) continue;
    // Append the value of running this algorithm with current node, and the end tag.
    const { firstChild } = contentsOf(element);
    levels.push({ next: firstChild, endTag: `</${name}>`, isRaw: isHtml && rawElements.test(name) });
  }
  // 6. Return s.
  return parts.join('');
}

const voidElements =
  /^(?:area|base|basefont|bgsound|br|col|embed|frame|hr|img|input|keygen|link|meta|param|source|track|wbr)$/;
const rawElements = /^(?:style|script|xmp|iframe|noembed|noframes|plaintext)$/;

/** Whether an element is in the MathML or the SVG namespace. */
function isForeign({ namespaceURI }: Element): boolean {
  return namespaceURI === namespaces.mathml || namespaceURI === namespaces.svg;
}

function serializeLeaf(node: Node, isRaw: boolean): string {
  const data = node.nodeValue ?? '';
  switch (node.nodeType) {
    case 3:
    case 4:
      // A Text node: its data unchanged in an element whose content is raw text, else escaped.
      return isRaw ? data : escapeString(data);
    case 7:
      return `<?${node.nodeName} ${data}>`;
    case 8:
      return `<!--${data}-->`;
    case 10:
      return `<!DOCTYPE ${node.nodeName}>`;
    default:
      return '';
  }
}

/**
 * Returns a space, an attribute's
 * [serialized name](https://html.spec.whatwg.org/multipage/parsing.html#attribute's-serialised-name), and its value.
 */
function serializeAttribute({ name, localName, namespaceURI, value }: Attr): string {
  let serializedName = name;
  // In some DOMs, no namespace is undefined.
  if (!namespaceURI) serializedName = localName;
  else if (namespaceURI === namespaces.xml) serializedName = `xml:${localName}`;
  else if (namespaceURI === namespaces.xmlns) {
    serializedName = localName === 'xmlns' ? localName : `xmlns:${localName}`;
  } else if (namespaceURI === namespaces.xlink) serializedName = `xlink:${localName}`;
  return ` ${serializedName}="${escapeString(value).replaceAll('"', '&quot;')}"`;
}

/**
 * [Escapes a string](https://html.spec.whatwg.org/multipage/parsing.html#escapingString); for attributes the caller escapes
 * quotes as well.
 */
function escapeString(text: string): string {
  return text.replace(/[&\u00A0<>]/g, (character) => references[character] ?? character);
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '\u00A0': '&nbsp;',
  '<': '&lt;',
  '>': '&gt;',
};
