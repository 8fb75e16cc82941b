import t from 'tap';
import { describeBody, encodeBody } from '../../source/body/encodeBody.js';
import { type EncodedBody, type RequestBody } from '../../source/body/RequestBody.js';

const bytesOf = async ({ bytes }: EncodedBody): Promise<Buffer> => {
  if (bytes instanceof Uint8Array) return Buffer.from(bytes);
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes()) pieces.push(piece);
  return Buffer.concat(pieces);
};
const streamOf = (...texts: readonly string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
async function* iterableOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text));
}

t.test('each kind of body becomes its bytes, with length, type and repeatability', async (t) => {
  const view = new Uint8Array([0, 1, 2, 3, 4]);
  const cases: readonly (readonly [
    body: RequestBody,
    bytes: string,
    contentType: string | undefined,
    repeatable: boolean,
  ])[] = [
    ['é\ud800', 'é\ufffd', 'text/plain;charset=UTF-8', true],
    ['', '', 'text/plain;charset=UTF-8', true],
    [
      new URLSearchParams({ a: 'é &', b: '' }),
      'a=%C3%A9+%26&b=',
      'application/x-www-form-urlencoded;charset=UTF-8',
      true,
    ],
    [view.buffer, '\0\x01\x02\x03\x04', undefined, true],
    [view.subarray(1, 3), '\x01\x02', undefined, true],
    [new DataView(view.buffer, 3), '\x03\x04', undefined, true],
    [new Blob(['blob'], { type: 'Text/X' }), 'blob', 'text/x', true],
    [new Blob(['blob']), 'blob', undefined, true],
    [streamOf('st', 'ream'), 'stream', undefined, false],
    [iterableOf('it', 'er'), 'iter', undefined, false],
  ];
  for (const [body, bytes, contentType, repeatable] of cases) {
    const title = Object.prototype.toString.call(body);
    const encoded = encodeBody(body);
    const length = repeatable ? Buffer.byteLength(bytes) : undefined;
    t.match({ ...encoded, bytes: undefined }, { length, contentType, repeatable }, title);
    t.equal((await bytesOf(encoded)).toString(), bytes, title);
    if (repeatable) t.equal((await bytesOf(encoded)).toString(), bytes, `${title}, a second time`);
    if (body instanceof ReadableStream)
      t.throws(() => describeBody(body), { message: /something else is reading/ });
    else t.equal(describeBody(body).repeatable, repeatable);
  }
});

t.test('a value that is not a body is rejected by name', (t) => {
  const cases: readonly (readonly [body: unknown, words: RegExp])[] = [
    [null, /cannot be of the kind Null/],
    [7, /of the kind Number/],
    [Symbol.iterator, /of the kind Symbol/],
    [{ a: 1 }, /of the kind Object: .* json$/],
    [[1], /of the kind Array/],
    [new Date(), /of the kind Date/],
    [new SharedArrayBuffer(1), /of the kind SharedArrayBuffer/],
    [{ [Symbol.toStringTag]: 'FormData' }, /FormData whose entries cannot be read.* global FormData/],
  ];
  for (const [body, words] of cases) {
    t.throws(() => encodeBody(body as RequestBody), { name: 'TypeError', message: words }, String(words));
  }
  t.end();
});

t.test('leaving a stream cancels it at once, even while a piece is pending', async (t) => {
  let reason = 'not cancelled';
  const never = new ReadableStream<Uint8Array>({ cancel: () => void (reason = 'cancelled') });
  const { bytes } = encodeBody(never);
  if (bytes instanceof Uint8Array) throw new Error('not a stream');
  const iterator = bytes()[Symbol.asyncIterator]();
  const waiting = iterator.next();
  await iterator.return?.();
  t.equal(reason, 'cancelled');
  t.match(await waiting, { done: true });
});

t.test('a form makes the round trip through multipart/form-data', async (t) => {
  const form = new FormData();
  form.append('plain', 'value é');
  form.append('plain', 'again\nwith\rall\r\nends\n\r');
  form.append('odd "name"\r\n', '\ud800');
  form.append('empty', '');
  form.append(
    'file',
    new File([new Uint8Array([0, 255, 13, 10]), '--'], 'a "b"\n.bin', { type: 'image/png' }),
  );
  form.append('untyped', new Blob(['x']), 'é.txt');
  form.append('no bytes', new File([], ''));

  const encoded = encodeBody(form);
  const bytes = await bytesOf(encoded);
  t.equal(bytes.byteLength, encoded.length, 'the length is known beforehand');
  t.strictSame(await bytesOf(encoded), bytes, 'it can be read again');
  const contentType = encoded.contentType ?? '';
  const read = [
    ...(await new Response(Uint8Array.from(bytes), { headers: { 'content-type': contentType } }).formData()),
  ];
  const values = await Promise.all(
    read.map(async ([name, value]) =>
      typeof value === 'string'
        ? [name, value]
        : [name, value.name, value.type, Buffer.from(await value.arrayBuffer()).toString('latin1')],
    ),
  );
  t.strictSame(values, [
    ['plain', 'value é'],
    ['plain', 'again\r\nwith\r\nall\r\nends\r\n\r\n'],
    ['odd "name"\r\n', '\ufffd'],
    ['empty', ''],
    ['file', 'a "b"\n.bin', 'image/png', '\0\xff\r\n--'],
    ['untyped', 'é.txt', 'application/octet-stream', 'x'],
    ['no bytes', '', 'application/octet-stream', ''],
  ]);
  const [head = ''] = bytes.toString().split('form-data; name="file"').slice(1);
  t.match(head, /^; filename="a %22b%22%0A\.bin"\r\nContent-Type: image\/png\r\n\r\n/);
});

t.test('a form without files is bytes at once, and two never share a boundary', async (t) => {
  const form = new FormData();
  t.ok(encodeBody(form).bytes instanceof Uint8Array);
  const [first, second] = [encodeBody(form), encodeBody(form)];
  t.not(first.contentType, second.contentType);
  const boundary = first.contentType?.split('boundary=')[1] ?? '';
  t.equal((await bytesOf(first)).toString(), `--${boundary}--\r\n`);
});
