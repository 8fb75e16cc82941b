import { namespaces } from './namespaces.js';
import { isDeclaration, type XmlHandler, type XmlStartTag } from './XmlHandler.js';
import { type DocumentPlatform } from './xmlPlatform.js';

const doctypePattern = /^\s*([^\s[]+)(?:\s+(?:PUBLIC\s+("[^"]*"|'[^']*')\s+|SYSTEM\s+)("[^"]*"|'[^']*'))?/;

/** A handler that builds a document; when the reader has ended, `document` is whole. */
export interface DocumentBuilder extends XmlHandler {
  readonly document: Document;
}

/**
 * A handler that builds a DOM of what it is told, by the standard's methods alone, so that it serves any platform's DOM.
 * The XML declaration is nowhere in a DOM; of the document type, its name and identifiers are.
 *
 * @see https://dom.spec.whatwg.org/
 */
export function buildDocument(platform: DocumentPlatform): DocumentBuilder {
  return new DomHandler(platform);
}

class DomHandler implements DocumentBuilder {
  readonly document: Document;
  readonly singleRoot = true;
  readonly #platform: DocumentPlatform;
  /** The open elements, and beside each what it goes into. */
  readonly #open: (readonly [element: Element, parent: Node])[] = [];
  /** What takes the children of the innermost open element, or the document. */
  #parent: Node;
  /** Of the text node being read. */
  #text = '';

  constructor(platform: DocumentPlatform) {
    this.#platform = platform;
    this.document = platform.createDocument();
    this.#parent = this.document;
  }

  startElement({ name, uri, attributes }: XmlStartTag): void {
    this.#endText();
    // A name whose prefix was not declared is one name: the DOM takes it so by the methods that know no namespaces.
    const element =
      uri === '' && name.includes(':')
        ? this.document.createElement(name)
        : this.document.createElementNS(uri === '' ? null : uri, name);
    for (const attribute of attributes) {
      if (attribute.uri === '' && attribute.name.includes(':')) {
        element.setAttribute(attribute.name, attribute.value);
        continue;
      }
      const attributeUri = isDeclaration(attribute) ? namespaces.xmlns : attribute.uri;
      element.setAttributeNS(attributeUri === '' ? null : attributeUri, attribute.name, attribute.value);
    }
    if (this.#platform.appendsEnded !== true) this.#parent.appendChild(element);
    this.#open.push([element, this.#parent]);
    this.#parent = this.#platform.contentOf?.(element) ?? element;
  }

  endElement(): void {
    this.#endText();
    const [element, parent] = this.#open.pop() ?? [];
    if (element === undefined || parent === undefined) return;
    if (this.#platform.appendsEnded === true) parent.appendChild(element);
    this.#parent = parent;
  }

  text(text: string): void {
    this.#text += text;
  }

  cdata(text: string): void {
    this.#append(this.document.createCDATASection(text));
  }

  comment(text: string): void {
    this.#append(this.document.createComment(text));
  }

  processingInstruction(target: string, data: string): void {
    this.#append(this.document.createProcessingInstruction(target, data));
  }

  doctype(text: string): void {
    const [, name = '', publicId = '', systemId = ''] = doctypePattern.exec(text) ?? [];
    const { implementation } = this.document;
    this.#append(implementation.createDocumentType(name, publicId.slice(1, -1), systemId.slice(1, -1)));
  }

  #append(node: Node): void {
    this.#endText();
    this.#parent.appendChild(node);
  }

  #endText(): void {
    if (this.#text === '') return;
    this.#parent.appendChild(this.document.createTextNode(this.#text));
    this.#text = '';
  }
}
