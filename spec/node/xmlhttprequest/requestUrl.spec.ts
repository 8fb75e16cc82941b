import fc from 'fast-check';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { parseURL, serializeURL, setThePassword, setTheUsername } from 'whatwg-url';
import { encodingParseUrl, withLogin } from '../../../source/node/xmlhttprequest/requestUrl.js';
import { bindNodeTextDecoder } from '../../../source/parsing/encoding/bindNodeTextDecoder.js';
import { projectFile } from '../../helpers/project.js';
import { holds } from '../../helpers/property.js';

bindNodeTextDecoder();

const base = 'https://shop.example/dir/page?old=1#top';
const href = (url: string, encoding: string) => encodingParseUrl(url, base, encoding)?.href;
const query = (text: string, encoding: string) => href(`/?${text}`, encoding)?.split('?')[1];

t.test('a query is percent-encoded in the encoding of the document', (t) => {
  for (const [encoding, text, expected] of [
    ['utf-8', '\u00DF', '%C3%9F'],
    ['windows-1252', '\u00DF', '%DF'],
    ['windows-1252', '†', '%86'],
    ['big5', '†', '%26%238224%3B'],
    ['euc-kr', '†', '%A2%D3'],
    ['shift_jis', '\u2212', '%81|'],
    ['iso-2022-jp', '\u203E\\', '%1B(J~%1B(B\\'],
    ['iso-2022-jp', '\u000EA', '%26%2365533%3BA'],
    ['gb18030', '\uE5E5', '%26%2358853%3B'],
    ['euc-jp', 'あ', '%A4%A2'],
    ['koi8-u', 'ї', '%A7'],
    ['x-user-defined', '\uF780', '%80'],
    ['windows-1252', 'á|', '%E1|'],
  ] as const) {
    t.equal(query(text, encoding), expected, `${encoding} ${text}`);
  }
  t.end();
});

t.test('characters missing in the encoding become character references', (t) => {
  t.equal(query('\uFFFD', 'windows-1252'), '%26%2365533%3B');
  t.equal(query('\uD83D', 'windows-1252'), '%26%2365533%3B', 'a lone surrogate');
  t.equal(query('a😀b', 'windows-1252'), 'a%26%23128512%3Bb');
  t.equal(query('あ😀い', 'shift_jis'), '%82%A0%26%23128512%3B%82%A2');
  t.end();
});

t.test('utf-16, replacement and unknown labels are UTF-8', (t) => {
  for (const label of ['utf-16le', 'UTF-16BE', 'hz-gb-2312', 'replacement', 'bogus', '', ' utf8 ', 'UTF-8']) {
    t.equal(query('\u00DF', label), '%C3%9F', label);
  }
  t.equal(query('\u00DF', ' Latin1 '), '%DF', 'a label is as good as a name');
  t.end();
});

t.test('only the query of a special URL other than WebSocket URLs is encoded this way', (t) => {
  const rest = (url: string) => href(url, 'windows-1252');
  t.equal(rest('ws://h/?ß'), 'ws://h/?%C3%9F');
  t.equal(rest('wss://h/?ß'), 'wss://h/?%C3%9F');
  t.equal(rest('other://h/?ß'), 'other://h/?%C3%9F');
  t.equal(rest('data:,x?ß'), 'data:,x?%C3%9F');
  t.equal(rest('ftp://h/?ß'), 'ftp://h/?%DF');
  t.equal(rest('file:///?ß'), 'file:///?%DF');
  t.equal(rest('https://ß.example/ß?ß?ß#ß?ß'), 'https://xn--zca.example/%C3%9F?%DF?%DF#%C3%9F?%C3%9F');
  t.equal(rest('#?ß'), 'https://shop.example/dir/page?old=1#?%C3%9F', 'a fragment has no query');
  t.equal(rest('x#a?ß'), 'https://shop.example/dir/x#a?%C3%9F');
  t.equal(rest('?ß'), 'https://shop.example/dir/page?%DF');
  t.equal(rest(''), 'https://shop.example/dir/page?old=1');
  t.end();
});

t.test('white space and quotes in and around the query are treated as the URL parser does', (t) => {
  t.equal(href(' \t/?a\n\u00DF\t b\r \u0001', 'windows-1252'), 'https://shop.example/?a%DF%20b');
  t.equal(query('\u00DF \'"<>`{}|^', 'windows-1252'), '%DF%20%27%22%3C%3E`{}|^');
  t.equal(href('?\u00DF \u3000#x ', 'windows-1252'), 'https://shop.example/dir/page?%DF%20%26%2312288%3B#x');
  t.equal(href('ht\ttp://h\n/?\u00DF', 'windows-1252'), 'http://h/?%DF');
  t.end();
});

t.test('an invalid URL is undefined, in every encoding', (t) => {
  for (const encoding of ['utf-8', 'windows-1252']) {
    t.equal(encodingParseUrl('https://[/?\u00DF', base, encoding), undefined);
    t.equal(encodingParseUrl('relative?\u00DF', undefined, encoding), undefined);
    t.equal(encodingParseUrl('?\u00DF', 'bogus', encoding), undefined);
  }
  t.equal(encodingParseUrl('?\u00DF', new URL(base), 'gbk')?.search, '?%26%23223%3B');
  t.end();
});

t.test('except for the query, a URL is the same as in UTF-8, and so is an ASCII query', (t) => {
  const part = fc.stringMatching(/^[a-z?#:/\\@%'"<> \t\n|.é日\u{1F600}]{0,12}$/u);
  holds(
    t,
    'whatever the URL',
    fc.property(fc.constantFrom('', 'http:', 'https://h', 'ws://h/', 'x:', 'file:'), part, (start, text) => {
      const expected = encodingParseUrl(start + text, base, 'utf-8');
      for (const encoding of ['shift_jis', 'windows-1252', 'iso-2022-jp']) {
        const actual = encodingParseUrl(start + text, base, encoding);
        const isAscii = /^[\0-\x7f]*$/.test(text);
        const compared = (url: URL | undefined): string | undefined =>
          isAscii ? url?.href : url?.href.replace(/\?[^#]*/, '?');
        assert.equal(compared(actual), compared(expected), `${encoding} ${start}${text}`);
      }
    }),
    { examples: [['file:', 'é  \\?']] },
  );
  t.end();
});

t.test('a login is set as in step 8 of open(), even if URL objects cannot set it', (t) => {
  const login = fc.option(
    fc.string({ unit: fc.constantFrom('a', ':', '@', '/', '%', '%4', 'é', ' ', '?', '#') }),
  );
  const url = fc.constantFrom(
    ...['http://h/p?q#f', 'https://u:p@h:8/', 'ftp://h/', 'x://h/p', 'x://u@h', 'file://h/p', 'file:///p'],
    ...['x:///p', 'x://', 'x:p', 'x:/p', 'x:/.//p', 'data:,a', 'blob:http://h/1', 'ws://h/'],
  );
  holds(
    t,
    'by the record of whatwg-url',
    fc.property(url, login, login, (given, username, password) => {
      const record = parseURL(given);
      assert.ok(record);
      if (record.host !== null) {
        if (username !== null) setTheUsername(record, username);
        if (password !== null) setThePassword(record, password);
      }
      assert.equal(withLogin(new URL(given), username, password), serializeURL(record));
    }),
    { numRuns: 1_000 },
  );
  t.equal(withLogin(new URL('file:///p'), 'u', 'p@'), 'file://u:p%40@/p');
  t.equal(withLogin(new URL('x:p'), 'u', 'p'), 'x:p');
  t.end();
});

t.test(
  'whatwg-url is loaded only for what Node cannot do, even from a bundle, and open() reports if it is missing',
  async (t) => {
    const entry = pathToFileURL(projectFile('dist/xmlhttprequest.js')).href;
    const program = (missing: boolean): string => `
    import Module, { createRequire } from 'node:module';
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (name, ...others) => {
      if (${String(missing)} && name === 'whatwg-url') throw new Error('nothing there');
      return resolve(name, ...others);
    };
    const { createXMLHttpRequest } = await import(${JSON.stringify(entry)});
    const { cache } = createRequire(import.meta.url);
    const isLoaded = () => Object.keys(cache).some((file) => file.includes('whatwg-url'));
    const open = (encoding, url, ...login) => {
      const Class = createXMLHttpRequest({ encoding, schemes: [['x', () => {}]] });
      try {
        new Class().open('GET', url, true, ...login);
        return isLoaded();
      } catch ({ message, cause }) {
        return [message, cause?.message];
      }
    };
    console.log(JSON.stringify([
      open('utf-8', 'http://h/?ß', 'u', 'p'),
      open('windows-1252', 'http://h/ß?a%20b#ß'),
      open('utf-16le', 'http://h/?ß'),
      open('windows-1252', 'x:?ß', 'u', 'p'),
      ${missing ? "open('utf-8', 'x:///', 'u')," : ''}
      open('windows-1252', 'http://h/?ß'),
    ]));`;
    const run = async (missing: boolean): Promise<unknown> => {
      const args = ['--input-type=module', '--eval', program(missing)];
      const env = { ...process.env, NODE_OPTIONS: '' };
      return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout) as unknown;
    };
    t.same(await run(false), [false, false, false, false, true]);
    const advice = 'cannot be loaded: keep it out of your bundle and install it next to the bundle';
    t.same(await run(true), [
      ...[false, false, false, false],
      [
        `open(): a user name or password for a URL of x: needs the package whatwg-url, which ${advice}`,
        'nothing there',
      ],
      [
        `open(): the query of a URL in windows-1252 needs the package whatwg-url, which ${advice}`,
        'nothing there',
      ],
    ]);
  },
);
