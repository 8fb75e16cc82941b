const chunkSize = 64 * 1024;

const head = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>Thés et théières</title>
<link>https://shop.example/</link>
`;

/** A product as shops publish it: some 435 bytes, entities, CDATA, accents and a nested `g:price`, which is another one. */
function record(index: number): string {
  const price = `${index % 400}.${String(index % 100).padStart(2, '0')} EUR`;
  return `<item>
  <g:id>SKU-${String(index).padStart(8, '0')}</g:id>
  <title>Théière émaillée n° ${index} &amp; deux bols</title>
  <link>https://shop.example/p/${index}?ref=feed&amp;v=2</link>
  <description><![CDATA[<p>Fonte & émail, 0,8 l, garantie deux ans, lavable.</p>]]></description>
  <g:price>${price}</g:price>
  <g:availability>in_stock</g:availability>
  <g:shipping service="std"><g:country>FR</g:country><g:price>4.90 EUR</g:price></g:shipping>
</item>
`;
}

/** The bytes of a feed of so many records, in pieces of 64 KiB and a little. */
export function* feedChunks(records: number): Generator<Buffer> {
  let text = head;
  for (let index = 0; index < records; index += 1) {
    text += record(index);
    if (text.length >= chunkSize) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}</channel>\n</rss>\n`);
}
