/** An attribute of an XML element; declarations (`xmlns`) are attributes too. */
export interface XmlAttribute {
  /** The name as written: `'g:id'`. */
  readonly name: string;
  /** The prefix: `'g'`; empty where there is none. */
  readonly prefix: string;
  /** The name behind the prefix: `'id'`. */
  readonly local: string;
  /** The namespace's URI; empty where the attribute is in none. */
  readonly uri: string;
  /** The value, its references resolved and its white space normalised. */
  readonly value: string;
}

/** A start tag, its names resolved. It is never reused for another tag, so a handler may keep it. */
export interface XmlStartTag {
  /** The name as written: `'g:price'`. */
  readonly name: string;
  /** The prefix: `'g'`; empty where there is none. */
  readonly prefix: string;
  /** The name behind the prefix: `'price'`. */
  readonly local: string;
  /** The namespace's URI; empty where the element is in none. */
  readonly uri: string;
  /** The attributes in document order, defaults of the DTD last; the array is made when it is first read. */
  readonly attributes: readonly XmlAttribute[];
  /** Whether it was written `<a/>`; its end is reported all the same. */
  readonly selfClosing: boolean;
}

/** Where the current token starts; read it inside a handler's method, it moves on afterwards. */
export interface XmlLocator {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** UTF-16 code units from the start of the text, from 0; a byte order mark does not count. */
  readonly offset: number;
}

/**
 * What the XML reader calls, in document order. Text outside the root is not reported; a long text node comes in several
 * calls, never split inside a character. A handler that throws stops the reader for good.
 */
export interface XmlHandler {
  startElement(tag: XmlStartTag, locator: XmlLocator): void;
  endElement(tag: XmlStartTag, locator: XmlLocator): void;
  text(text: string, locator: XmlLocator): void;
  cdata(text: string, locator: XmlLocator): void;
  xmlDeclaration?(declaration: XmlDeclaration, locator: XmlLocator): void;
  doctype?(text: string, locator: XmlLocator): void;
  comment?(text: string, locator: XmlLocator): void;
  processingInstruction?(target: string, data: string, locator: XmlLocator): void;
  /** A reference to an entity that only something that is not loaded could declare. */
  skippedEntity?(name: string, locator: XmlLocator): void;
  /** Whether a second root element, where it is read at all, is not wanted. @defaultValue false */
  readonly singleRoot?: boolean;
}

/** What `<?xml …?>` says. */
export interface XmlDeclaration {
  /** What `version` says. */
  readonly version: string | undefined;
  /** What `encoding` says; the document may have been decoded by something of higher rank. */
  readonly encoding: string | undefined;
  /** What `standalone` says: `yes` is true. */
  readonly standalone: boolean | undefined;
}

/** Whether an attribute declares a namespace: `xmlns` or `xmlns:g`. */
export function isDeclaration({ name, prefix }: Pick<XmlAttribute, 'name' | 'prefix'>): boolean {
  return name === 'xmlns' || prefix === 'xmlns';
}
