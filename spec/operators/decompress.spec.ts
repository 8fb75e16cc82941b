import { gzipSync } from 'node:zlib';
import { lastValueFrom, take, toArray } from 'rxjs';
import t from 'tap';
import { createRequest, isLimitError, text } from '../../source/index.node.js';
import { bytes } from '../../source/operators/bytes.js';
import { decompress, type DecompressOptions, type PackedFile } from '../../source/operators/decompress.js';
import { type ReadyStateEvent } from '../../source/request/ReadyStateEvent.js';
import { elements, xml, xmlDocument } from '../../source/xml.node.js';
import { emit, operatorContracts, outcome } from '../conformance/operators.js';
import { eventsOf } from '../helpers/events.js';
import { testServer } from '../helpers/testServer.js';
import { zipArchive } from '../helpers/zipArchive.js';

const feed = '<feed><item>Чай</item><item>Tea</item></feed>';
const archive = zipArchive([
  { name: 'a.xml', data: '<a/>', method: 0 },
  { name: 'b.xml', data: feed },
  { name: 'c.xml', data: '<c/>', descriptor: 'signed' },
]);
const bodyOf = (events: readonly ReadyStateEvent[]): string =>
  Buffer.concat(events.flatMap((event) => (event.readyState === 3 ? [event.chunk] : []))).toString();
const contract = (
  name: string,
  body: string | Uint8Array,
  text: string,
  options?: DecompressOptions,
): void => {
  operatorContracts({
    name: `decompress() of ${name}`,
    make: () => decompress(options),
    body,
    values: ['1', '2', text, '4'],
    // The pieces are the network's; what they join to is not.
    normalize: (values) =>
      typeof values[0] === 'string'
        ? values.join('|')
        : ['1', '2', bodyOf(values as ReadyStateEvent[]) || text, '4'].join('|'),
  });
};

contract('a body that is not packed', feed, feed);
contract('a body that starts like a packed one', 'PK', 'PK');
contract('gzip', gzipSync(feed), feed);
contract('zip', archive, feed, { entry: /^b/ });

function unpack(body: Uint8Array | string, options?: DecompressOptions): string {
  const [values, end] = outcome(emit(eventsOf([body])).pipe(decompress(options)));
  return end === 'complete' ? bodyOf(values as ReadyStateEvent[]) : end;
}

t.test('what is not packed passes untouched: the very events', (t) => {
  for (const body of ['', 'P', 'PK', 'PK00', 'BZh', 'BZh91AY', '7z', '<a/>', 'PK\x03', '\x1f ']) {
    for (const pieces of [[body], body.split('')]) {
      const events = eventsOf(pieces);
      const [values, end] = outcome(emit(events).pipe(decompress()));
      if (body === 'PK\x03')
        t.match(end, 'error: The zip archive ends: it is cut short of https://example.org/');
      else
        t.ok(
          values.length === events.length && values.every((value, index) => value === events[index]),
          body,
        );
    }
  }
  t.equal(
    unpack(Uint8Array.of(0x1f)),
    'error: The gzip data ends inside member 1: it is cut short of https://example.org/',
  );
  t.end();
});

t.test('what is held back while the first bytes do not tell comes before an error', (t) => {
  const events = eventsOf(['P', 'K']);
  const [values] = outcome(emit(events.slice(0, 4)).pipe(decompress()));
  t.same(values, events.slice(0, 4));
  t.end();
});

t.test('what it does not undo is an error that names it', (t) => {
  for (const [signature, name] of [
    ['BZh61AY&SY', 'bzip2'],
    ['\xfd7zXZ\0', 'xz'],
    ['\x28\xb5\x2f\xfd', 'Zstandard'],
    ['7z\xbc\xaf\x27\x1c', '7z'],
    ['\x1f\x9d', 'compress'],
  ] as const) {
    t.equal(
      unpack(Buffer.from(`${signature}…`, 'latin1')),
      `error: The body is packed by ${name} of https://example.org/: decompress() undoes gzip and zip only; unpack it first`,
    );
  }
  t.end();
});

t.test('a file of a zip archive is chosen by name, pattern or function; the first without', (t) => {
  t.equal(unpack(archive), '<a/>');
  t.equal(unpack(archive, { entry: 'b.xml' }), feed);
  const pattern = /\.xml$/g;
  t.equal(unpack(archive, { entry: pattern }), '<a/>');
  t.equal(unpack(archive, { entry: pattern }), '<a/>');
  t.equal(unpack(archive, { entry: (name) => name > 'b.xml' }), '<c/>');
  t.match(
    unpack(archive, { entry: 'd.xml' }),
    /holds no file "d\.xml", but "a\.xml", "b\.xml", "c\.xml" of https/,
  );
  t.match(unpack(archive, { entry: /^d/ }), /holds no file that matches \/\^d\/, but/);
  const thrown = (): never => {
    throw new RangeError('of the caller');
  };
  t.equal(unpack(archive, { entry: thrown }), 'error: of the caller');
  t.equal(unpack(gzipSync(feed), { onFile: thrown }), 'error: of the caller');
  t.end();
});

t.test('onFile hears what is read and what is passed over', (t) => {
  const files: PackedFile[] = [];
  const onFile = (file: PackedFile): unknown => files.push(file);
  unpack(gzipSync(feed), { onFile });
  unpack(archive, { onFile, entry: 'b.xml' });
  unpack(feed, { onFile });
  t.same(files, [
    { format: 'gzip', name: undefined, chosen: true },
    { format: 'zip', name: 'a.xml', chosen: false },
    { format: 'zip', name: 'b.xml', chosen: true },
    { format: 'zip', name: 'c.xml', chosen: false },
  ]);
  t.end();
});

t.test('an unknown option, and a value that is none, are errors at once', (t) => {
  t.throws(() => decompress({ entries: 'x' } as object), {
    message: "Unknown decompress option 'entries': use one of entry, limits, onFile",
  });
  t.throws(() => decompress({ entry: 3 as never }), TypeError);
  t.throws(() => decompress({ limits: { decompressionRatio: -1 } }), RangeError);
  t.end();
});

t.test('progress counts what is handed on, and the bytes on the wire', (t) => {
  const packed = gzipSync(feed);
  const events = outcome(emit(eventsOf([packed])).pipe(decompress()))[0] as ReadyStateEvent[];
  const done = events.at(-1);
  t.match(done, { readyState: 4, progress: { loaded: Buffer.byteLength(feed), transferred: packed.length } });
  const unknown = eventsOf([packed]).map((event) =>
    'progress' in event ? { ...event, progress: { ...event.progress, transferred: undefined } } : event,
  );
  const [, , loading] = outcome(emit(unknown).pipe(decompress()))[0] as ReadyStateEvent[];
  t.match(loading, { readyState: 3, progress: { transferred: packed.length } });
  t.end();
});

t.test('a body in a body takes two', (t) => {
  const inner = zipArchive([{ name: 'a.xml.gz', data: gzipSync(feed), method: 0 }]);
  const [values] = outcome(emit(eventsOf([inner])).pipe(decompress(), decompress()));
  t.equal(bodyOf(values as ReadyStateEvent[]), feed);
  t.end();
});

t.test(
  'nobody takes the bytes of the file for those of the response: there are no checkpoints in them',
  (t) => {
    const headers = { etag: '"1"' };
    const checkpointOf = (body: Uint8Array | string): string => {
      const events$ = emit(eventsOf([body], { headers })).pipe(
        decompress({ entry: 'b.xml' }),
        elements('item'),
      );
      let message = 'none';
      events$.subscribe((item) => {
        try {
          message = item.checkpoint().url;
        } catch (error) {
          message = (error as Error).message;
        }
      });
      return message;
    };
    t.equal(checkpointOf(feed), 'https://example.org/');
    t.match(checkpointOf(gzipSync(feed)), /the body was packed as gzip/);
    t.match(checkpointOf(archive), /the body was packed as zip/);
    t.end();
  },
);

t.test('each attempt of a request has a body of its own', (t) => {
  const packed = gzipSync(feed);
  const attempts = [...eventsOf([packed.subarray(0, 20)]).slice(0, 3), ...eventsOf([packed])];
  const [values, end] = outcome(emit(attempts).pipe(decompress()));
  t.equal(end, 'complete');
  t.match(bodyOf(values as ReadyStateEvent[]), /<feed>.*<\/feed>$/);
  t.end();
});

const zeros = gzipSync(Buffer.alloc(2 ** 22));
const bombs = {
  gzip: Buffer.concat(Array.from({ length: 40 }, () => zeros)),
  zip: zipArchive(
    Array.from({ length: 40 }, (_, index) => ({
      name: `${index}`,
      data: Buffer.alloc(2 ** 22),
      descriptor: 'signed' as const,
    })),
  ),
  'zip, one file': zipArchive([{ name: 'a', data: Buffer.alloc(2 ** 26 + 2 ** 22) }]),
};

t.test('a bomb is a LimitError', (t) => {
  for (const [name, bomb] of Object.entries(bombs)) {
    let loaded = 0;
    let failure: unknown;
    emit(eventsOf([bomb]))
      .pipe(decompress())
      .subscribe({
        next: (event) => {
          if (event.readyState === 3) loaded += event.chunk.length;
        },
        error: (error: unknown) => (failure = error),
      });
    t.ok(isLimitError(failure), name);
    t.match(failure, { limit: 'decompressionRatio', value: 200, request: { url: 'https://example.org/' } });
    t.ok(loaded <= 2 ** 26, `${name}: ${loaded} bytes were handed on`);
  }
  const small = { limits: { decompressionRatio: 2 } };
  t.equal(unpack(gzipSync(Buffer.alloc(1000, 'a')), small), 'a'.repeat(1000), 'only past 64 MiB');
  t.end();
});

t.test('a body that a content coding has made larger counts as what came over the wire', (t) => {
  const packed = gzipSync(zeros);
  const events = eventsOf([zeros], { headers: { 'content-encoding': 'gzip' } }).map((event) =>
    'progress' in event ? { ...event, progress: { ...event.progress, transferred: packed.length } } : event,
  );
  const run = (ratio: number): string =>
    outcome(
      emit([...events.slice(0, 2), ...Array.from({ length: 20 }, () => events.slice(2, 3)).flat()]).pipe(
        decompress({ limits: { decompressionRatio: ratio } }),
      ),
    )[1];
  t.equal(run(Infinity), 'complete');
  t.match(run(200), /^error: .*limits\.decompressionRatio/);
  t.end();
});

t.test('packed feeds over HTTP, before every parser', async (t) => {
  const server = await testServer();
  t.teardown(() => server.close());
  const bodies: Record<string, Uint8Array> = {
    '/feed.xml.gz': gzipSync(feed),
    '/members.xml.gz': Buffer.concat([gzipSync(feed.slice(0, 20)), gzipSync(feed.slice(20))]),
    '/feeds.zip': archive,
    '/feed.xml': Buffer.from(feed),
  };
  for (const [path, body] of Object.entries(bodies)) {
    server.routes.set(path, (_, response) => {
      response.setHeader('content-type', 'application/octet-stream');
      for (let at = 0; at < body.length; at += 50) response.write(body.subarray(at, at + 50));
      response.end();
    });
  }
  const request = createRequest({ baseURL: server.origin });
  for (const path of Object.keys(bodies)) {
    const events$ = request(path).pipe(decompress({ entry: 'b.xml' }));
    t.equal(await lastValueFrom(events$.pipe(text())), feed, path);
    const items = await lastValueFrom(events$.pipe(elements('item'), toArray()));
    t.same(
      items.map((item) => item.text()),
      ['Чай', 'Tea'],
    );
    t.equal((await lastValueFrom(events$.pipe(xmlDocument()))).documentElement.textContent, 'ЧайTea');
    t.equal((await lastValueFrom(events$.pipe(xml(), toArray()))).length, 8);
    t.equal((await lastValueFrom(events$.pipe(bytes(), take(1)))).length > 0, true);
  }
});
