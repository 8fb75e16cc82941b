import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { take } from 'rxjs';
import t, { type Test } from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { type RequestBody } from '../../source/body/RequestBody.js';
import { createRequest } from '../../source/index.node.js';
import { record } from '../helpers/record.js';

/** Those that send streams. An exception that nobody catches fails the spec. */
const adapters = { node: nodeAdapter(), fetch: fetchAdapter() };

/** A server that waits for the whole body, and tells when a request is there and when its connection has ended. */
async function waitingServer(t: Test) {
  const closed: Promise<void>[] = [];
  let arrived: (() => void) | undefined;
  const server = createServer((request, response) => {
    arrived?.();
    request.on('error', () => undefined);
    request.resume().on('end', () => response.end());
  });
  server.on('connection', (socket) => {
    closed.push(
      new Promise((resolve) => {
        socket.on('close', () => {
          resolve();
        });
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    request: () => new Promise<void>((resolve) => (arrived = resolve)),
    allClosed: () => Promise.all(closed),
  };
}

const never = (): Promise<never> => new Promise(() => undefined);
const first = { done: false, value: Uint8Array.of(1) };

/** An iterator that gives a piece, then waits for ever, and is left as the test says. */
function waiting(leave: object): RequestBody {
  let asked = 0;
  const next = (): Promise<unknown> => (asked++ === 0 ? Promise.resolve(first) : never());
  const iterator = Object.defineProperties({ next }, Object.getOwnPropertyDescriptors(leave));
  return { [Symbol.asyncIterator]: () => iterator } as unknown as RequestBody;
}

for (const [name, adapter] of Object.entries(adapters)) {
  const request = createRequest({ adapter });

  t.test(
    `${name}: a body whose iterator is left in any way frees its connection and throws nothing`,
    async (t) => {
      const leaves: Readonly<Record<string, object>> = {
        'return() throws': {
          return() {
            throw new Error('return() throws');
          },
        },
        'return() rejects': { return: () => Promise.reject(new Error('return() rejects')) },
        'return() gives nothing': { return: () => undefined },
        'return() gives a text': { return: () => 'text' },
        'return() gives what rejects when it is awaited': {
          return: () => ({
            then() {
              throw new Error('then() throws');
            },
          }),
        },
        'return() never answers': { return: never },
        'return is no function': { return: 1 },
        'there is no return()': {},
        'asking for return throws': {
          get return(): unknown {
            throw new Error('no return');
          },
        },
      };
      for (const [what, leave] of Object.entries(leaves)) {
        const { origin, request: arrived, allClosed } = await waitingServer(t);
        const there = arrived();
        const subscription = request.post(origin, waiting(leave)).subscribe();
        await there;
        t.doesNotThrow(() => {
          subscription.unsubscribe();
        }, what);
        await allClosed();
      }
    },
  );

  t.test(`${name}: a body that breaks the rules of iterators is an error that says which`, async (t) => {
    const { origin } = await waitingServer(t);
    const next = (next: () => unknown): unknown => ({ [Symbol.asyncIterator]: () => ({ next }) });
    const piece = (value: unknown): unknown => next(() => Promise.resolve({ done: false, value }));
    const cases: readonly (readonly [body: unknown, words: RegExp])[] = [
      [next(() => Promise.reject(new Error('next() rejects'))), /next\(\) rejects/],
      [
        next(() => {
          throw new Error('next() throws');
        }),
        /next\(\) throws/,
      ],
      [next(() => undefined), /next\(\) returned Undefined instead of an object with done and value/],
      [next(() => Promise.resolve(null)), /next\(\) returned Null instead/],
      [next(() => 7), /next\(\) returned Number instead/],
      [{ [Symbol.asyncIterator]: () => ({}) }, /next is not a function/],
      [piece('text'), /a value of the kind String instead of a Uint8Array: encode it, as in new TextEncoder/],
      [piece(undefined), /a value of the kind Undefined instead of a Uint8Array/],
      [piece(null), /a value of the kind Null instead of/],
      [piece([1, 2]), /a value of the kind Array instead of/],
      [
        piece(new ArrayBuffer(3)),
        /a value of the kind ArrayBuffer instead of a Uint8Array: .* new Uint8Array/,
      ],
      [piece(new DataView(new ArrayBuffer(3))), /a value of the kind DataView instead of/],
      [piece(new Uint16Array(3)), /a value of the kind Uint16Array instead of/],
      [piece(new Uint8ClampedArray(3)), /a value of the kind Uint8ClampedArray instead of/],
      [
        piece({ byteLength: 3, length: 3, subarray: () => undefined }),
        /a value of the kind Object instead of/,
      ],
      [piece(new Uint8Array(new SharedArrayBuffer(3))), /a value of the kind SharedArrayBuffer .*copy it/],
      [Readable.from(['text']), /a value of the kind String/],
      [
        new ReadableStream({
          start(controller) {
            controller.enqueue('text');
          },
        }),
        /a value of the kind String/,
      ],
    ];
    for (const [body, words] of cases) {
      const { error } = await record(request.post(origin, body as RequestBody));
      t.match(error, { code: 'ERR_NETWORK', cause: Error, message: words }, String(words));
    }
    const early: readonly (readonly [iterate: () => unknown, words: RegExp])[] = [
      [() => undefined, /\[Symbol.asyncIterator\]\(\) returned Undefined instead of an iterator/],
      [() => 'text', /returned String instead of an iterator/],
      [
        () => {
          throw new TypeError('no iterator');
        },
        /no iterator/,
      ],
    ];
    for (const [iterate, words] of early) {
      const body = { [Symbol.asyncIterator]: iterate } as RequestBody;
      const { states, error } = await record(request.post(origin, body));
      t.equal(states, '');
      t.match(error, { name: 'TypeError', message: words });
    }
  });

  t.test(
    `${name}: results that are no promises are taken, and what comes after the end is nothing`,
    async (t) => {
      const { origin } = await waitingServer(t);
      let asked = 0;
      const body = {
        [Symbol.asyncIterator]: () => ({
          next: () => (asked++ === 0 ? first : { done: true, value: 'text' }),
        }),
      } as unknown as RequestBody;
      t.match(await record(request.post(origin, body)), { error: undefined, response: { status: 200 } });
      t.equal(asked, 2);
      const late = Readable.from([Buffer.alloc(3)]);
      late.on('close', () => setImmediate(() => late.emit('error', new Error('after its end'))));
      t.match(await record(request.post(origin, late)), { error: undefined, response: { status: 200 } });
    },
  );

  t.test(`${name}: a Readable is destroyed when its request is cancelled, in any state`, async (t) => {
    const { origin, request: arrived, allClosed } = await waitingServer(t);
    const silent = (): PassThrough => {
      const body = new PassThrough();
      body.write('x');
      return body;
    };
    const unsubscribed = silent();
    const there = arrived();
    const subscription = request.post(origin, unsubscribed).subscribe();
    await there;
    subscription.unsubscribe();
    t.ok(unsubscribed.destroyed, 'unsubscribed from');

    const atOnce = silent();
    request.post(origin, atOnce).pipe(take(1)).subscribe();
    t.ok(atOnce.destroyed, 'unsubscribed from in OPENED');

    const timedOut = silent();
    const { error } = await record(request.post(origin, timedOut, { timeout: 150 }));
    t.match(error, { code: 'ERR_TIMEOUT' });
    t.ok(timedOut.destroyed, 'timed out');

    const aborted = silent();
    const signal = AbortSignal.abort();
    t.match((await record(request.post(origin, aborted, { signal }))).error, { code: 'ERR_ABORTED' });
    t.ok(aborted.destroyed, 'aborted before');

    const refused = silent();
    await record(request.post('http://127.0.0.1:1/', refused));
    t.ok(refused.destroyed, 'refused');
    await allClosed();

    let reason: unknown = 'not cancelled';
    const web = new ReadableStream<Uint8Array>({ cancel: () => void (reason = 'cancelled') });
    request.post(origin, web).pipe(take(1)).subscribe();
    t.equal(reason, 'cancelled', 'a stream of the web in OPENED');
  });

  t.test(`${name}: a Readable that fails is the error, and ends nothing else`, async (t) => {
    const { origin, request: arrived } = await waitingServer(t);
    const missing = await record(request.post(origin, createReadStream('/nowhere/at/all')));
    t.match(missing.error, { code: 'ERR_NETWORK', message: /ENOENT/ });
    const broken = new PassThrough();
    broken.write('x');
    const there = arrived();
    const recording = record(request.post(origin, broken));
    await there;
    broken.destroy(new Error('disk full'));
    t.match((await recording).error, {
      code: 'ERR_NETWORK',
      message: /disk full/,
    });
    // Nobody reads it any more when it fails.
    const late = createReadStream('/nowhere/at/all');
    request.post(origin, late).pipe(take(1)).subscribe();
    await new Promise<void>((resolve) => {
      late.on('close', () => {
        resolve();
      });
    });
  });
}
