import fc from 'fast-check';
import t from 'tap';
import { isXmlError } from '../../../source/errors/guards.js';
import { defaultLimits, type Limits } from '../../../source/options/limits.js';
import { bindNodeTextDecoder } from '../../../source/parsing/encoding/bindNodeTextDecoder.js';
import { checkXmlCheckpoint } from '../../../source/parsing/xml/records/checkXmlCheckpoint.js';
import {
  type ReadElementsOptions,
  type ResponseFacts,
  treeReader,
} from '../../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../../source/parsing/xml/records/readRecords.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { type XmlCheckpoint } from '../../../source/parsing/xml/XmlCheckpoint.js';
import { type XmlElement } from '../../../source/parsing/xml/XmlElement.js';
import { HeaderMap } from '../../../source/request/HeaderMap.js';
import { cutAt } from '../../helpers/chunkings.js';
import { holds } from '../../helpers/property.js';
import { randomCuts, randomDocuments } from './randomDocuments.js';

bindNodeTextDecoder();

interface Reading {
  /** Everything of each record that can be seen, and the error. */
  readonly told: readonly string[];
  /** The checkpoint at each record, where there is one. */
  readonly checkpoints: readonly (XmlCheckpoint | string)[];
}

type Options = Omit<ReadElementsOptions, 'limits'> & { readonly limits?: Partial<Limits> };

function facts(status: number, fields: Readonly<Record<string, string>>): ResponseFacts {
  return {
    url: 'http://a/feed',
    status,
    headers: HeaderMap.from({ etag: '"1"', ...fields }),
    decodedAs: undefined,
  };
}

function read(pieces: readonly Uint8Array[], selector: string, options: Options): Reading {
  const told: string[] = [];
  const checkpoints: (XmlCheckpoint | string)[] = [];
  const output: XmlElement[] = [];
  const take = (): void => {
    for (const element of output) {
      const { name, uri, position, ancestors } = element;
      const around = ancestors.map((tag) => [tag.name, tag.uri, tag.attributes]);
      told.push(JSON.stringify([name, uri, position, around, element.toObject(), element.toString()]));
      try {
        checkpoints.push(JSON.parse(JSON.stringify(element.checkpoint())) as XmlCheckpoint);
      } catch (error) {
        checkpoints.push(String(error));
      }
    }
    output.length = 0;
  };
  try {
    const limits = { ...defaultLimits, ...options.limits };
    const parser = recordScanner.read(compileSelector(selector, options.namespaces), { ...options, limits });
    for (const piece of pieces) {
      parser.write(piece, output);
      take();
    }
    parser.end(output);
    take();
  } catch (error) {
    take();
    told.push(
      isXmlError(error)
        ? `${error.message} ${JSON.stringify([error.position, error.records])}`
        : String(error),
    );
  }
  return { told, checkpoints };
}

/** What is wrong with what is read from each checkpoint on; empty where it is as without interruption. */
function differences(
  body: Uint8Array,
  selector: string,
  options: Options,
  cuts: readonly number[] = [],
): readonly unknown[] {
  const whole = read(cutAt(body, cuts), selector, { ...options, response: facts(200, {}) });
  return whole.checkpoints.flatMap((checkpoint, index) => {
    if (typeof checkpoint === 'string') return [];
    const from = checkpoint.offset - checkpoint.overlap;
    const response = facts(206, { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` });
    const resumeAt = checkXmlCheckpoint(checkpoint, selector, options.namespaces ?? {});
    const rest = read(cutAt(body.subarray(from), cuts), selector, { ...options, response, resumeAt });
    const expected = { told: whole.told.slice(index + 1), checkpoints: whole.checkpoints.slice(index + 1) };
    return JSON.stringify(rest) === JSON.stringify(expected) ? [] : [{ checkpoint, rest, expected }];
  });
}

const feed = `<?xml version="1.0"?>\r
<!-- é -->
<rss xmlns="urn:d" xmlns:g="urn:g" g:v="&quot;1&#10;&amp;" y="	x"><channel lang='fr "x"'>
<item id="1"><g:id>A</g:id><title>Thé 😀</title></item><sep/><item id="2" xmlns:h="urn:h"><h:x/><![CDATA[<&]]></item>
<other><item id="3">&amp;</item></other>\r\n<item id="4"/>
<item id="5"><item id="6"/></item></channel><channel><item id="7"/></channel></rss>
<!-- end -->`;
const selectors = [
  ...['item', 'channel > item', 'rss', '*', 'item[id="4"]', 'channel > item[id]', 'sep + item', 'sep ~ item'],
  ...[
    'item:nth-child(2n+1)',
    'item:nth-of-type(2)',
    'channel:nth-child(2) item',
    'other item',
    ':root > *',
    'item:not(:first-child)',
  ],
  ...['sep + item, other item', 'item:nth-of-type(odd), sep', 'title', 'channel:first-child > item'],
];

t.test('reads on behind every record as if nothing had happened', (t) => {
  const body = new TextEncoder().encode(feed);
  let count = 0;
  for (const selector of selectors) {
    const { checkpoints } = read([body], selector, { response: facts(200, {}) });
    count += checkpoints.filter((checkpoint) => typeof checkpoint !== 'string').length;
    t.same(differences(body, selector, {}), [], selector);
    t.same(differences(body, selector, {}, Array.from(body.keys())), [], `${selector}, byte by byte`);
  }
  t.ok(count > 40, `${count} checkpoints`);
  t.end();
});

t.test('gives the same errors at the same places', (t) => {
  const broken = [
    '<x></y>',
    '</rss>',
    '<a b="1" b="2"/>',
    '&nope;',
    '\u0001',
    '<!-- -- -->',
    '<p:x/>',
    'é'.repeat(3) + '<',
    ']]>',
  ];
  const cut = feed.slice(0, feed.indexOf('<other>'));
  for (const trouble of broken) {
    const body = new TextEncoder().encode(cut + trouble + feed.slice(cut.length));
    t.same(differences(body, 'item', {}), [], trouble);
  }
  t.same(differences(new TextEncoder().encode(cut), 'item', {}), [], 'cut short');
  const illegal = Buffer.concat([
    Buffer.from(cut),
    Buffer.from([0xff, 0x41]),
    Buffer.from('</channel></rss>'),
  ]);
  t.same(differences(illegal, 'item', {}), [], 'illegal bytes');
  t.same(
    differences(Buffer.from(`\uFEFF${feed}<junk/>`), 'item', {}),
    [],
    'junk behind the root, and a byte order mark',
  );
  t.end();
});

t.test('limits and entities count on', (t) => {
  const body = new TextEncoder().encode(`<a>${'<b>&e;</b>'.repeat(30)}</a>`);
  const entities = (name: string): string | undefined => (name === 'e' ? 'x'.repeat(10) : undefined);
  for (const xmlEntityCharacters of [95, 100, 205]) {
    const options = { entities, limits: { xmlEntityCharacters, xmlEntityGrowth: 0 } };
    t.match(read([body], 'b', options).told.at(-1), /xmlEntityCharacters/);
    t.same(differences(body, 'b', options), []);
  }
  t.same(differences(body, 'b', { entities, limits: { xmlEntityCharacters: 50, xmlEntityGrowth: 0.9 } }), []);
  t.end();
});

t.test('reads on in every encoding whose places can be told in bytes', (t) => {
  const text = '<?xml version="1.0"?><r é="é"><i>ä</i>\r\n<i>ö</i><i/>ü</r>';
  const utf16 = (isBig: boolean, mark: string): Uint8Array => {
    const bytes = Buffer.from(mark + text, 'utf16le');
    return isBig ? bytes.swap16() : bytes;
  };
  const bodies: readonly (readonly [name: string, body: Uint8Array, encoding?: string])[] = [
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE with a mark', utf16(false, '\uFEFF')],
    ['UTF-16BE with a mark', utf16(true, '\uFEFF')],
    ['UTF-16LE', utf16(false, ''), 'utf-16le'],
    ['windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
    ['ISO-8859-2', Buffer.from(text, 'latin1'), 'iso-8859-2'],
  ];
  for (const [name, body, encoding] of bodies) {
    const { checkpoints } = read([body], 'i', { encoding, response: facts(200, {}) });
    t.equal(checkpoints.filter((one) => typeof one === 'object').length, 3, name);
    t.same(differences(body, 'i', { encoding }), [], name);
    t.same(differences(body, 'i', { encoding }, Array.from(body.keys())), [], `${name}, byte by byte`);
  }
  for (const encoding of ['iso-2022-jp', 'shift_jis', 'gb18030', 'euc-kr', 'big5']) {
    const [checkpoint] = read([Buffer.from('<r><i/></r>')], 'i', {
      encoding,
      response: facts(200, {}),
    }).checkpoints;
    t.match(checkpoint, new RegExp(`TypeError: .* in the encoding ${encoding}`));
  }
  t.end();
});

t.test('random documents, however they are cut', (t) => {
  let resumed = 0;
  holds(
    t,
    'the rest is the same',
    fc.property(
      randomDocuments,
      randomCuts,
      fc.constantFrom(
        ':root > *',
        ':root > :nth-child(odd)',
        ':root > * ~ *',
        'a, b, item, g|id',
        ':root > * *',
      ),
      (bytes, cuts, selector) => {
        const options = { namespaces: { g: 'urn:g' }, entities: { eacute: 'é', brand: 'Thé' } };
        const { checkpoints } = read([bytes], selector, { ...options, response: facts(200, {}) });
        resumed += checkpoints.filter((checkpoint) => typeof checkpoint !== 'string').length;
        return differences(bytes, selector, options, cuts).length === 0;
      },
    ),
    { numRuns: 600 },
  );
  t.ok(resumed > 200, `${resumed} checkpoints`);
  t.end();
});

t.test('says why there is no checkpoint', (t) => {
  const first = (xml: string, selector: string, response?: ResponseFacts): unknown =>
    read([Buffer.from(xml)], selector, response === undefined ? {} : { response }).checkpoints[0];
  const xml = '<r><i><i/></i></r>';
  t.match(first(xml, 'i', facts(200, {})), /of records inside one another the outermost/);
  t.match(first('<r><i/></r>', 'i'), /nothing is known of the response/);
  t.match(first('<r><i/></r>', 'i', facts(200, { etag: 'W/"1"' })), /no strong validator/);
  t.match(
    first('<r><i/></r>', 'i', facts(200, { 'content-encoding': 'gzip' })),
    /content coding gzip: request it with resumeAt/,
  );
  t.match(first('<r><i/></r>', 'i', { ...facts(200, {}), decodedAs: 'utf-8' }), /XMLHttpRequest has decoded/);
  t.match(first('<!DOCTYPE r [<!ENTITY e "x">]><r><i/></r>', 'i', facts(200, {})), /the document has a DTD/);
  t.match(first('<?xml version="1.1"?><r><i/></r>', 'i', facts(200, {})), /XML 1\.1/);
  const date = { 'last-modified': 'Tue, 15 Nov 1994 12:45:26 GMT', date: 'Tue, 15 Nov 1994 12:46:26 GMT' };
  const dated = { ...facts(200, {}), headers: HeaderMap.from(date) };
  t.match(first('<r><i/></r>', 'i', dated), { validator: date['last-modified'] });
  const soon = { ...dated, headers: HeaderMap.from({ ...date, date: 'Tue, 15 Nov 1994 12:46:25 GMT' }) };
  t.match(first('<r><i/></r>', 'i', soon), /no strong validator/);
  t.end();
});

t.test('fails before the first record where the response is not the rest of the document', (t) => {
  const body = Buffer.from('<r><i>1</i><i>2</i></r>');
  const [checkpoint] = read([body], 'i', { response: facts(200, {}) }).checkpoints;
  if (typeof checkpoint !== 'object') throw new Error(String(checkpoint));
  const rest = (response: ResponseFacts, piece: Uint8Array = body.subarray(10)): readonly string[] =>
    read([piece], 'i', { response, resumeAt: checkpoint }).told;
  const range = { 'content-range': 'bytes 10-22/23' };
  t.equal(rest(facts(206, range)).length, 1);
  t.same(rest(facts(200, {}), body), rest(facts(206, range)), 'a server without ranges sends all');
  t.same(rest({ ...facts(206, range), headers: HeaderMap.from(range) }), rest(facts(206, range)));
  const failures: readonly (readonly [response: ResponseFacts, message: RegExp, piece?: Uint8Array])[] = [
    [facts(200, { etag: '"2"' }), /ResumeError: .*the document has changed since\. Start again without it/],
    [facts(206, { ...range, etag: '"2"' }), /has changed/],
    [facts(206, { ...range, etag: 'W/"1"' }), /no strong validator/],
    [facts(206, {}), /which range it is/],
    [facts(206, { 'content-range': 'bytes 0-22/23' }), /begins at byte 0 instead of 10/],
    [facts(206, { ...range, 'content-encoding': 'gzip' }), /content coding gzip/],
    [facts(404, {}), /responded with 404 instead of 206/],
    [facts(206, range), /something else in its place/, Buffer.from('x<i>2</i></r>')],
    [facts(206, range), /ends before it/, Buffer.from('')],
    [facts(200, {}), /ends before it/, Buffer.from('<r><i>1')],
    [{ ...facts(206, range), decodedAs: 'utf-8' }, /has decoded the body/],
  ];
  for (const [response, message, piece] of failures) {
    const told = rest(response, piece);
    t.equal(told.length, 1, message.source);
    t.match(told[0], message);
  }
  t.throws(() => checkXmlCheckpoint(checkpoint, 'j', {}), {
    name: 'TypeError',
    message: /of the selector 'i', not of 'j'/,
  });
  t.throws(() => checkXmlCheckpoint(checkpoint, 'i', { g: 'urn:g' }), { message: /other namespaces/ });
  for (const wrong of [null, 'x', {}, { ...checkpoint, version: 2 }, { ...checkpoint, offset: '1' }])
    t.throws(() => checkXmlCheckpoint(wrong as never, 'i', {}), {
      name: 'TypeError',
      message: /give what element\.checkpoint\(\) gave/,
    });
  t.throws(() => treeReader.checkCheckpoint(checkpoint, 'i', {}), /readystream\/xml\/scanner/);
  t.end();
});
