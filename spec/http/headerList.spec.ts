import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  combineHeader,
  combineHeaders,
  extractHeaderList,
  filterHeaders,
  forEachHeader,
  getHeader,
  getHeaderValues,
  hasHeader,
  indexOfHeader,
  setHeader,
  withDefaultHeaders,
  withoutHeaders,
} from '../../source/http/headerList.js';
import { holds } from '../helpers/property.js';

const list = ['Via', '1', 'X-Id', 'a', 'via', '2'];

t.test('a field is found by its name in lower case, whatever its case in the list', (t) => {
  t.equal(getHeader(list, 'via'), '1, 2');
  t.equal(getHeader(list, 'x-id'), 'a');
  t.equal(getHeader(list, 'via2'), undefined);
  t.equal(getHeader(list, '1'), undefined, 'a value is not a name');
  t.same(getHeaderValues(list, 'via'), ['1', '2']);
  t.same(getHeaderValues(list, 'a'), []);
  t.equal(indexOfHeader(list, 'x-id'), 2);
  t.equal(indexOfHeader(list, 'a'), -1);
  t.ok(hasHeader(list, 'via'));
  t.notOk(hasHeader(list, '2'));
  t.end();
});

t.test(
  'fields are removed by name or by predicate, and the list stays the same object if none match',
  (t) => {
    t.same(withoutHeaders(list, /^via$/i), ['X-Id', 'a']);
    t.equal(withoutHeaders(list, /^cookie$/i), list);
    t.same(
      filterHeaders(list, (name, value) => `${name}${value}` !== 'via2'),
      ['Via', '1', 'X-Id', 'a'],
    );
    t.same(
      filterHeaders([], () => true),
      [],
    );
    t.end();
  },
);

t.test('a default is appended unless the field exists', (t) => {
  t.same(withDefaultHeaders(list, ['VIA', '9', 'Accept', '*/*']), [...list, 'Accept', '*/*']);
  t.same(withDefaultHeaders([], ['Accept', '*/*']), ['Accept', '*/*']);
  t.same(withDefaultHeaders(list, []), list);
  t.end();
});

t.test('a field is set or combined in place, under its existing name', (t) => {
  const headers = ['Content-Type', 'a/b', 'X', '1'];
  setHeader(headers, 'content-TYPE', 'c/d');
  combineHeader(headers, 'x', '2');
  t.same(headers, ['Content-Type', 'c/d', 'X', '1, 2']);
  setHeader(headers, 'Y', '3');
  combineHeader(headers, 'Z', '4');
  t.same(headers.slice(4), ['Y', '3', 'Z', '4']);
  t.end();
});

t.test('a list of tokens is split, without its empty elements', (t) => {
  const values = (...fields: string[]) =>
    extractHeaderList(
      fields.flatMap((field) => ['Allow', field]),
      'allow',
    );
  t.equal(values(), undefined);
  t.same(values('GET, PUT', ',\tHEAD ,,'), ['GET', 'PUT', 'HEAD']);
  t.same(values(''), []);
  t.equal(values('GET, a b'), 'failure');
  t.end();
});

t.test('names are looked up, combined and removed as Headers does', (t) => {
  const name = fc.constantFrom('a', 'A', 'ab', 'aB', 'Ab', 'b', 'B', 'x-y', 'X-Y');
  const fields = fc.array(fc.tuple(name, fc.constantFrom('', '1', '2', 'a')), { maxLength: 8 });
  holds(
    t,
    'for any list',
    fc.property(
      fields,
      name,
      fc.string({ maxLength: 3, unit: fc.constantFrom('u', 'v') }),
      (entries, one, value) => {
        const raw = entries.flat();
        const oracle = new Headers(entries);
        const wanted = one.toLowerCase();
        assert.equal(getHeader(raw, wanted), oracle.get(one) ?? undefined);
        assert.equal(hasHeader(raw, wanted), oracle.has(one));
        assert.deepEqual([...combineHeaders(raw)].sort(), [...oracle]);
        assert.equal(getHeaderValues(raw, wanted).join(', '), oracle.get(one) ?? '');
        const seen: [string, string][] = [];
        forEachHeader(raw, (...field) => seen.push(field));
        assert.deepEqual(seen, entries);

        const combined: string[] = [];
        for (const [each, text] of entries) combineHeader(combined, each, text);
        assert.deepEqual([...combineHeaders(combined)].sort(), [...oracle]);
        assert.equal(combined.length, 2 * [...oracle].length);
        setHeader(combined, one, value);
        const set = new Headers(entries);
        set.set(one, value);
        assert.deepEqual([...combineHeaders(combined)].sort(), [...set]);

        oracle.delete(one);
        const left = withoutHeaders(raw, new RegExp(`^${one}$`, 'i'));
        assert.deepEqual([...combineHeaders(left)].sort(), [...oracle]);
      },
    ),
  );
  t.end();
});
