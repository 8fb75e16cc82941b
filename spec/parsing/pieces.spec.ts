import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Observable, type OperatorFunction } from 'rxjs';
import t, { type Test } from 'tap';
import { arrayBuffer, blob, json, lines, serverSentEvents, text, throwIfNotOk } from '../../source/index.js';
import { ReceivedBytes } from '../../source/node/xmlhttprequest/response/ReceivedBytes.js';
import { BytePieces } from '../../source/parsing/BytePieces.js';
import { TextPieces } from '../../source/parsing/TextPieces.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type ReadyStateEvent, type ResponseHead } from '../../source/request/ReadyStateEvent.js';
import { holds } from '../helpers/property.js';
import { requestOf } from '../helpers/requestOf.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of memory that these pieces keep alive. */
function capacity(pieces: Iterable<Uint8Array>): number {
  return [...new Set([...pieces].map(({ buffer }) => buffer))].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
}

t.test('the bytes are those that were added, from any offset', (t) => {
  const sizes = fc.array(fc.oneof(fc.nat(5), fc.nat(3_000), fc.integer({ min: 65_000, max: 140_000 })), {
    maxLength: 12,
  });
  holds(
    t,
    'whatever the sizes',
    fc.property(sizes, fc.nat(), fc.boolean(), (lengths, where, isWindow) => {
      const pieces = new BytePieces();
      const all: number[] = [];
      let next = 0;
      for (const length of lengths) {
        const memory = new Uint8Array(length + (isWindow ? 50 : 0));
        const piece = memory.subarray(isWindow ? 20 : 0, length + (isWindow ? 20 : 0));
        for (let index = 0; index < length; index++) piece[index] = next++ % 251;
        for (const byte of piece) all.push(byte);
        pieces.add(piece);
      }
      const offset = all.length === 0 ? 0 : where % all.length;
      const rest = Buffer.concat([...pieces.from(offset)]);
      const isWhole = pieces.byteLength === all.length && rest.equals(Buffer.from(all.slice(offset)));
      return isWhole && Buffer.from(pieces.take()).equals(Buffer.from(all)) && pieces.byteLength === 0;
    }),
    { numRuns: 50 },
  );
  t.end();
});

t.test('what is held costs little more than its bytes, however they came', (t) => {
  const ways: Readonly<Record<string, () => Uint8Array<ArrayBuffer>>> = {
    'one byte': () => new Uint8Array(1),
    'one byte of a socket read': () => new Uint8Array(65_536).subarray(7, 8),
    '100 bytes of a megabyte': () => new Uint8Array(1_048_576).subarray(0, 100),
    'half of a large read': () => new Uint8Array(200_000).subarray(0, 100_000),
    'most of a socket read': () => new Uint8Array(65_536).subarray(300),
    '65,537 bytes': () => new Uint8Array(65_537),
  };
  for (const [name, make] of Object.entries(ways)) {
    const pieces = new BytePieces();
    const count = Math.min(
      100_000,
      Math.ceil(3_000_000 / make().byteLength),
      make().buffer.byteLength > 500_000 ? 500 : Infinity,
    );
    for (let index = 0; index < count; index++) pieces.add(make());
    const held = [...pieces.from()];
    t.ok(
      capacity(held) <= (pieces.byteLength * 8) / 7 + 65_536,
      `${name}: ${capacity(held)} for ${pieces.byteLength}`,
    );
    t.ok(held.length <= pieces.byteLength / 32_768 + 12, `${name}: ${held.length} pieces`);
  }
  t.end();
});

t.test('one piece stays as it is, and a small body takes a small block', (t) => {
  const piece = new Uint8Array([1, 2, 3]);
  const pieces = new BytePieces();
  pieces.add(piece);
  t.equal([...pieces.from()][0], piece);
  t.equal(pieces.take(), piece.buffer, 'it is given without a copy');
  pieces.add(piece);
  t.not(pieces.take(true), piece.buffer, 'or with one');
  pieces.add(new Uint8Array(65_536).subarray(0, 3));
  t.equal(capacity(pieces.from()), 3);
  pieces.add(piece);
  t.ok(capacity(pieces.from()) <= 1_024);
  t.end();
});

t.test('text is what was added, in few strings', (t) => {
  const pieces = new TextPieces();
  let expected = '';
  for (let index = 0; index < 5_000; index++) {
    pieces.add(String.fromCharCode(0x100 + (index % 900)));
    expected += String.fromCharCode(0x100 + (index % 900));
    if (pieces.latest.length > 1_023) t.fail(`${pieces.latest.length} strings wait`);
  }
  t.equal(pieces.take(), expected);
  t.equal(pieces.take(), '');
  t.end();
});

const count = 3_000;

/** A body in pieces of one byte; how many of them, and of their memory, somebody still holds before the last event. */
async function heldOf(
  read: OperatorFunction<ReadyStateEvent, unknown>,
  body: (index: number) => string,
  status = 200,
): Promise<number> {
  const request = requestOf('http://127.0.0.1/');
  const response: ResponseHead = {
    url: request.url,
    status,
    statusText: '',
    ok: status === 200,
    headers: HeaderMap.from({}),
    redirects: [],
    mimeType: undefined,
    decodedAs: undefined,
  };
  const progress = { loaded: 0, transferred: 0, total: undefined };
  const memories: WeakRef<ArrayBuffer>[] = [];
  let emit: (event: ReadyStateEvent) => void = () => undefined;
  const subscription = new Observable<ReadyStateEvent>((subscriber) => {
    emit = (event) => {
      subscriber.next(event);
    };
  })
    .pipe(read)
    .subscribe({ error: () => undefined });
  emit({ readyState: 1, request, attempt: 1 });
  emit({ readyState: 2, response });
  for (let index = 0; index < count; index++) {
    const chunk = new TextEncoder().encode(body(index));
    memories.push(new WeakRef(chunk.buffer));
    emit({ readyState: 3, response, chunk, progress });
  }
  // A weak reference holds on until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  const held = memories.filter((memory) => memory.deref() !== undefined).length;
  subscription.unsubscribe();
  return held;
}

async function holdsNoPieces(t: Test, name: string, ...parameters: Parameters<typeof heldOf>): Promise<void> {
  const held = await heldOf(...parameters);
  t.ok(held < 20, `${name}: ${held} of ${count} pieces are held`);
}

t.test('no operator holds the pieces of a body in small pieces', async (t) => {
  const letter = (): string => 'x';
  await holdsNoPieces(t, 'arrayBuffer()', arrayBuffer(), letter);
  await holdsNoPieces(t, 'blob()', blob(), letter);
  await holdsNoPieces(t, 'text()', text(), letter);
  await holdsNoPieces(t, 'json()', json(), () => '1');
  await holdsNoPieces(t, 'lines()', lines(), letter);
  await holdsNoPieces(t, 'serverSentEvents()', serverSentEvents(), (index) => 'data: x\n'.charAt(index % 8));
  await holdsNoPieces(t, 'throwIfNotOk()', throwIfNotOk(), letter, 500);
});

t.test('nor does the class', (t) => {
  const bytes = new ReceivedBytes(0);
  for (let index = 0; index < 100_000; index++) bytes.append(new Uint8Array(65_536 / 64).subarray(0, 1));
  t.ok(capacity(bytes.piecesFrom(0)) <= 200_000);
  t.equal(bytes.join().byteLength, 100_000);
  t.equal(bytes.toArrayBuffer().byteLength, 100_000);
  t.end();
});
