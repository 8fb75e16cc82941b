import t from 'tap';
import { emit, outcome } from '../../../conformance/operators.js';
import { eventsOf } from '../../../helpers/events.js';
import { elements, xmlDocument, XmlElement, type XmlRepair } from '../../../../source/xml.node.js';
import { wildFeeds } from './wild.js';

const textsOf = (element: XmlElement): string => {
  const children = element.children.filter((child) => child instanceof XmlElement);
  return children.length === 0 || element.children.length > children.length
    ? element.text()
    : children.map((child) => child.text()).join('|');
};

function read(pieces: readonly Uint8Array[], recover: boolean, select = 'item') {
  const repairs: XmlRepair[] = [];
  const option = recover && ((repair: XmlRepair): unknown => repairs.push(repair));
  const [values, end] = outcome(emit(eventsOf(pieces)).pipe(elements(select, { recover: option as never })));
  return { records: (values as XmlElement[]).map(textsOf), kinds: repairs.map(({ kind }) => kind), end };
}

t.test('feeds as they are found are read', (t) => {
  t.ok(wildFeeds.length >= 60, `${wildFeeds.length} feeds`);
  for (const { title, body, select, records, kinds } of wildFeeds) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
    t.same(read([bytes], true, select), { records, kinds, end: 'complete' }, title);
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    t.same(read(single, true, select), { records, kinds, end: 'complete' }, `${title}, byte by byte`);
    const strict = read([bytes], false, select);
    t.equal(strict.end === 'complete', kinds.length === 0, `${title}, strictly`);
    if (kinds.length === 0) t.same(strict.records, records, `${title}, strictly`);
  }
  t.end();
});

t.test('a DOM has the first root, whatever was repaired', (t) => {
  for (const { title, body } of wildFeeds) {
    const bytes = Buffer.from(body as string);
    const [values, end] = outcome(emit(eventsOf([bytes])).pipe(xmlDocument({ recover: true })));
    t.equal(end, 'complete', title);
    t.equal((values as Document[])[0]?.childNodes.length !== 0, true);
  }
  t.end();
});

t.test('a repair has its place and its text', (t) => {
  const repairs: XmlRepair[] = [];
  const feed = `<a>\n<b c="${'x'.repeat(200)}" c="2">é & y</b></a>`;
  outcome(emit(eventsOf([feed])).pipe(elements('b', { recover: (repair) => repairs.push(repair) })));
  t.same(repairs, [
    { kind: 'duplicateAttribute', position: { line: 2, column: 209, offset: 212 }, text: 'c' },
    { kind: 'bareAmpersand', position: { line: 2, column: 217, offset: 220 }, text: '&' },
  ]);
  const long: XmlRepair[] = [];
  const broken = `<a/>${'x'.repeat(200)}`;
  outcome(emit(eventsOf([broken])).pipe(elements('a', { recover: (repair) => long.push(repair) })));
  t.equal(long[0]?.text, `${'x'.repeat(99)}…`);
  t.end();
});

t.test('names whose prefix is not declared are selected as they stand', (t) => {
  const feed = '<a><item g:id="7"><g:price>5</g:price><price>6</price></item></a>';
  const [values] = outcome(emit(eventsOf([feed])).pipe(elements('item', { recover: true })));
  const [item] = values as XmlElement[];
  t.equal(item?.text('g\\:price'), '5');
  t.equal(item?.text('price'), '6');
  t.equal(item?.attribute('g:id'), '7');
  t.match(item?.first('g\\:price'), { name: 'g:price', prefix: '', local: 'g:price', uri: '' });
  t.same(item?.toObject(), { '@g:id': '7', 'g:price': '5', price: '6' });
  t.equal(outcome(emit(eventsOf([feed])).pipe(elements('g\\:price', { recover: true })))[0].length, 1);
  t.end();
});

t.test('a function that throws is an error of the stream; what is no function, one at once', (t) => {
  const thrown = (): never => {
    throw new RangeError('enough');
  };
  t.equal(outcome(emit(eventsOf(['<a>&</a>'])).pipe(elements('a', { recover: thrown })))[1], 'error: enough');
  t.throws(() => elements('a', { recover: 'yes' as never }), TypeError);
  t.end();
});
