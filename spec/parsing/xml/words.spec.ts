import { gzipSync } from 'node:zlib';
import t from 'tap';
import { emit, outcome } from '../../conformance/operators.js';
import { chunkings } from '../../helpers/chunkings.js';
import { eventsOf, type Exchange } from '../../helpers/events.js';
import { zipArchive } from '../../helpers/zipArchive.js';
import { treeReader } from '../../../source/parsing/xml/readElements.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { elements, xml, xmlDocument } from '../../../source/xml.node.js';

/** The error of each operator, without the URL; it has to be the same, however the body is cut. */
function errorOf(t: Tap, body: string | Uint8Array, exchange: Exchange = {}): string {
  const bytes = Buffer.from(body);
  const errors = new Set<string>();
  for (const { pieces } of chunkings<Uint8Array>(bytes.subarray(0, 300))) {
    const events = eventsOf([...pieces, bytes.subarray(300)], exchange);
    for (const operator of [elements('item'), xml(), xmlDocument()]) {
      const [, end] = outcome(emit(events).pipe(operator as ReturnType<typeof xml>));
      errors.add(end.replace(' of https://example.org/', '').replace(/^error: /, ''));
    }
    const parser = treeReader.read(compileSelector('item'), { encoding: charsetOf(exchange) });
    errors.add(
      messageOf(() => {
        for (const piece of [...pieces, bytes.subarray(300)]) parser.write(piece, []);
        parser.end([]);
      }),
    );
  }
  t.equal(errors.size, 1, 'the same error of all', { errors: [...errors] });
  return [...errors][0] ?? '';
}

type Tap = Pick<typeof t, 'equal'>;

function charsetOf({ headers = {}, response }: Exchange): string | undefined {
  return /charset=(.*)$/.exec(response?.mimeType ?? headers['content-type'] ?? '')?.[1];
}

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'complete';
}

t.test('a body that is no XML is named, with what to do', (t) => {
  const packed = 'at line 1, column 1 (offset 0): put decompress() before the operator that reads it';
  t.equal(errorOf(t, gzipSync('<a/>')), `The body is gzip, not XML ${packed}`);
  t.equal(errorOf(t, zipArchive([{ name: 'a.xml', data: '<a/>' }])), `The body is zip, not XML ${packed}`);
  const page = 'the body is an HTML page, not a feed: check the URL, or read it with an HTML parser';
  t.match(errorOf(t, '<!doctype html><title>Not here</title><p>x<br></p>'), new RegExp(`${page}$`));
  t.match(
    errorOf(t, '\n <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<HTML><br></HTML>'),
    new RegExp(`${page}$`),
  );
  t.match(errorOf(t, '<html>\n<meta charset=utf-8></html>'), new RegExp(`${page}$`));
  t.equal(errorOf(t, '<html xmlns="http://www.w3.org/1999/xhtml"><br/></html>'), 'complete');
  t.match(errorOf(t, '<htmlx><br></htmlx>'), /where <br> \(opened at/);
  t.end();
});

t.test('trouble with the encoding is named, with what to do', (t) => {
  t.equal(
    errorOf(t, '\uFEFF\uFEFF<a/>'),
    'There is a second byte order mark at line 1, column 1 (offset 0): remove it, or read on with recover',
  );
  const little = Buffer.from('<a>é</a>', 'utf16le');
  const big = Buffer.from(little).swap16();
  const advice = (name: string): string =>
    `at line 1, column 1 (offset 0): request it with { mimeType: 'text/xml;charset=${name}' }`;
  t.equal(errorOf(t, little), `The body is UTF-16LE without a byte order mark ${advice('utf-16le')}`);
  t.equal(errorOf(t, big), `The body is UTF-16BE without a byte order mark ${advice('utf-16be')}`);
  t.equal(errorOf(t, little, { headers: { 'content-type': 'text/xml;charset=utf-16le' } }), 'complete');
  t.equal(errorOf(t, Buffer.from('<?xml version="1.0"?><a/>', 'utf16le')), 'complete');
  const unknown =
    "The encoding 'utf-9' of the MIME type is not supported at line 1, column 1 (offset 0): " +
    "request it with { mimeType: 'text/xml;charset=…' } to have it read in another";
  t.equal(errorOf(t, '<a/>', { headers: { 'content-type': 'text/xml;charset=utf-9' } }), unknown);
  t.equal(errorOf(t, '<a/>', { response: { mimeType: 'text/xml;charset=utf-9' } }), unknown);
  t.equal(errorOf(t, '\uFEFF<a/>', { response: { mimeType: 'text/xml;charset=utf-9' } }), 'complete');
  t.end();
});

t.test('what is wrong is named', (t) => {
  t.equal(
    errorOf(t, '<a>\x01</a>'),
    'The character U+0001 is not allowed in XML at line 1, column 4 (offset 3)',
  );
  t.equal(
    errorOf(t, '<a b="\uFFFF"/>'),
    'The character U+FFFF is not allowed in XML at line 1, column 7 (offset 6)',
  );
  t.match(
    errorOf(t, '<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>'),
    /^The XML declaration is malformed at line 1, column \d+ \(offset \d+\): the order is version, encoding, standalone$/,
  );
  t.match(errorOf(t, '<?xml encoding="UTF-8"?><a/>'), /the order is version, encoding, standalone$/);
  t.end();
});

t.test('an entity that only something unread could declare is passed over', (t) => {
  const doctypes = [
    'a SYSTEM "a.dtd"',
    'a PUBLIC "-//A" "a.dtd"',
    'a [<!ENTITY % e SYSTEM "e"> %e; <!ENTITY x "x">]',
    'a [<!ENTITY % e ""> %e;]',
  ];
  for (const doctype of doctypes) {
    const feed = `<!DOCTYPE ${doctype}><a b="1&x;2"><i>3&x;4</i>&x;</a>`;
    for (const { pieces } of chunkings<Uint8Array>(Buffer.from(feed))) {
      const [values] = outcome(emit(eventsOf(pieces)).pipe(elements('a')));
      const element = values[0] as { text(): string; toString(): string } | undefined;
      if (element?.text() !== '34' || String(element) !== '<a b="12"><i>34</i></a>')
        t.fail(`${doctype}: ${String(element)}`);
    }
    const [events] = outcome(emit(eventsOf([feed])).pipe(xml()));
    const start = feed.indexOf('<i>') + 4;
    t.match(events.slice(3, 6), [
      { type: 'text', text: '3' },
      { type: 'skippedEntity', name: 'x', position: { line: 1, column: start + 1, offset: start } },
      { type: 'text', text: '4', position: { offset: start + 3 } },
    ]);
    const [supplied] = outcome(emit(eventsOf([feed])).pipe(elements('a', { entities: { x: 'X' } })));
    t.equal(String(supplied[0]), '<a b="1X2"><i>3X4</i>X</a>');
  }
  const standalone = `<?xml version="1.0" standalone="yes"?><!DOCTYPE a SYSTEM "a.dtd"><a>&x;</a>`;
  t.match(errorOf(t, standalone), /^The entity "x" is not declared/);
  t.match(errorOf(t, '<!DOCTYPE a><a>&x;</a>'), /^The entity "x" is not declared/);
  t.end();
});

t.test('a skipped entity is a child of its own kind', (t) => {
  const feed = '<!DOCTYPE a SYSTEM "a.dtd"><a>1&x;2<b/>&y;</a>';
  const [[element]] = outcome(emit(eventsOf([feed])).pipe(elements('a'))) as unknown as [[XmlParent]];
  t.same(
    element.children.map((child) =>
      typeof child === 'string' ? child : `${child.constructor.name} ${child.name}`,
    ),
    ['1', 'XmlSkippedEntity x', '2', 'XmlElement b', 'XmlSkippedEntity y'],
  );
  t.equal(element.all('*').length, 1);
  t.equal(element.all(':scope *').length, 1);
  t.same(element.toObject(), { '#text': '12', b: '' });
  t.end();
});

interface XmlParent {
  readonly children: readonly (string | { readonly name: string })[];
  all(selector: string): readonly unknown[];
  toObject(): unknown;
}

t.test('a selector that is meant as something else is answered with the one that was meant', (t) => {
  for (const [selector, answer] of [
    ['a.b', /for the element a\.b write a\\\.b$/],
    [
      'modules > android.widget.Button',
      /for the element android\.widget\.Button write android\\\.widget\\\.Button$/,
    ],
    ['.b', /write \[class~="b"\]$/],
    ['channel/item', /is a path, as XPath has them, and not a CSS selector: write channel > item$/],
    ['//item', /: write item$/],
    ['.//item', /: write item$/],
    ['/rss/channel/item', /: write rss:root > channel > item$/],
    ['channel//g:price', /: write channel g\|price$/],
    [
      'item:first',
      /has :first, which is not CSS: write item:first-of-type, or take\(1\) for the first match of all$/,
    ],
    ['item:even', /write item:nth-of-type\(odd\)$/],
    ['item:last', /has :last, which needs what comes later/],
    ['g:price', /for the element g:price write g\|price$/],
  ] as const) {
    const message = messageOf(() => elements(selector));
    t.match(message, answer, selector);
  }
  t.doesNotThrow(() => elements('a\\.b'));
  t.end();
});
