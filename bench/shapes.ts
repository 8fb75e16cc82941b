/** A kind of document: many records of one form, and what is asked of them. */
export interface Shape {
  readonly title: string;
  readonly head: string;
  readonly record: (index: number) => string;
  readonly tail: string;
  /** How many of them are read. */
  readonly records: number;
  /** The local name of the records, and where they are. */
  readonly element: string;
  readonly selector: string;
  readonly namespaces: Readonly<Record<string, string>>;
  /** What is read of each where three fields are: children by local name and, where it has one, prefix; or attributes. */
  readonly fields: readonly [Field, Field, Field];
}

/** One field of a record. */
export type Field = { readonly child: string; readonly prefix?: string } | { readonly attribute: string };

const google = 'http://base.google.com/ns/1.0';
const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="${google}" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Thés et théières</title>
`;
const items = {
  head: rss,
  tail: '</channel>\n</rss>\n',
  element: 'item',
  selector: 'channel > item',
  namespaces: { g: google },
  fields: [{ child: 'id', prefix: 'g' }, { child: 'title' }, { child: 'price', prefix: 'g' }],
} as const;
const latin =
  'the quick brown fox jumps over the lazy dog while five wizards mix vodka and pour judge my box of liquor jugs';
const russian =
  'съешь же ещё этих мягких французских булок да выпей чаю широкая электрификация южных губерний даст мощный толчок';
const chinese = '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。';

/** So many words of a text, others for each index. */
function words(text: string, index: number, count: number): string {
  const list = text.split(' ');
  return Array.from({ length: count }, (_, at) => list[(index * 7 + at * 13 + at * at) % list.length]).join(
    ' ',
  );
}

const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

/** The kinds of documents that records are read from, by name. */
export const shapes: Readonly<Record<string, Shape>> = {
  feed: {
    ...items,
    title: 'product feed',
    records: 45_000,
    record: (index) => `<item>
  <g:id>SKU-${String(index).padStart(8, '0')}</g:id>
  <title>Théière émaillée n° ${index} &amp; deux bols</title>
  <link>https://shop.example/p/${index}?ref=feed&amp;v=2</link>
  <description><![CDATA[<p>Fonte & émail, 0,8 l, garantie deux ans, lavable.</p>]]></description>
  <g:price>${index % 400}.${String(index % 100).padStart(2, '0')} EUR</g:price>
  <g:availability>in_stock</g:availability>
  <g:shipping service="std"><g:country>FR</g:country><g:price>4.90 EUR</g:price></g:shipping>
</item>
`,
  },
  osm: {
    title: 'OpenStreetMap nodes, attributes alone',
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="bench">\n',
    tail: '</osm>\n',
    element: 'node',
    selector: 'osm > node',
    namespaces: {},
    fields: [{ attribute: 'id' }, { attribute: 'lat' }, { attribute: 'lon' }],
    records: 80_000,
    record: (index) =>
      ` <node id="${100_000 + index}" visible="true" version="${(index % 9) + 1}" changeset="${7_000_000 + index}" ` +
      `timestamp="2012-10-${String((index % 28) + 1).padStart(2, '0')}T11:33:58Z" user="mapper${index % 500}" ` +
      `uid="${index % 500}" lat="${(48 + index / 1e6).toFixed(7)}" lon="${(11 + index / 1e6).toFixed(7)}"` +
      (index % 4 === 0
        ? `>\n  <tag k="name" v="Straße ${index}"/>\n  <tag k="amenity" v="cafe"/>\n </node>\n`
        : '/>\n'),
  },
  deep: {
    title: 'deep records of many small elements',
    head: '<?xml version="1.0"?>\n<data>\n',
    tail: '</data>\n',
    element: 'order',
    selector: 'data > order',
    namespaces: {},
    fields: [{ child: 'number' }, { child: 'date' }, { child: 'total' }],
    records: 12_000,
    record: (index) =>
      `<order>\n  <number>${index}</number>\n  <date>2024-01-01</date>\n  <lines>${repeat(
        4,
        (line) =>
          `<line><no>${line}</no><product><sku>S${index}${line}</sku><names><name><lang>en</lang>` +
          `<value>${words(latin, index + line, 3)}</value></name><name><lang>fr</lang><value>thé</value></name>` +
          `</names><price><amount>1.50</amount><currency>EUR</currency></price></product></line>`,
      )}</lines>\n  <total>${index}.00</total>\n</order>\n`,
  },
  text: {
    title: 'long texts with references, as in MediaWiki',
    head: '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="en">\n',
    tail: '</mediawiki>\n',
    element: 'page',
    selector: 'mediawiki > page',
    namespaces: {},
    fields: [{ child: 'title' }, { child: 'id' }, { child: 'ns' }],
    records: 3000,
    record: (index) =>
      `  <page>\n    <title>Article ${index} of many</title>\n    <ns>0</ns>\n    <id>${index}</id>\n    <revision>\n` +
      `      <id>${index * 7}</id>\n      <text bytes="7000" xml:space="preserve">${repeat(
        24,
        (part) =>
          `== Section ${part} ==\n'''${words(latin, index + part, 3)}''' is ${words(latin, index * 3 + part, 38)}.` +
          `&lt;ref name=&quot;r${part}&quot;&gt;${words(latin, part, 9)}&lt;/ref&gt; – [[${words(latin, index, 2)}]]\n\n`,
      )}</text>\n    </revision>\n  </page>\n`,
  },
  cdata: {
    ...items,
    title: 'long CDATA sections, as in the feeds of blogs',
    records: 5000,
    record: (index) =>
      `<item>\n<title>Post ${index}: ${words(latin, index, 6)}</title>\n<g:id>${index}</g:id>\n<g:price>${index}</g:price>\n` +
      `<content:encoded><![CDATA[${repeat(
        20,
        (part) =>
          `<p>${words(latin, index + part, 30)}, <a href="https://x.example/?a=${part}&b=2">${words(latin, part, 3)}</a></p>\n`,
      )}]]></content:encoded>\n</item>\n`,
  },
  cyrillic: {
    ...items,
    title: 'Cyrillic texts',
    records: 20_000,
    record: (index) =>
      `<item>\n  <g:id>${index}</g:id>\n  <title>${words(russian, index, 6)} № ${index}</title>\n` +
      `  <description>${words(russian, index * 3, 45)} &amp; ${words(russian, index, 5)}</description>\n` +
      `  <g:price>${index % 400} RUB</g:price>\n</item>\n`,
  },
  chinese: {
    ...items,
    title: 'Chinese texts',
    records: 25_000,
    record: (index) =>
      `<item>\n  <g:id>${index}</g:id>\n  <title>${chinese.slice(index % 9, (index % 9) + 12)}${index}</title>\n` +
      `  <description>${chinese}${chinese}${chinese.slice(index % 30)}</description>\n` +
      `  <g:price>${index % 400} CNY</g:price>\n</item>\n`,
  },
};

/** How much of each record is read: it is only counted; three fields; all of it, as an object. */
export type Access = 'none' | 'three' | 'all';

/** What the query of a URL asks for: `?shape=osm&read=three`, and so many records with `&size=N`. */
export function shapeOf(url: string): {
  readonly shape: Shape;
  readonly access: Access;
  readonly size: number;
} {
  const { searchParams } = new URL(url, 'http://127.0.0.1');
  const shape = shapes[searchParams.get('shape') ?? ''];
  const access = searchParams.get('read') ?? 'none';
  if (shape === undefined) throw new RangeError(`${url}: the shapes are ${Object.keys(shapes).join(', ')}`);
  if (access !== 'none' && access !== 'three' && access !== 'all')
    throw new RangeError(`${url}: none, three or all is read`);
  return { shape, access, size: Number(searchParams.get('size') ?? shape.records) };
}

/** The bytes of a document of so many records, in pieces of 64 KiB and a little. */
export function* shapeChunks({ head, record, tail }: Shape, records: number): Generator<Buffer> {
  let text = head;
  for (let index = 0; index < records; index += 1) {
    text += record(index);
    if (text.length >= 65_536) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text + tail);
}
