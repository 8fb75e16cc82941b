import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  parseURL,
  percentDecodeString,
  serializePath,
  serializeURL,
  serializeURLOrigin,
  setThePassword,
  setTheUsername,
  type URLRecord,
} from 'whatwg-url';
import {
  credentialsOf,
  includesCredentials,
  isHttpUrl,
  isPotentiallyTrustworthy,
  originOf,
  parseUrl,
  pathOf,
  percentDecode,
  percentDecodeText,
  schemeOf,
  shownUrl,
  splitHttpUrl,
  withoutCredentials,
  withoutFragment,
} from '../../source/http/serializedUrl.js';
import { holds } from '../helpers/property.js';

/** Text with many of the characters that delimit parts of a URL, in any order. */
const part = fc.string({
  unit: fc.constantFrom(
    ...Array.from('aZ0:@/?#%.\\[] é\t;=,&\'"~|'),
    '%2e',
    '%40',
    '%',
    '..',
    '//',
    'ß',
    '😀',
  ),
  maxLength: 6,
});
const host = fc.oneof(
  fc.constantFrom(
    'h',
    'a.example',
    'A-b.example',
    '127.0.0.1',
    '127.255.0.9',
    '128.0.0.1',
    '12.7.0.1',
    '1.2.3.4',
  ),
  fc.constantFrom(
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    'notlocalhost',
    'localhost.example',
    'a.localhost.',
  ),
  fc.constantFrom(
    '[::1]',
    '[::2]',
    '[2001:db8::1]',
    '0x7f.1',
    '2130706433',
    'ß.example',
    'a.1b',
    '1a',
    'x_y',
    '999.1.1.1',
  ),
  part,
);
const text = fc
  .tuple(
    fc.constantFrom(
      'http://',
      'https://',
      'HTTP:',
      'https:\\\\',
      'ftp://',
      'file://',
      'x://',
      'x:',
      'data:',
      '//',
      '',
    ),
    fc.option(fc.tuple(part, fc.option(part)), { nil: undefined }),
    host,
    fc.constantFrom('', ':80', ':443', ':8080', ':0', ':x'),
    fc.array(fc.oneof(fc.constantFrom('/', '/..', '/.a', '/%2E', '/p@q', '?q', '#f'), part), {
      maxLength: 4,
    }),
  )
  .map(([scheme, login, name, port, rest]) => {
    const [user = '', password] = login ?? [];
    const userinfo = login === undefined ? '' : `${user}${password === null ? '' : `:${password ?? ''}`}@`;
    return `${scheme}${userinfo}${name}${port}${rest.join('')}`;
  });

/** URLs as somebody may write them. */
const written = [
  'http://a.example/',
  'https://a.example:8443/a/b?c=/../d&e=%2e%2e#f',
  'HTTP://A.example/',
  'http://a.example/a/../b',
  'http://a.example/./a',
  'http://a.example/a/%2e%2e/b',
  'http://a.example/a/.%2E/b',
  'http://a.example',
  'http://a.example?x',
  'http://u:p@a.example/a@b',
  'http://me:p%40ss@[::1]:81/?//x@y',
  'http://:x@a.example/b#?',
  'http://localhost:x@evil.example/',
  'http://127.0.0.1:80@evil.example/',
  'http://[::1]:8080/a',
  'http://0x7f.1/',
  'http://127.0.0.1:8080/a',
  'http://127.0.0.01/',
  'http://a.example/a b"<>`{}|^\\c',
  "http://a.example/it's?it's",
  'http://bücher.example/ü?ü#ü',
  'http://a.example/a\tb\nc',
  'http://a.example/a?',
];

/** A URL's record by the standard's algorithms, and its serialisation. */
const parsed = fc
  .oneof({ arbitrary: text, weight: 9 }, fc.constantFrom(...written))
  .map((input) => parseURL(input))
  .filter((record) => record !== null)
  .map((record) => ({ record, url: serializeURL(record) }));
const parsedHttp = parsed.filter(({ url }) => isHttpUrl(url));

t.test('the parts read from a serialised URL match its record', (t) => {
  let withLogin = 0;
  holds(
    t,
    'the record says the same',
    fc.property(parsed, ({ record, url }) => {
      const { scheme, username, password } = record;
      assert.equal(schemeOf(url), scheme);
      assert.equal(isHttpUrl(url), scheme === 'http' || scheme === 'https');
      assert.equal(includesCredentials(url), username !== '' || password !== '');
      assert.deepEqual(credentialsOf(url), { username, password });
      assert.equal(withoutFragment(url), serializeURL(record, true));
      assert.equal(parseUrl(url)?.href, url);
      if (username !== '' || password !== '') withLogin += 1;
      const bare = serializeURL(withoutLogin(record));
      assert.equal(withoutCredentials(url), bare);
      // In ada:secret@host the scheme is missing: text without a host may be credentials too.
      const mayBeLogin = scheme !== 'data' && !bare.startsWith(`${scheme}://`) && bare.includes('@');
      if (mayBeLogin) assert.doesNotMatch(shownUrl(url), /:[^…]+@/);
      else assert.equal(shownUrl(url), bare);
    }),
    { numRuns: 2_000 },
  );
  t.ok(withLogin > 100, `${withLogin} of the URLs had credentials`);
  t.end();
});

t.test('the parts read from a serialised http(s) URL match its record', (t) => {
  const seen = { trusted: 0, untrusted: 0 };
  holds(
    t,
    'the record says the same',
    fc.property(parsedHttp, ({ record, url }) => {
      const origin = serializeURLOrigin(record);
      const dispatched = serializeURL(withoutLogin(record), true);
      assert.equal(originOf(url), origin);
      assert.equal(pathOf(url), serializePath(record));
      assert.deepEqual(splitHttpUrl(url), { origin, path: dispatched.slice(origin.length) });
      const isTrusted = isTrustworthy(record);
      seen[isTrusted ? 'trusted' : 'untrusted'] += 1;
      assert.equal(isPotentiallyTrustworthy(url), isTrusted);
    }),
    { numRuns: 2_000 },
  );
  t.ok(seen.trusted > 100 && seen.untrusted > 100, JSON.stringify(seen));
  t.end();
});

t.test('a URL changed by hand is split as Node parses it, or is an error without its password', (t) => {
  holds(
    t,
    "Node's parser says the same",
    fc.property(
      fc.oneof(
        text.map((rest) => `http://${rest}`),
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
      ),
      (input) => {
        const read = parseUrl(input);
        if (read === undefined) assert.throws(() => splitHttpUrl(input), TypeError);
        else {
          const { origin, path } = splitHttpUrl(input);
          assert.equal(path, withoutFragment(withoutCredentials(read.href).slice(read.origin.length)));
          // A scheme's default port may stay.
          assert.equal(new URL(origin).origin, read.origin);
        }
      },
    ),
    { numRuns: 2_000, examples: written.map((input) => [input]) },
  );
  t.throws(() => splitHttpUrl('http://ada:se/cret@h/'), {
    name: 'TypeError',
    message: 'http://…@h/ is not a URL',
  });
  t.end();
});

t.test('text is never shown with credentials that a URL parser may find in it, and never throws', (t) => {
  const starts = [
    'http://',
    'https:',
    'HTTPS:\\',
    ' ftp:/',
    'x://',
    '//',
    '\\\\',
    'ht\ntp://',
    '/\t/',
    '"http://',
  ];
  const ends = ['h/', 'h:99999/', '[/', 'h o/', '', 'h/a@b', 'h?q=@', 'h#@'];
  holds(
    t,
    'no part of the credentials is shown',
    fc.property(
      fc.constantFrom(...starts),
      fc.constantFrom('ada:secret', 'ada:se/cret', 'ada:s@cret', ':secret', 'ada', 'ada:50%off'),
      fc.constantFrom(...ends),
      (start, login, end) => {
        const shown = shownUrl(`${start}${login}@${end}`);
        for (const secret of ['ada', 'secret', 'cret', '50%off']) assert.ok(!shown.includes(secret), shown);
      },
    ),
    { numRuns: 1_000 },
  );
  holds(
    t,
    'any text is shown, unchanged if it cannot contain credentials',
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (any) => {
      assert.equal(typeof shownUrl(any), 'string');
      if (!any.includes('@')) assert.equal(shownUrl(any), any);
    }),
  );
  t.equal(shownUrl('/path?mail=ada@h.example'), '/path?mail=ada@h.example', 'it cannot contain credentials');
  t.equal(shownUrl('http://h/?mail=ada@h.example'), 'http://h/?mail=ada@h.example');
  t.equal(shownUrl('data:text/plain,a@b'), 'data:text/plain,a@b');
  t.equal(shownUrl('file://u:p@/etc/hosts'), 'file:///etc/hosts');
  t.equal(shownUrl(`http://[${'//@'.repeat(200_000)}`).length, 'http://…@'.length, 'in linear time');
  t.end();
});

t.test('percent-decoding never throws, and follows the standard', (t) => {
  const encoded = fc.string({
    unit: fc.constantFrom('%', '%4', '%41', '%C3%A9', '%c3', '%ff', '%EF%BB%BF', '+', 'a', 'é', '😀', '%%'),
  });
  holds(
    t,
    'bytes and text are those of whatwg-url',
    fc.property(encoded, (input) => {
      const expected = percentDecodeString(input);
      assert.deepEqual([...percentDecode(input)], [...expected]);
      assert.equal(percentDecodeText(input), Buffer.from(expected).toString());
    }),
  );
  holds(
    t,
    'encoded text is decoded',
    fc.property(fc.string({ unit: 'grapheme' }), (input) => {
      assert.equal(percentDecodeText(encodeURIComponent(input)), input);
    }),
  );
  t.equal(percentDecodeText('50%off'), '50%off');
  t.equal(percentDecodeText('%'), '%');
  t.end();
});

t.test('parseUrl returns undefined for text that is not a URL', (t) => {
  t.equal(parseUrl('x', 'http://h/d/')?.href, 'http://h/d/x');
  t.equal(parseUrl(new URL('http://h/'))?.href, 'http://h/');
  t.equal(parseUrl('x'), undefined);
  t.equal(parseUrl('x', 'y'), undefined);
  t.end();
});

function withoutLogin(record: URLRecord): URLRecord {
  const copy = { ...record };
  setTheUsername(copy, '');
  setThePassword(copy, '');
  return copy;
}

/** By [the standard](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy), over the record's host. */
function isTrustworthy({ scheme, host }: URLRecord): boolean {
  if (scheme === 'https') return true;
  if (typeof host === 'number') return host >>> 24 === 127;
  if (typeof host === 'string') return /^(?:.*\.)?localhost\.?$/.test(host);
  return host !== null && host.join() === '0,0,0,0,0,0,0,1';
}

t.test('a login is looked for in time that grows with the URL', (t) => {
  // Over in no time, or, looked at again from each character, not before the spec's time is up.
  const host = 'a'.repeat(1_000_000);
  t.equal(includesCredentials(`http://${host}/@`), false);
  t.equal(withoutCredentials(`http://${host}/?@`), `http://${host}/?@`);
  t.same(credentialsOf(`http://${host}:${host}@b/`), { username: host, password: host });
  t.end();
});
