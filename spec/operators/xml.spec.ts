import { type OperatorFunction } from 'rxjs';
import t from 'tap';
import { type ReadyStateEvent } from '../../source/index.node.js';
import { elements, xml, xmlDocument, XmlElement, type XmlEvent } from '../../source/xml.node.js';
import { emit, operatorContracts, outcome } from '../conformance/operators.js';
import { eventsOf } from '../helpers/events.js';

const feed = '<f a="ü"><i>1 🐟</i><i>2<![CDATA[<]]>漢</i>\r\n<!--x--></f>';

operatorContracts({
  name: "elements('i')",
  make: () => elements('i'),
  body: feed,
  values: ['1 🐟', '2<漢'],
  normalize: (values) => values.map((value) => (value instanceof XmlElement ? value.text() : value)),
});
operatorContracts({
  name: 'xml()',
  make: () => xml(),
  body: feed,
  values: [
    'startElement 0',
    'startElement 9',
    'endElement 16',
    'startElement 20',
    'cdata 24',
    'endElement 38',
    'comment 44',
    'endElement 52',
  ],
  // The pieces of a text may differ, its positions do not.
  normalize: (values) =>
    values.flatMap((value) => {
      if (typeof value === 'string') return [value];
      const { type, position } = value as XmlEvent;
      return type === 'text' ? [] : [`${type} ${position.offset}`];
    }),
});
operatorContracts({
  name: 'xmlDocument()',
  make: () => xmlDocument(),
  body: feed,
  values: ['1 🐟2<漢\n'],
  normalize: (values) =>
    values.map((value) =>
      typeof value === 'string' ? value : (value as Document).documentElement.textContent,
    ),
});

t.test('an unknown option is a TypeError at once, which lists the known ones', (t) => {
  const options: object = { namespace: { g: 'urn:g' } };
  t.throws(() => elements('a', options), {
    name: 'TypeError',
    message: "Unknown XML option 'namespace': use one of entities, limits, namespaces, recover",
  });
  t.throws(() => xml({ entities: 'xhtml' as 'html' }), {
    message: "Unknown set of entities 'xhtml': use one of html",
  });
  t.throws(() => xml(options), {
    message: "Unknown XML option 'namespace': use one of entities, limits, recover",
  });
  t.throws(() => xmlDocument(options), {
    message: "Unknown XML option 'namespace': use one of entities, limits, recover",
  });
  t.end();
});

t.test('an error in the body of a response that is not ok names the status and says what to do', (t) => {
  const exchange = { response: { status: 404, statusText: 'Not Found', ok: false } };
  const page = '<!doctype html>\n<p>Nothing here<br>\n</p>';
  for (const operator of [elements('item'), xml(), xmlDocument()] as OperatorFunction<
    ReadyStateEvent,
    unknown
  >[]) {
    t.match(
      outcome(emit(eventsOf([page], exchange)).pipe(operator))[1],
      /^error: "<!" starts neither .* at line 1, column 1 .*: the server responded with 404 Not Found; put throwIfNotOk\(\) before/,
    );
  }
  const illegal = outcome(emit(eventsOf([Uint8Array.of(0x3c, 0xff)], exchange)).pipe(xml()));
  t.match(illegal[1], /^error: Illegal in .*: the server responded with 404/);
  t.match(
    outcome(emit(eventsOf(['<a>'])).pipe(xml()))[1],
    /at line 1, column 4 \(offset 3\) of https:\/\/example.org\/$/,
  );
  t.end();
});

t.test('an unsupported encoding is an error that names the option for another', (t) => {
  const declared = eventsOf(['<?xml version="1.0" encoding="EBCDIC-37"?><a/>']);
  t.equal(
    outcome(emit(declared).pipe(xml()))[1],
    "error: The encoding 'EBCDIC-37' of the XML declaration is not supported at line 1, column 1 (offset 0) of " +
      "https://example.org/: to read it in another encoding, request it with { mimeType: 'text/xml;charset=…' }",
  );
  t.end();
});
