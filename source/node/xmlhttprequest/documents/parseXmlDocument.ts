import { Document as SlimdomDocument, type Element as SlimdomElement } from 'slimdom';
import { type Limits } from '../../../options/limits.js';
import { namespaces } from '../../../parsing/xml/namespaces.js';
import { readDocument } from '../../../parsing/xml/readXml.js';
import { templateContent } from './htmlTreeToDocument.js';

/** The options for reading an XML document. */
interface ParseXmlDocumentOptions {
  /** The encoding that overrides the one the document declares. */
  readonly encoding: string | undefined;
  readonly limits: Limits;
}

const sliceBytes = 65_536;

/**
 * Runs the [XML parser](https://html.spec.whatwg.org/multipage/xhtml.html#xml-parser) with XML scripting support disabled, into
 * slimdom nodes. Throws if the document is malformed, exceeds a limit or is invalid in its encoding; never loads anything
 * external.
 */
export function parseXmlDocument(bytes: Uint8Array, options: ParseXmlDocumentOptions): Document {
  const slimdom = new SlimdomDocument().implementation.createDocument(null, '', null);
  const platform = {
    createDocument: () => slimdom as unknown as Document,
    appendsEnded: true,
    contentOf: (element: Element) =>
      templateContent(element as unknown as SlimdomElement, slimdom) as unknown as Node,
  };
  const documents: Document[] = [];
  const parser = readDocument(platform, options);
  // Its text is on the heap, which the bytes are not.
  for (let from = 0; from < bytes.length; from += sliceBytes)
    parser.write(bytes.subarray(from, from + sliceBytes), documents);
  parser.end(documents);
  const [document = platform.createDocument()] = documents;
  return document;
}

/**
 * Whether a document from a `DOMParser` reports that the XML was
 * [not well-formed](https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#dom-domparser-parsefromstring): its root
 * is a `parsererror`, or, as in some browsers, the root or its body starts with one in HTML's namespace.
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
