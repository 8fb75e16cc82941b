import { LimitError } from '../../errors/LimitError.js';
import { type ParserOptions } from '../IncrementalParser.js';
import { defaultLimits } from '../../options/limits.js';
import { namespaces } from './namespaces.js';
import { detached, XmlFault } from './XmlFault.js';
import { isDeclaration, type XmlHandler, type XmlLocator, type XmlStartTag } from './XmlHandler.js';
import { type DocumentPlatform } from './xmlPlatform.js';

const doctypePattern = /^\s*([^\s[]+)(?:\s+(?:PUBLIC\s+("[^"]*"|'[^']*')\s+|SYSTEM\s+)("[^"]*"|'[^']*'))?/;

/** A handler that builds a document; when the reader has ended, `document` is whole. */
export interface DocumentBuilder extends XmlHandler {
  readonly document: Document;
}

/**
 * A handler that builds a DOM of what it is told, by the standard's methods alone, so that it serves any platform's DOM.
 * The XML declaration is nowhere in a DOM; of the document type, its name and identifiers are. It throws a `LimitError` over
 * `limits.documentBytes`, and an `XmlFault` where a DOM refuses what XML allows.
 *
 * @see https://dom.spec.whatwg.org/
 */
export function buildDocument(platform: DocumentPlatform, options: ParserOptions = {}): DocumentBuilder {
  return new DomHandler(platform, options);
}

/** Bytes that nodes take, measured with slimdom in Node 20; each of their characters takes two besides. */
const nodeBytes = { element: 450, attribute: 350, other: 290 } as const;

/** What the nodes of a document weigh, held to `limits.documentBytes`. */
export class DocumentWeight {
  readonly #limit: number;
  readonly #request: ParserOptions['request'];
  #bytes = 0;

  constructor({ limits = defaultLimits, request }: ParserOptions) {
    this.#limit = limits.documentBytes;
    this.#request = request;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#limit) return;
    throw detached(new LimitError('documentBytes', this.#limit, { request: this.#request }));
  }
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
  readonly #weight: DocumentWeight;

  constructor(platform: DocumentPlatform, options: ParserOptions) {
    this.#platform = platform;
    this.#weight = new DocumentWeight(options);
    this.document = platform.createDocument();
    this.#parent = this.document;
  }

  startElement({ name, uri, attributes }: XmlStartTag, locator: XmlLocator): void {
    this.#endText();
    this.#weight.add(nodeBytes.element);
    // An undeclared prefix is part of the name: the DOM accepts that in the methods that know no namespaces.
    const element = made(`the element <${name}>`, locator, () =>
      uri === '' && name.includes(':')
        ? this.document.createElement(name)
        : this.document.createElementNS(uri === '' ? null : uri, name),
    );
    for (const attribute of attributes) {
      this.#weight.add(nodeBytes.attribute + 2 * attribute.value.length);
      const attributeUri = isDeclaration(attribute) ? namespaces.xmlns : attribute.uri;
      made(`the attribute ${attribute.name}`, locator, () => {
        if (attributeUri === '' && attribute.name.includes(':')) {
          element.setAttribute(attribute.name, attribute.value);
        } else {
          element.setAttributeNS(attributeUri === '' ? null : attributeUri, attribute.name, attribute.value);
        }
      });
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
    this.#weight.add(2 * text.length + (this.#text === '' ? nodeBytes.other : 0));
    this.#text += text;
  }

  cdata(text: string, locator: XmlLocator): void {
    this.#append('a CDATA section', text, locator, () => this.document.createCDATASection(text));
  }

  comment(text: string, locator: XmlLocator): void {
    this.#append('a comment', text, locator, () => this.document.createComment(text));
  }

  processingInstruction(target: string, data: string, locator: XmlLocator): void {
    this.#append(`the processing instruction ${target}`, data, locator, () =>
      this.document.createProcessingInstruction(target, data),
    );
  }

  doctype(text: string, locator: XmlLocator): void {
    const [, name = '', publicId = '', systemId = ''] = doctypePattern.exec(text) ?? [];
    const { implementation } = this.document;
    this.#append('the document type', '', locator, () =>
      implementation.createDocumentType(name, publicId.slice(1, -1), systemId.slice(1, -1)),
    );
  }

  #append(what: string, data: string, locator: XmlLocator, make: () => Node): void {
    this.#endText();
    this.#weight.add(nodeBytes.other + 2 * data.length);
    this.#parent.appendChild(made(what, locator, make));
  }

  #endText(): void {
    if (this.#text === '') return;
    this.#parent.appendChild(this.document.createTextNode(this.#text));
    this.#text = '';
  }
}

/** What a DOM makes; it has rules of its own for names, by which it may refuse what XML allows: `<xmlns/>`. */
function made<Made>(what: string, { line, column, offset }: XmlLocator, make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    const detail = `a DOM cannot hold ${what} (${cause instanceof Error ? cause.message : String(cause)})`;
    const fault = new XmlFault(detail, 'elements() and xml() can read it', { cause });
    fault.position = { line, column, offset };
    throw fault;
  }
}
