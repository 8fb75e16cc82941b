import t from 'tap';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { originServer } from '../../helpers/originServer.js';
import { type Script, scriptedScheme } from '../../helpers/scriptedScheme.js';
import { completed } from '../../helpers/xhrEvents.js';

let script: Script = {};
const XMLHttpRequest = createXMLHttpRequest({ schemes: [['x', scriptedScheme(() => script)]] });

/** The response to a body that comes in these pieces. */
async function responseOf(
  responseType: XMLHttpRequestResponseType,
  pieces: Script['pieces'] = [],
  headers: readonly string[] = [],
  override?: string,
): Promise<unknown> {
  script = { pieces, headers };
  const xhr = new XMLHttpRequest();
  xhr.responseType = responseType;
  if (override !== undefined) xhr.overrideMimeType(override);
  await completed(xhr, 'x:');
  return xhr.response as unknown;
}
const json = (...pieces: NonNullable<Script['pieces']>): Promise<unknown> => responseOf('json', pieces);

t.test('JSON is parsed, whatever its Content-Type', async (t) => {
  t.same(await json('{"a":', '[1,null]}'), { a: [1, null] });
  t.equal(await json('"', 'é"'), 'é');
  t.equal(await json('null'), null);
  t.equal(await json('false'), false);
  t.equal(await json(' 1.5e3\n'), 1500);
  const headers = ['content-type', 'text/html;charset=iso-8859-1'];
  t.equal(await responseOf('json', ['"é"'], headers, 'text/plain;charset=utf-16'), 'é', 'it is always UTF-8');
});

t.test('JSON may have a byte order mark, of UTF-8 only', async (t) => {
  t.equal(await json(Uint8Array.of(0xef, 0xbb), Uint8Array.of(0xbf), '1'), 1);
  t.equal(await json('\uFEFF\uFEFF1'), null, 'and one of them only');
  t.equal(await json(new Uint8Array(Buffer.from('\uFEFF1', 'utf16le'))), null);
  t.equal(await json(Uint8Array.of(0x22, 0xff, 0x22)), '\uFFFD', 'what is malformed becomes U+FFFD');
});

t.test('invalid JSON is null', async (t) => {
  for (const text of ['', ' ', '{', '{"a":1}}', "{'a':1}", 'undefined', 'NaN', '[1,]', '// 1', '\v1']) {
    t.equal(await json(text), null, JSON.stringify(text));
  }
});

t.test('JSON that was changed stays changed', async (t) => {
  const xhr = new XMLHttpRequest();
  script = { pieces: ['{"a":1}'] };
  xhr.responseType = 'json';
  await completed(xhr, 'x:');
  const first = xhr.response as { a: number };
  first.a = 2;
  t.same(xhr.response, { a: 2 });
});

t.test('a Blob has the type of overrideMimeType(), or else of Content-Type, or else text/xml', async (t) => {
  const typeOf = async (contentType?: string, override?: string): Promise<string> => {
    const headers = contentType === undefined ? [] : ['content-type', contentType];
    const blob = (await responseOf('blob', ['a', 'bc'], headers, override)) as Blob;
    t.equal(await blob.text(), 'abc');
    return blob.type;
  };
  t.equal(await typeOf(), 'text/xml');
  t.equal(await typeOf(''), 'text/xml');
  t.equal(await typeOf('no type'), 'text/xml');
  t.equal(await typeOf('a/b'), 'a/b');
  t.equal(await typeOf(' A/B ; C="d e";x=1;x=2 '), 'a/b;c="d e";x=1');
  t.equal(await typeOf('a/b, c/d;charset=x'), 'c/d;charset=x');
  t.equal(await typeOf('a/b;charset=x, */*'), 'a/b;charset=x');
  t.equal(await typeOf('a/b', 'c/d;e=f'), 'c/d;e=f');
  t.equal(await typeOf('a/b', 'no type'), 'application/octet-stream');
  const empty = (await responseOf('blob')) as Blob;
  t.same([empty.size, empty.type], [0, 'text/xml']);
});

t.test('all bytes are kept, whatever the pieces', async (t) => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const announced = ['content-length', '256'];
  const cuts: readonly NonNullable<Script['pieces']>[] = [
    [all],
    [all.slice(0, 1), all.slice(1)],
    [...all].map((byte) => Uint8Array.of(byte)),
    [new Uint8Array(0), all, new Uint8Array(0)],
    [all.subarray(0, 100), all.subarray(100)],
  ];
  for (const pieces of cuts) {
    for (const headers of [[], announced]) {
      const buffer = (await responseOf('arraybuffer', pieces, headers)) as ArrayBuffer;
      t.same(new Uint8Array(buffer), all, `${pieces.length} pieces`);
    }
  }
});

t.test('a body may be longer or shorter than announced, or have an invalid length', async (t) => {
  const large = new Uint8Array(3_000_000).fill(97);
  for (const length of [
    '2000000',
    '3000000',
    '4000000',
    '1',
    '0',
    '-1',
    'many',
    '3000000, 3000000',
    '1e6',
    '',
  ]) {
    const pieces = [
      large.subarray(0, 1_500_000),
      large.subarray(1_500_000, 2_500_000),
      large.subarray(2_500_000),
    ];
    const buffer = (await responseOf('arraybuffer', pieces, ['content-length', length])) as ArrayBuffer;
    t.equal(Buffer.compare(Buffer.from(buffer), large), 0, length);
  }
});

t.test('a length beyond the available memory is not believed', async (t) => {
  const Class = createXMLHttpRequest({
    limits: { bufferedBytes: Infinity },
    schemes: [
      ['x', scriptedScheme(() => ({ pieces: ['ab'], headers: ['content-length', '9000000000000000'] }))],
    ],
  });
  const xhr = new Class();
  xhr.responseType = 'arraybuffer';
  await completed(xhr, 'x:');
  t.equal((xhr.response as ArrayBuffer).byteLength, 2);
});

t.test('a script changes only its own copy of the bytes', async (t) => {
  const server = await originServer((_, response) => response.end('abcdef'));
  t.teardown(() => server.close());
  const xhr = new XMLHttpRequest();
  xhr.responseType = 'arraybuffer';
  await completed(xhr, server.origin);
  const first = xhr.response as ArrayBuffer;
  t.equal(first.byteLength, 6);
  new Uint8Array(first).fill(0);
  t.equal(xhr.response, first);
  await completed(xhr, server.origin);
  t.equal(Buffer.from(xhr.response as ArrayBuffer).toString(), 'abcdef');
  const chunk = Uint8Array.of(1, 2, 3);
  const own = (await responseOf('arraybuffer', [chunk])) as ArrayBuffer;
  new Uint8Array(own).fill(0);
  t.same(chunk, Uint8Array.of(1, 2, 3), "nor are a handler's bytes a script's");
});

t.test('responseURL is the URL of the response, without a fragment', async (t) => {
  const server = await originServer(({ url }, response) => {
    if (url.startsWith('/to')) response.writeHead(302, { location: '/end?q#of-the-redirect' });
    response.end();
  });
  t.teardown(() => server.close());
  const urls: string[] = [];
  const responseURL = async (url: string): Promise<string> => {
    const xhr = new XMLHttpRequest();
    xhr.onreadystatechange = () => urls.push(xhr.responseURL);
    return (await completed(xhr, url)).responseURL;
  };
  t.equal(await responseURL(`${server.origin}/a b?q=é#fragment`), `${server.origin}/a%20b?q=%C3%A9`);
  t.same(
    urls,
    ['', ...Array.from({ length: 2 }, () => `${server.origin}/a%20b?q=%C3%A9`)],
    'from the head on',
  );
  t.equal(await responseURL(`${server.origin}/to#fragment`), `${server.origin}/end?q`);
  t.equal(await responseURL('data:,a#b'), 'data:,a');
  t.equal(await responseURL('unknown:a'), '');
  t.equal(await responseURL(server.origin.toUpperCase()), `${server.origin}/`);
});

t.test('status and statusText are those of the response, from its head on', async (t) => {
  const server = await originServer(({ url }, response) => {
    response.writeHead(Number(url.slice(1)), url === '/299' ? 'Very  own' : undefined).end();
  });
  t.teardown(() => server.close());
  const cases = [
    [200, 'OK'],
    [204, 'No Content'],
    [299, 'Very  own'],
    [304, 'Not Modified'],
    [404, 'Not Found'],
    [599, 'unknown'],
  ] as const;
  for (const [status, statusText] of cases) {
    const xhr = new XMLHttpRequest();
    const seen: unknown[] = [];
    xhr.onreadystatechange = () => seen.push([xhr.status, xhr.statusText]);
    await completed(xhr, `${server.origin}/${status}`);
    t.same(seen, [
      [0, ''],
      [status, statusText],
      [status, statusText],
    ]);
  }
});
