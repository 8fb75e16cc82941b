import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { brotliCompressSync, createDeflateRaw, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { isNetworkError } from '../../../source/errors/guards.js';
import { type NetworkPhase } from '../../../source/errors/NetworkError.js';
import { acceptEncoding, isContentCoding } from '../../../source/node/schemes/contentCodings.js';
import { type ContentDecoderTarget } from '../../../source/node/schemes/ContentDecoder.js';
import { dataUrlProcessor } from '../../../source/node/schemes/data.js';
import { decodeContent } from '../../../source/node/schemes/decodeContent.js';
import { headerPairs } from '../../../source/node/schemes/fieldsOf.js';
import { networkErrorFrom } from '../../../source/node/schemes/networkErrorFrom.js';
import { addressMatcher } from '../../../source/node/schemes/publicHosts.js';
import { type SchemeRequest } from '../../../source/node/schemes/SchemeHandler.js';
import { specialPurposeAddresses } from '../../../source/node/schemes/specialPurposeAddresses.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { holds } from '../../helpers/property.js';

function requestOf(request: Partial<SchemeRequest> = {}): SchemeRequest {
  return {
    method: 'GET',
    url: 'http://a.example/dir/page?q#part',
    repeatable: true,
    headers: [],
    body: undefined,
    limits: defaultLimits,
    ...request,
  };
}

t.test('dataUrlProcessor', (t) => {
  const read = (url: string) => {
    const data = dataUrlProcessor(new URL(url));
    return data && [data.mimeType, Buffer.from(data.body).toString('latin1')];
  };
  const cases: [url: string, mimeType: string, body: string][] = [
    ['data:,hello', 'text/plain;charset=US-ASCII', 'hello'],
    ['data:text/html,<b>#fragment', 'text/html', '<b>'],
    ['data:text/html;charset=utf-8,%C3%A9', 'text/html;charset=utf-8', '\xc3\xa9'],
    ['data:,é', 'text/plain;charset=US-ASCII', '\xc3\xa9'],
    ['data:;charset=utf-8,x', 'text/plain;charset=utf-8', 'x'],
    ['data:nonsense,x', 'text/plain;charset=US-ASCII', 'x'],
    ['data:text/plain;base64,aGVsbG8=', 'text/plain', 'hello'],
    ['data:text/plain; BASE64,aGVsbG8', 'text/plain', 'hello'],
    ['data:;base64,aGVs%20bG8%3D', 'text/plain;charset=US-ASCII', 'hello'],
    ['data:text/plain;base64;x=1,aGVs', 'text/plain;x=1', 'aGVs'],
    ['data:IMAGE/Gif;CHARSET=x,X', 'image/gif;charset=x', 'X'],
    ['data:;charset=,X', 'text/plain', 'X'],
    ['data:;charset,X', 'text/plain', 'X'],
    ['data: ; charset = x ,X', 'text/plain', 'X'],
    ['data:text/html ;charset=utf-8 ;charset=x ,X', 'text/html;charset=utf-8', 'X'],
    ['data:a/b;c="d;e";f=g,X', 'a/b;c="d;e";f=g', 'X'],
    ['data:a/b;c="d\\"e",X', 'a/b;c="d\\"e"', 'X'],
    ['data:a/b;c= d,X', 'a/b;c=" d"', 'X'],
    ['data:a/b;c=%2C;d="e,f",X', 'a/b;c=%2C;d=e', 'f",X'],
    ['data:a/,X', 'text/plain;charset=US-ASCII', 'X'],
    ['data:a/b c,X', 'text/plain;charset=US-ASCII', 'X'],
    ['data:a/b;;;base64 ; base64,WA', 'a/b', 'X'],
    ['data:a/b;base64 x,WA', 'a/b', 'WA'],
    ['data:é/é;é=é;x=é,X', '%c3%a9/%c3%a9;%c3%a9=%C3%A9;x=%C3%A9', 'X'],
    ['data://host/a/b;x=y,X', 'text/plain;charset=US-ASCII', 'X'],
    ['data:,%zz%4%41%', 'text/plain;charset=US-ASCII', '%zz%4A%'],
    ['data:,a,b', 'text/plain;charset=US-ASCII', 'a,b'],
    ['data:,', 'text/plain;charset=US-ASCII', ''],
  ];
  for (const [url, mimeType, body] of cases) t.same(read(url), [mimeType, body], url);
  for (const url of [
    'data:text/plain',
    'data:;base64,a',
    'data:;base64,a=b',
    'data:;base64,****',
    'data:;base64,ab===',
  ]) {
    t.equal(read(url), undefined, url);
  }
  t.test('returns the encoded bytes', (t) => {
    holds(
      t,
      'in base64 and percent-encoded',
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        const base64 = `data:;base64,${Buffer.from(body).toString('base64')}`;
        const percent = `data:,${[...body].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`;
        for (const url of [base64, percent]) {
          assert.deepEqual(
            Buffer.from(dataUrlProcessor(new URL(url))?.body ?? 'none'),
            Buffer.from(body),
            url,
          );
        }
      }),
    );
    t.end();
  });
  t.end();
});

t.test('addressMatcher distinguishes public addresses from all others', (t) => {
  const isSpecial = addressMatcher(specialPurposeAddresses);
  const open =
    '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 172.15.255.255 172.32.0.0 192.167.255.255 93.184.215.14 223.255.255.255';
  for (const address of open.split(' ')) t.equal(isSpecial(address), false, address);
  for (const address of '2606:4700:4700::1111 2a00:1450:4001:830::200e 2001:200::1'.split(' ')) {
    t.equal(isSpecial(address), false, address);
  }
  for (const address of '172.16.0.0 172.31.255.255 198.19.255.255 ::ffff:8.8.8.8 2001:1ff::1 fdff::1 febf::1'.split(
    ' ',
  )) {
    t.equal(isSpecial(address), true, address);
  }
  t.equal(addressMatcher(['8.8.8.8'])('8.8.8.8'), true);
  for (const wrong of ['example.org', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', '::/129', '']) {
    t.throws(() => addressMatcher([wrong]), { name: 'TypeError', message: `not '${wrong}'` });
  }
  t.end();
});

t.test('headerPairs keeps repeated fields apart and strips the blanks that llhttp leaves', (t) => {
  t.same(headerPairs({ a: 'x \t', 'set-cookie': ['1 ', '2'], b: '', c: undefined }), [
    ...['a', 'x', 'set-cookie', '1', 'set-cookie', '2', 'b', ''],
  ]);
  t.end();
});

t.test('networkErrorFrom uses the code for the phase only while there is no connection', (t) => {
  const phaseOf = (code: string, phase: NetworkPhase, url = 'https://a.example/', message = 'm') => {
    const error = networkErrorFrom(Object.assign(new Error(message), { code }), phase, requestOf({ url }));
    return isNetworkError(error) ? error.phase : undefined;
  };
  t.equal(phaseOf('ENOTFOUND', 'connect'), 'dns');
  t.equal(phaseOf('EAI_AGAIN', 'connect'), 'dns');
  t.equal(phaseOf('ECONNREFUSED', 'connect'), 'connect');
  t.equal(phaseOf('ETIMEDOUT', 'connect'), 'connect');
  t.equal(phaseOf('CERT_HAS_EXPIRED', 'connect'), 'tls');
  t.equal(phaseOf('DEPTH_ZERO_SELF_SIGNED_CERT', 'connect'), 'tls');
  t.equal(phaseOf('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connect'), 'tls');
  t.equal(phaseOf('ERR_TLS_CERT_ALTNAME_INVALID', 'connect'), 'tls');
  t.equal(phaseOf('ERR_SSL_WRONG_VERSION_NUMBER', 'connect'), 'tls');
  t.equal(
    phaseOf('ECONNRESET', 'connect', undefined, 'socket disconnected before secure TLS connection'),
    'tls',
  );
  t.equal(phaseOf('ECONNRESET', 'connect', 'http://a.example/'), 'connect');
  t.equal(phaseOf('ENOTFOUND', 'body'), 'body');
  t.equal(phaseOf('ECONNRESET', 'headers'), 'headers');
  const many = new AggregateError([new Error('no A'), new Error('no B')], '');
  t.match(networkErrorFrom(many, 'connect', requestOf()).message, /no A, no B/);
  t.match(
    networkErrorFrom(Object.assign(new Error(''), { code: 'EPIPE' }), 'send', requestOf()).message,
    /EPIPE/,
  );
  t.match(networkErrorFrom('words', 'send', requestOf()).message, /words/);
  t.match(
    networkErrorFrom(
      Object.assign(new Error('x'), { code: 'UND_ERR_HEADERS_OVERFLOW' }),
      'headers',
      requestOf(),
    ),
    {
      code: 'ERR_LIMIT',
      limit: 'headerBytes',
      value: 262_144,
    },
  );
  t.end();
});

t.test('decodeContent', (t) => {
  /** Feeds pieces through the decoders of a field, one after the other. */
  const decode = (field: string, pieces: readonly Uint8Array[]): Promise<Buffer | undefined> =>
    new Promise((resolve, reject) => {
      const parts: Uint8Array[] = [];
      let room = (): void => undefined;
      const target: ContentDecoderTarget = {
        decoded: (chunk) => parts.push(chunk),
        drained: () => {
          room();
        },
        finished: () => {
          resolve(Buffer.concat(parts));
        },
        failed: reject,
      };
      const [first] = decodeContent(field, target);
      if (first === undefined) {
        resolve(undefined);
        return;
      }
      void (async () => {
        for (const piece of pieces) {
          if (!first.write(piece)) await new Promise<void>((next) => (room = next));
        }
        first.end();
      })();
    });
  const text = Buffer.from('a text with some length, '.repeat(4000));
  const codings: Record<string, (bytes: Uint8Array) => Buffer> = {
    gzip: gzipSync,
    'x-gzip': gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
  };

  t.test('decodes each coding, at once and byte by byte', async (t) => {
    for (const [name, encode] of Object.entries(codings)) {
      const coded = encode(text);
      t.ok(text.equals((await decode(name, [coded])) ?? Buffer.of()), name);
      const single = [...coded].map((byte) => Uint8Array.of(byte));
      t.ok(text.equals((await decode(name.toUpperCase(), single)) ?? Buffer.of()), `${name}, byte by byte`);
    }
    const raw = deflateRawSync(text);
    t.ok(text.equals((await decode('deflate', [raw])) ?? Buffer.of()), 'raw deflate');
    t.ok(
      text.equals(
        (await decode(
          'deflate',
          [...raw].map((byte) => Uint8Array.of(byte)),
        )) ?? Buffer.of(),
      ),
    );
  });

  t.test('recognizes a raw deflate stream that starts like the zlib format', async (t) => {
    const deflate = createDeflateRaw({ level: 0 });
    const parts: Buffer[] = [];
    deflate.on('data', (part: Buffer) => parts.push(part));
    deflate.end('stored');
    await new Promise((resolve) => deflate.on('end', resolve));
    const coded = Buffer.concat(parts);
    // The padding bits of a stored block may be anything: method 8, then, by its first byte.
    coded[0] = (coded[0] ?? 0) | 0x08;
    t.equal(String(await decode('deflate', [coded])), 'stored');
  });

  t.test('decodes several codings in a row, the last first', async (t) => {
    const coded = brotliCompressSync(deflateRawSync(gzipSync(text)));
    t.ok(text.equals((await decode('gzip, deflate ,identity,  br', [coded])) ?? Buffer.of()));
    const single = [...coded].map((byte) => Uint8Array.of(byte));
    t.ok(text.equals((await decode('gzip, deflate, br', single)) ?? Buffer.of()));
    t.throws(() => decodeContent('gzip,gzip,gzip,gzip,gzip,gzip', undefined as never), /6 content codings/);
  });

  t.test('passes much data through a chain whose inner decoder is slower', async (t) => {
    const large = Buffer.alloc(30_000_000, 'some text that is not too regular 0123456789');
    const coded = gzipSync(brotliCompressSync(large, { params: {} }), { level: 0 });
    t.equal((await decode('br, gzip', [coded]))?.byteLength, large.byteLength);
  });

  t.test('leaves unknown codings and identity alone', async (t) => {
    t.equal(await decode('identity', []), undefined);
    t.equal(await decode('', []), undefined);
    t.equal(await decode('gzip, exi', []), undefined);
    t.match(acceptEncoding(), /^gzip, deflate, br/);
    t.equal(acceptEncoding().includes('zstd'), isContentCoding('zstd'));
  });

  t.test('reads no bytes as an empty body, and ignores bytes after the end', async (t) => {
    for (const [name, encode] of Object.entries(codings)) {
      t.equal((await decode(name, []))?.byteLength, 0);
      const coded = encode(text);
      t.ok(
        text.equals((await decode(name, [coded, Buffer.alloc(300), Buffer.alloc(300)])) ?? Buffer.of()),
        name,
      );
    }
    const members = [gzipSync('a'), gzipSync('b')];
    t.equal(String(await decode('gzip', [Buffer.concat(members)])), 'ab');
  });

  t.test('fails if the bytes are cut short or corrupt', async (t) => {
    for (const [name, encode] of Object.entries(codings)) {
      const coded = encode(text);
      const isShort = { message: 'unexpected end of file' };
      const isOther = { message: /^(?:incorrect header check|invalid block type|Decompression failed)$/ };
      await t.rejects(decode(name, [coded.subarray(0, -1)]), isShort, `${name}, one byte short`);
      await t.rejects(decode(name, [coded.subarray(0, 1)]), isShort, `${name}, one byte`);
      await t.rejects(decode(name, [Buffer.from('no such thing at all')]), isOther, `${name}, other bytes`);
    }
  });
  t.end();
});
