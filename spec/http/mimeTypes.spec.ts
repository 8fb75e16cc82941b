import fc from 'fast-check';
import assert from 'node:assert/strict';
import t from 'tap';
import { MIMEType } from 'whatwg-mimetype';
import {
  isHtmlMimeType,
  isXmlMimeType,
  type MimeType,
  parseMimeType,
  serializeMimeType,
} from '../../source/http/mimeType.js';
import { holds } from '../helpers/property.js';

function mimeType(text: string): MimeType {
  const parsed = parseMimeType(text);
  if (parsed === undefined) throw new Error(`no MIME type: ${text}`);
  return parsed;
}

t.test('an XML MIME type is one of the two, or has a subtype that ends in +xml', (t) => {
  for (const type of ['text/xml', 'Application/XML;charset=x', 'image/svg+xml', 'bogus/x+xml', 'a/+xml']) {
    t.ok(isXmlMimeType(mimeType(type)), type);
  }
  for (const type of ['text/html', 'text/xsl', 'text/plain;+xml', 'text/plainxml', 'image/xml', 'a/x+xmlx']) {
    t.notOk(isXmlMimeType(mimeType(type)), type);
  }
  t.end();
});

t.test('the HTML MIME type is text/html alone', (t) => {
  t.ok(isHtmlMimeType(mimeType('Text/HTML;charset=gbk')));
  t.notOk(isHtmlMimeType(mimeType('application/xhtml+xml')));
  t.notOk(isHtmlMimeType(mimeType('text/html+junk')));
  t.end();
});

t.test('serializeMimeType writes the essence in lower case and quotes values that are not tokens', (t) => {
  const cases = [
    ['Text/HTML ; Charset=UTF-8', 'text/html;charset=UTF-8'],
    ['text/html;charset="gbk"', 'text/html;charset=gbk'],
    ['text/html;x=""', 'text/html;x=""'],
    ['text/html;x="a b"', 'text/html;x="a b"'],
    ['text/html;x="a\\"b\\\\c"; y=1', 'text/html;x="a\\"b\\\\c";y=1'],
    ['text/html;x=é', 'text/html;x="é"'],
    ['text/html', 'text/html'],
  ] as const;
  for (const [input, expected] of cases) t.equal(serializeMimeType(mimeType(input)), expected, input);
  t.end();
});

t.test('parseMimeType restores what serializeMimeType has written', (t) => {
  const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9a-z]{1,8}$/);
  const value = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,12}$/);
  holds(
    t,
    'for any type and parameters',
    fc.property(token, token, fc.array(fc.tuple(token, value)), (type, subtype, entries) => {
      const given = { essence: `${type}/${subtype}`, parameters: new Map(entries) };
      assert.deepEqual(parseMimeType(serializeMimeType(given)), given);
    }),
  );
  t.end();
});

t.test('a MIME type is parsed, classified and serialised as whatwg-mimetype does', (t) => {
  const piece = fc.constantFrom(
    ...[
      'text',
      'application',
      'HTML',
      'xml',
      'x+xml',
      '+xml',
      'json',
      'a+json',
      '/',
      ';',
      '=',
      '"',
      '\\',
      ',',
      ' ',
    ],
    ...[
      '\t',
      '\n',
      '\r',
      '\f',
      '\u000b',
      '\u00a0',
      'charset',
      'utf-8',
      'A',
      'x',
      '\0',
      '\u0080',
      'é',
      '日',
      '\u212a',
      '\ud800',
    ],
  );
  const parts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const input = fc.oneof(
    parts,
    fc
      .tuple(fc.constantFrom('text/html', ' Text/XML ', 'a/b;', 'image/svg+xml'), parts)
      .map((both) => both.join(';')),
  );
  let valid = 0;
  holds(
    t,
    'whatever the text',
    fc.property(input, (text) => {
      const expected = MIMEType.parse(text);
      const actual = parseMimeType(text);
      assert.equal(actual === undefined, expected === null);
      if (actual === undefined || expected === null) return;
      valid += 1;
      assert.equal(actual.essence, expected.essence);
      assert.deepEqual([...actual.parameters], [...expected.parameters]);
      assert.equal(serializeMimeType(actual), expected.toString());
      assert.equal(isXmlMimeType(actual), expected.isXML());
      assert.equal(isHtmlMimeType(actual), expected.isHTML());
    }),
    { numRuns: 3_000 },
  );
  t.ok(valid > 500, `${valid} of them were MIME types`);
  t.end();
});
