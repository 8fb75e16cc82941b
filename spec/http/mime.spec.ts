import t from 'tap';
import { charsetOf } from '../../source/http/extractMimeType.js';
import { isFieldValue, isToken, stripHttpWhitespace } from '../../source/http/fieldSyntax.js';
import { isJsonMimeType, parseMimeType } from '../../source/http/mimeType.js';

t.test('parseMimeType reads type, subtype and parameters', (t) => {
  const cases: readonly (readonly [
    input: string,
    essence: string,
    parameters: Readonly<Record<string, string>>,
  ])[] = [
    ['text/html', 'text/html', {}],
    ['\t\r\n Text/HTML \t;', 'text/html', {}],
    ['text/html;charset=gbk', 'text/html', { charset: 'gbk' }],
    ['text/html; CHARSET="gbk"', 'text/html', { charset: 'gbk' }],
    ['text/html;charset= gbk ', 'text/html', { charset: ' gbk' }],
    ['text/html;charset =gbk', 'text/html', {}],
    ['text/html;charset=gbk;charset=windows-1255', 'text/html', { charset: 'gbk' }],
    ['text/html;charset=();charset=gbk', 'text/html', { charset: '()' }],
    ['text/html;;;;charset=gbk', 'text/html', { charset: 'gbk' }],
    ['text/html;charset;charset=gbk', 'text/html', { charset: 'gbk' }],
    ['text/html;charset=;charset=gbk', 'text/html', { charset: 'gbk' }],
    ['text/html;charset="";charset=gbk', 'text/html', { charset: '' }],
    ['text/html;x="a;b\\"c\\\\d"ignored;y=1', 'text/html', { x: 'a;b"c\\d', y: '1' }],
    ['text/html;x="never closed', 'text/html', { x: 'never closed' }],
    ['text/html;x="never closed\\', 'text/html', { x: 'never closed\\' }],
    ['text/html;x=é;y=日', 'text/html', { x: 'é' }],
    ['text/html;\u212a=1;k=2', 'text/html', { k: '2' }],
    ['text/html;x=a=b', 'text/html', { x: 'a=b' }],
    ["!#$%&'*+-.^_`|~0Aa/!#$%&'*+-.^_`|~0Aa", "!#$%&'*+-.^_`|~0aa/!#$%&'*+-.^_`|~0aa", {}],
  ];
  for (const [input, essence, parameters] of cases) {
    const parsed = parseMimeType(input);
    t.equal(parsed?.essence, essence, input);
    t.strictSame(Object.fromEntries(parsed?.parameters ?? []), parameters, input);
  }
  t.end();
});

t.test('parseMimeType rejects text that is not a MIME type', (t) => {
  for (const input of [
    '',
    ' ',
    '/',
    'text',
    'text/',
    '/html',
    'text/html/x',
    'te xt/html',
    'text/ html',
    'é/html',
    ';x=y',
    '\u212a/html',
  ]) {
    t.equal(parseMimeType(input), undefined, JSON.stringify(input));
  }
  t.end();
});

t.test('charsetOf returns the charset of the combined Content-Type fields', (t) => {
  const cases: readonly (readonly [input: string | undefined, charset: string | undefined])[] = [
    [undefined, undefined],
    ['text/html', undefined],
    ['text/html;charset=gbk', 'gbk'],
    ['text/plain;charset=gbk, text/html', undefined],
    ['text/html;charset=gbk;a=b, text/html;x=y', 'gbk'],
    ['text/html;charset=gbk, text/html;charset=windows-1254', 'windows-1254'],
    ['text/html;charset=gbk, */*;charset=utf-8, nothing', 'gbk'],
    ['text/html;x=",";charset=gbk', 'gbk'],
    ['text/html;x="a,text/xml;charset=big5', undefined],
    [',;charset=gbk', undefined],
  ];
  for (const [input, charset] of cases) t.equal(charsetOf(input), charset, input ?? 'no field');
  t.end();
});

t.test('JSON is recognised by the essence', (t) => {
  const json = ['application/json', 'text/json;charset=utf-8', 'Application/LD+JSON'];
  const neither = [
    'text/plain',
    'text/xml',
    'image/svg+xml',
    'application/jsonp',
    'text/x+jsonl',
    'application/xml-dtd',
    'text/html;x=+xml',
  ];
  const isJson = (type: string): boolean => isJsonMimeType(parseMimeType(type) ?? neverParsed(type));
  for (const type of json) t.ok(isJson(type), type);
  for (const type of neither) t.notOk(isJson(type), type);
  t.end();
});

t.test('header names and values cannot contain characters that would end the field', (t) => {
  t.ok(isToken("aZ09!#$%&'*+-.^_`|~"));
  for (const text of ['', 'a b', 'a:', 'a\n', 'é', '"a"', '(a)', 'a/b', '\u212a'])
    t.notOk(isToken(text), JSON.stringify(text));
  for (const text of ['', 'a b\tc', 'é\x01\x7f']) t.ok(isFieldValue(text), JSON.stringify(text));
  for (const text of ['a\r', 'a\nb', '\0', 'a\n', '日']) t.notOk(isFieldValue(text), JSON.stringify(text));
  t.equal(stripHttpWhitespace(' \t\r\n a b\u00a0\n '), 'a b\u00a0');
  t.equal(stripHttpWhitespace(' a ', 'end'), ' a');
  t.equal(stripHttpWhitespace(' \n '), '');
  t.end();
});

function neverParsed(type: string): never {
  throw new Error(`${type} is malformed`);
}
