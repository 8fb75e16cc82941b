import fc from 'fast-check';
import parseDataURL from 'data-urls';
import assert from 'node:assert/strict';
import t from 'tap';
import { dataUrlProcessor } from '../../../source/node/schemes/data.js';
import { holds } from '../../helpers/property.js';

t.test('a data: URL is parsed as by data-urls', (t) => {
  const piece = fc.constantFrom(
    ...[
      'text/html',
      'TEXT/Plain',
      'image/svg+xml',
      'text',
      '/',
      ';',
      ';',
      ';base64',
      '; base64',
      ';BASE64 ',
      '=',
      '"',
    ],
    ...[
      'charset=utf-8',
      'x="a b"',
      ' ',
      '%20',
      '%3B',
      '%2C',
      '%',
      '%ff',
      'é',
      '日',
      '#',
      '?',
      '\t',
      '\n',
      '\\',
      'Zm9v',
    ],
    ...['YQ==', 'YQ=', '=', '+', '-', '_', '%3D', '%0A', 'a', ':', '//'],
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const url = fc.tuple(text, fc.constantFrom(',', ',', ''), text).map((parts) => `data:${parts.join('')}`);
  const seen = { failure: 0, base64: 0 };
  holds(
    t,
    'whatever is in it',
    fc.property(url, (input) => {
      const parsed = URL.canParse(input) ? new URL(input) : undefined;
      const expected = parseDataURL(input);
      const actual = parsed && dataUrlProcessor(parsed);
      if (/base64 *,/i.test(input)) seen.base64 += 1;
      if (expected === null) seen.failure += 1;
      assert.deepEqual(
        actual && { mimeType: actual.mimeType, body: [...actual.body] },
        expected === null ? undefined : { mimeType: expected.mimeType.toString(), body: [...expected.body] },
      );
    }),
    { numRuns: 3_000 },
  );
  t.ok(seen.failure > 100 && seen.base64 > 100, JSON.stringify(seen));
  t.end();
});
