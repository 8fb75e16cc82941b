import t from 'tap';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { type Script, scriptedScheme } from '../../helpers/scriptedScheme.js';
import { completed, fired } from '../../helpers/xhrEvents.js';

let script: Script = {};
const XMLHttpRequest = createXMLHttpRequest({ schemes: [['x', scriptedScheme(() => script)]] });

const bytes = (...given: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(given);
const utf16 = (text: string, order: 'le' | 'be'): Uint8Array<ArrayBuffer> => {
  const buffer = Buffer.from(text, 'utf16le');
  return new Uint8Array(order === 'le' ? buffer : buffer.swap16());
};

interface Options {
  /** `Content-Type`. */
  readonly type?: string;
  readonly override?: string;
  readonly responseType?: 'text';
}

/** The text of a body that comes in these pieces; the two ways to read it are compared. */
async function textOf(
  pieces: readonly (Uint8Array<ArrayBuffer> | string)[],
  { type, override, responseType }: Options = {},
): Promise<string> {
  script = { pieces, ...(type !== undefined && { headers: ['content-type', type] }) };
  const xhr = new XMLHttpRequest();
  if (override !== undefined) xhr.overrideMimeType(override);
  if (responseType !== undefined) xhr.responseType = responseType;
  await completed(xhr, 'x:');
  if (xhr.response !== xhr.responseText) throw new Error('response is not responseText');
  return xhr.responseText;
}

t.test('text is UTF-8 unless declared otherwise', async (t) => {
  t.equal(await textOf(['aé€😀']), 'aé€😀');
  t.equal(await textOf(['aé'], { type: 'text/plain' }), 'aé');
  t.equal(await textOf(['aé'], { type: 'text/plain;charset=nothing-known' }), 'aé');
  t.equal(await textOf(['aé'], { type: 'text/plain;charset=' }), 'aé');
  t.equal(await textOf([bytes(0x61, 0xe9, 0x62)]), 'a\uFFFDb', 'what is malformed becomes U+FFFD');
  t.equal(await textOf([bytes(0x61, 0xe2, 0x82)]), 'a\uFFFD', 'also at the end');
  t.equal(await textOf(['\0\x1a\r\n']), '\0\x1a\r\n');
});

t.test('the charset is that of overrideMimeType(), or else of Content-Type', async (t) => {
  const e9 = bytes(0xe9, 0x80);
  t.equal(await textOf([e9], { type: 'text/plain; charset=ISO-8859-1' }), 'é€', 'which is windows-1252');
  t.equal(await textOf([e9], { type: 'text/plain;charset="latin1"' }), 'é€');
  t.equal(await textOf([e9], { type: 'a/b;CHARSET=windows-1251' }), 'йЂ');
  t.equal(await textOf([e9], { override: 'text/plain;charset=windows-1251' }), 'йЂ');
  t.equal(
    await textOf([e9], { type: 'a/b;charset=utf-8', override: 'text/plain;charset=windows-1251' }),
    'йЂ',
    'the one that overrides stands first',
  );
  t.equal(
    await textOf([e9], { type: 'a/b;charset=windows-1251', override: 'text/plain' }),
    'йЂ',
    'unless it names none',
  );
  t.equal(
    await textOf(['é'], { type: 'a/b;charset=windows-1251', override: 'text/plain;charset=nothing-known' }),
    'é',
    'one that is unknown is UTF-8, whatever the other says',
  );
  t.equal(await textOf([e9], { type: 'a/b;charset=windows-1251', override: 'no type' }), 'йЂ');
  t.equal(await textOf([e9], { override: 'text/plain;charset=x-user-defined' }), '\uF7E9\uF780');
  t.equal(await textOf([bytes(0x93, 0xfa)], { type: 'text/plain;charset=Shift_JIS' }), '日');
  t.equal(
    await textOf([bytes(0x81, 0x30)], { type: 'text/plain;charset=gb18030' }),
    '\uFFFD',
    'cut at its end',
  );
});

t.test('a byte order mark takes precedence', async (t) => {
  const types: readonly Options[] = [
    {},
    { type: 'text/plain;charset=windows-1251' },
    { override: 'text/plain;charset=iso-8859-1' },
    { type: 'text/xml;charset=windows-1251' },
    { responseType: 'text', type: 'a/b;charset=utf-16be' },
  ];
  for (const options of types) {
    const name = JSON.stringify(options);
    t.equal(await textOf([bytes(0xef, 0xbb, 0xbf), 'aé'], options), 'aé', name);
    t.equal(await textOf([utf16('\uFEFFaé', 'le')], options), 'aé', name);
    t.equal(await textOf([utf16('\uFEFFaé', 'be')], options), 'aé', name);
    t.equal(await textOf([bytes(0xef), bytes(0xbb), bytes(0xbf, 0x61)], options), 'a', 'in pieces');
    t.equal(await textOf([bytes(0xff), bytes(0xfe), bytes(0x61), bytes(0)], options), 'a', 'in pieces');
  }
  t.equal(await textOf([bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf)]), '\uFEFF', 'one of them');
  t.equal(await textOf([bytes(0xef, 0xbb, 0xbf)]), '');
  t.equal(await textOf([bytes(0xef, 0xbb)]), '\uFFFD');
});

t.test('UTF-16 by its name', async (t) => {
  t.equal(await textOf([utf16('aé😀', 'le')], { type: 'text/plain;charset=utf-16' }), 'aé😀');
  t.equal(await textOf([utf16('aé😀', 'le')], { type: 'text/plain;charset=utf-16le' }), 'aé😀');
  t.equal(await textOf([utf16('aé😀', 'be')], { type: 'text/plain;charset=utf-16be' }), 'aé😀');
  const pieces = [...utf16('a😀', 'be')].map((byte) => bytes(byte));
  t.equal(await textOf(pieces, { type: 'text/plain;charset=utf-16be' }), 'a😀', 'byte by byte');
});

t.test('XML declares its encoding itself if nothing else does and no responseType is set', async (t) => {
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>`;
  const latin = [declared('windows-1251'), bytes(0xe9)];
  const inCyrillic = `${declared('windows-1251')}й`;
  t.equal(await textOf(latin, { type: 'text/xml' }), inCyrillic);
  t.equal(await textOf(latin, { type: 'image/svg+xml' }), inCyrillic);
  t.equal(await textOf(latin), inCyrillic, 'a body without a type is text/xml');
  t.equal(await textOf(latin, { type: 'a/b', override: 'application/xml' }), inCyrillic);
  t.equal(await textOf(latin, { type: 'text/xml;charset=koi8-r' }), `${declared('windows-1251')}И`);
  const inUtf8 = `${declared('windows-1251')}\uFFFD`;
  t.equal(await textOf(latin, { type: 'text/xml', responseType: 'text' }), inUtf8);
  t.equal(await textOf(latin, { type: 'text/plain' }), inUtf8);
  t.equal(await textOf(latin, { type: 'text/html' }), inUtf8);
  t.equal(await textOf(latin, { type: 'text/xml', override: 'text/plain' }), inUtf8);
  t.equal(
    await textOf([declared('nothing-known'), 'é'], { type: 'text/xml' }),
    `${declared('nothing-known')}é`,
  );
});

t.test('a character split across pieces is left out until it is complete', async (t) => {
  const server = await promptedServer();
  t.teardown(() => server.close());
  const cases = [
    ['utf-8', Buffer.from('a€😀'), ['a', 'a', 'a', 'a€', 'a€', 'a€', 'a€', 'a€😀']],
    ['utf-16be', Buffer.from(utf16('a😀', 'be')), ['', 'a', 'a', 'a', 'a', 'a😀']],
    ['shift_jis', Buffer.of(0x61, 0x93, 0xfa), ['a', 'a', 'a日']],
  ] as const;
  for (const [charset, body, texts] of cases) {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', server.origin);
    const seen: string[] = [];
    xhr.send();
    const { response } = await server.take();
    response.setHeader('content-type', `text/plain;charset=${charset}`);
    for (let index = 0; index < body.length; index++) {
      response.write(body.subarray(index, index + 1));
      const { loaded } = await fired(xhr, 'progress');
      t.equal(loaded, index + 1);
      seen.push(xhr.responseText);
    }
    response.end();
    await fired(xhr, 'load');
    t.same([...seen, xhr.responseText], [...texts, texts.at(-1)], charset);
  }
});

t.test('text that ends within a character ends with U+FFFD, once it has ended', async (t) => {
  script = { pieces: ['a', bytes(0xe2, 0x82)] };
  const xhr = new XMLHttpRequest();
  const seen: string[] = [];
  xhr.onprogress = xhr.onload = () => seen.push(`${xhr.readyState}: ${xhr.responseText}`);
  await completed(xhr, 'x:');
  t.same(seen, ['3: a', '3: a', '4: a\uFFFD']);
});

t.test('text may be read at any time, and is the same', async (t) => {
  const pieces = Array.from({ length: 50 }, (_, index) => `${index}é`);
  script = { pieces };
  const xhr = new XMLHttpRequest();
  const seen: string[] = [];
  xhr.onreadystatechange =
    xhr.onprogress =
    xhr.onloadend =
      ({ type }: Event) => {
        seen.push(`${type} ${xhr.readyState}`);
        t.ok(pieces.join('').startsWith(xhr.responseText));
      };
  await completed(xhr, 'x:');
  for (const at of ['readystatechange 3', 'progress 3', 'readystatechange 4', 'loadend 4'])
    t.ok(seen.includes(at), at);
  t.equal(xhr.responseText, pieces.join(''));
  t.equal(xhr.responseText, pieces.join(''));
  t.equal(await textOf(pieces), pieces.join(''));
});
