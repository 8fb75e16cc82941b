import { Document as SlimdomDocument, type Element as SlimdomElement } from 'slimdom';
import { type Limits } from '../../../options/Limits.js';
import { readDocument } from '../../../parsing/xml/readDocument.js';
import { templateContent } from './templateContent.js';

/** How an XML document is read. */
export interface ParseXmlDocumentOptions {
  /** What outranks the encoding that the document declares. */
  readonly encoding: string | undefined;
  readonly limits: Limits;
}

/**
 * Runs the [XML parser](https://html.spec.whatwg.org/multipage/xhtml.html#xml-parser) with XML scripting support disabled, into
 * slimdom's nodes. It throws where the document is malformed, over a limit, or illegal in its encoding; nothing external is
 * ever loaded.
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
  parser.write(bytes, documents);
  parser.end(documents);
  const [document = platform.createDocument()] = documents;
  return document;
}
