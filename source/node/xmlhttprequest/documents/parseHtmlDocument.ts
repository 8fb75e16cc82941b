import { defaultTreeAdapter, type DefaultTreeAdapterMap, parse, type TreeAdapter } from 'parse5';
import { type Limits } from '../../../options/limits.js';
import { DocumentWeight } from '../../../parsing/xml/buildDocument.js';
import { htmlTreeToDocument } from './htmlTreeToDocument.js';

/**
 * Runs the [HTML parser](https://html.spec.whatwg.org/multipage/parsing.html) with scripting disabled, into slimdom's nodes.
 * It throws a `LimitError` where its nodes weigh more than `limits.documentBytes`.
 *
 * parse5 makes its own plain tree first: slimdom goes through all ancestors of what it appends to, and through all siblings
 * before the one that it inserts at, which is quadratic in what a hostile document nests.
 */
export function parseHtmlDocument(text: string, limits: Limits): Document {
  const treeAdapter = weighingAdapter(new DocumentWeight({ limits }));
  return htmlTreeToDocument(parse(text, { scriptingEnabled: false, treeAdapter }));
}

/** Bytes that nodes take, measured in Node 20: parse5's and slimdom's, of which both are there at the end. */
const nodeBytes = { element: 800, attribute: 700, other: 550 } as const;

/**
 * Weighs what the parser makes. It need not be in proportion to the text: formatting elements that are never closed are made again
 * in each paragraph, by which 36 KB could become 4 million elements.
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
