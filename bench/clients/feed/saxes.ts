import { SaxesParser, type SaxesTagNS } from 'saxes';
import { request } from 'undici';
import { runClient } from '../../harness/runClient.js';
import { FeedTally } from './FeedTally.js';
import { googleNamespace } from './googleNamespace.js';
import { type Product } from './Product.js';

function fieldOf({ uri, local }: SaxesTagNS): keyof Product | undefined {
  if (local === 'title') {
    return 'title';
  }
  return uri === googleNamespace && (local === 'id' || local === 'price') ? local : undefined;
}

/** saxes as one drives it by hand for these records: children of an `item`, nothing kept that is not asked for. */
function productParser(onProduct: (product: Product) => void): SaxesParser<{ xmlns: true; position: true }> {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let product: Record<keyof Product, string | undefined> | undefined;
  let depth = 0;
  let field: keyof Product | undefined;
  let value = '';
  const addText = (text: string): void => {
    if (field !== undefined) {
      value += text;
    }
  };
  parser.on('opentag', (tag) => {
    if (product !== undefined) {
      depth += 1;
      if (depth === 1) {
        field = fieldOf(tag);
        value = '';
      }
    } else if (tag.local === 'item') {
      product = { id: undefined, title: undefined, price: undefined };
      depth = 0;
    }
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (product === undefined) {
      return;
    }
    if (depth === 0) {
      onProduct(product);
      product = undefined;
    } else {
      if (depth === 1 && field !== undefined) {
        product[field] ??= value;
        field = undefined;
      }
      depth -= 1;
    }
  });
  return parser;
}

await runClient(async ({ url }) => {
  const tally = new FeedTally();
  const parser = productParser((product) => {
    tally.add(product);
  });
  const { body } = await request(url);
  // Not `body.setEncoding('utf8')`, for undici then decodes each piece by itself and breaks characters at their edges.
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Buffer>) {
    tally.bytesArrived();
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  parser.write(decoder.decode()).close();
  return tally.result();
});
