import { defaultTreeAdapter, type DefaultTreeAdapterMap, parse, type TreeAdapter } from 'parse5';
import { type Limits } from '../../../options/limits.js';
import { DocumentWeight } from '../../../parsing/xml/buildDocument.js';
import { htmlTreeToDocument } from './htmlTreeToDocument.js';

/**
 * Runs the [HTML parser](https://html.spec.whatwg.org/multipage/parsing.html) with scripting disabled, into slimdom nodes. Throws
 * a `LimitError` if the nodes weigh more than `limits.documentBytes`.
 *
 * parse5 first makes its own plain tree: slimdom walks all ancestors when it appends and all previous siblings when it inserts,
 * which takes quadratic time in a hostile, deeply nested document.
 */
export function parseHtmlDocument(text: string, limits: Limits): Document {
  const treeAdapter = weighingAdapter(new DocumentWeight({ limits }));
  return htmlTreeToDocument(parse(text, { scriptingEnabled: false, treeAdapter }));
}

/** Bytes that nodes take, measured in Node 20: parse5's and slimdom's, both of which exist at the end. */
const nodeBytes = { element: 800, attribute: 700, other: 550 } as const;

/**
 * Weighs what the parser makes. That may be out of proportion to the text: unclosed formatting elements are made again in each
 * paragraph, so 36 KB could become 4 million elements.
 */
function weighingAdapter(weight: DocumentWeight): TreeAdapter<DefaultTreeAdapterMap> {
  const weighText = (text: string): void => {
    weight.add(nodeBytes.other + 2 * text.length);
  };
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespaceURI, attributes) {
      const values = attributes.reduce((sum, { value }) => sum + nodeBytes.attribute + 2 * value.length, 0);
      weight.add(nodeBytes.element + values);
      return defaultTreeAdapter.createElement(tagName, namespaceURI, attributes);
    },
    createCommentNode(data) {
      weighText(data);
      return defaultTreeAdapter.createCommentNode(data);
    },
    insertText(parent, text) {
      weighText(text);
      defaultTreeAdapter.insertText(parent, text);
    },
    insertTextBefore(parent, text, before) {
      weighText(text);
      defaultTreeAdapter.insertTextBefore(parent, text, before);
    },
  };
}
