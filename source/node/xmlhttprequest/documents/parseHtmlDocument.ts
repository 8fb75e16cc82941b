import { defaultTreeAdapter, type DefaultTreeAdapterMap, parse, type TreeAdapter } from 'parse5';
import { htmlTreeToDocument } from './htmlTreeToDocument.js';

/**
 * Runs the [HTML parser](https://html.spec.whatwg.org/multipage/parsing.html) with scripting disabled, into slimdom nodes. Throws
 * if a document makes far more elements than it has characters.
 *
 * parse5 first makes its own plain tree: slimdom walks all ancestors when it appends and all previous siblings when it inserts,
 * which takes quadratic time in a hostile, deeply nested document.
 */
export function parseHtmlDocument(text: string): Document {
  const treeAdapter = boundedAdapter(text.length + allowance);
  return htmlTreeToDocument(parse(text, { scriptingEnabled: false, treeAdapter }));
}

/** The number of elements and attributes allowed beyond one for each character. */
const allowance = 10_000;

/**
 * Limits the elements and attributes. Unclosed formatting elements are made again in each paragraph, so 36 KB could become 4
 * million elements; otherwise no character makes more than one element or attribute.
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
