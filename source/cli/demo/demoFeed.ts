/** How many products the demo's feed has. */
export const demoProducts = 50_000;

const batch = 100;

const makers = [
  'Maison Éclair',
  'Smörgås & Søn',
  'Žižkov',
  'Ñandú',
  'Œuvre',
  'Straße 9',
  'Łódź Works',
  'Ελιά',
  '抹茶堂',
];
const things = [
  'teapot',
  'café au lait bowl',
  'crêpe pan',
  'kürtőskalács mould',
  'piñata',
  'jalapeño grinder',
  'açaí spoon',
];
const looks = [
  'cobalt blue',
  'blush rosé',
  'matte black',
  'sea green',
  'naïve art',
  'ivory',
  'terracotta',
  'walnut',
];
const sizes = ['XS', 'S', 'M', 'L', 'XL'];

/**
 * A product feed as shops publish it, piece by piece: the same bytes at every call, whatever the machine, and never more
 * than a piece of it in memory. Namespaces, CDATA, references and letters of many alphabets are in it.
 */
export function* demoFeed(products = demoProducts): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0" xmlns:stock="http://shop.example/stock">
<channel>
<title>Crockery &amp; more</title>
<link>https://shop.example/</link>
<description>A made-up feed of ${products} products</description>
`;
  for (let start = 1; start <= products; start += batch) {
    let piece = '';
    for (let number = start; number < start + batch && number <= products; number++) piece += product(number);
    yield piece;
  }
  yield '</channel>\n</rss>\n';
}

function product(number: number): string {
  const id = `P-${String(number).padStart(5, '0')}`;
  const maker = pick(makers, number);
  const thing = pick(things, number * 3);
  const look = pick(looks, number * 5);
  const cents = ((number * 7_919) % 19_900) + 99;
  const price = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} EUR`;
  return `<item>
  <g:id>${id}</g:id>
  <title>${escape(`${maker} ${thing}, ${look}`)}</title>
  <link>https://shop.example/p/${number}?look=${encodeURIComponent(look)}&amp;from=feed</link>
  <description><![CDATA[<p>The <b>${thing}</b> in ${look} by ${maker}: déjà vu & très chic, model no. ${number}.</p>]]></description>
  <g:brand>${escape(maker)}</g:brand>
  <g:price>${price}</g:price>
  <g:size>${pick(sizes, number)}</g:size>
  <g:image_link>https://img.shop.example/${id}.jpg</g:image_link>
  <g:shipping><g:country>FR</g:country><g:price>${number % 3 === 0 ? '0.00' : '4.90'} EUR</g:price></g:shipping>
  <stock:level warehouse="${number % 2 === 0 ? 'Besançon' : 'Malmö'}">${(number * 31) % 240}</stock:level>
</item>
`;
}

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? '';
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;');
}
