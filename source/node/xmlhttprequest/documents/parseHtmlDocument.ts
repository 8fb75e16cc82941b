import { defaultTreeAdapter, type DefaultTreeAdapterMap, parse, type TreeAdapter } from 'parse5';
import { htmlTreeToDocument } from './htmlTreeToDocument.js';

/**
 * Runs the [HTML parser](https://html.spec.whatwg.org/multipage/parsing.html) with scripting disabled, into slimdom's nodes.
 * It throws where a document grows beyond its size.
 *
 * parse5 makes its own plain tree first: slimdom goes through all ancestors of what it appends to, and through all siblings
 * before the one that it inserts at, which is quadratic in what a hostile document nests.
 */
export function parseHtmlDocument(text: string): Document {
  const treeAdapter = boundedAdapter(text.length + allowance);
  return htmlTreeToDocument(parse(text, { scriptingEnabled: false, treeAdapter }));
}

/** Elements and attributes that a document may have beyond its characters. */
const allowance = 10_000;

/**
 * Formatting elements that are never closed are made again in each paragraph, by which 36 KB could become 4 million elements;
 * otherwise no character makes more than one element or attribute.
 */
function boundedAdapter(most: number): TreeAdapter<DefaultTreeAdapterMap> {
  let made = 0;
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespaceURI, attributes) {
      made += 1 + attributes.length;
      if (made > most)
        throw new RangeError(`the HTML document has more than ${most} elements and attributes`);
      return defaultTreeAdapter.createElement(tagName, namespaceURI, attributes);
    },
  };
}
