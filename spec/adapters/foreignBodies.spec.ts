import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';
import { JSDOM } from 'jsdom';
import { lastValueFrom } from 'rxjs';
import t from 'tap';
import { fetchAdapter } from '../../source/adapters/fetch.js';
import { nodeAdapter } from '../../source/adapters/node.js';
import { xhrAdapter } from '../../source/adapters/xhr.js';
import {
  type Adapter,
  createRequest,
  json,
  type RequestBody,
  type RequestOptions,
} from '../../source/index.node.js';
import { XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { record } from '../helpers/record.js';

/** As happy-dom has them: no tag tells what they are. */
class UntaggedBlob {
  readonly #blob: Blob;
  readonly name = 'a.txt';
  constructor(text: string, type: string) {
    this.#blob = new Blob([text], { type });
  }
  get size(): number {
    return this.#blob.size;
  }
  get type(): string {
    return this.#blob.type;
  }
  slice(): Blob {
    return this.#blob;
  }
  stream(): ReadableStream<Uint8Array> {
    return this.#blob.stream();
  }
  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#blob.arrayBuffer();
  }
}

class UntaggedForm {
  readonly #entries: (readonly [string, unknown])[] = [];
  append(name: string, value: unknown): void {
    this.#entries.push([name, value]);
  }
  delete(): void {
    /* nobody asks */
  }
  getAll(): unknown[] {
    return [];
  }
  [Symbol.iterator](): Iterator<readonly [string, unknown]> {
    return this.#entries[Symbol.iterator]();
  }
}

interface Echo {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    response.end(JSON.stringify({ headers: request.headers, text: Buffer.concat(parts).toString('latin1') }));
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
t.teardown(() => {
  server.close().closeAllConnections();
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const adapters: Readonly<Record<string, Adapter>> = {
  node: nodeAdapter(),
  fetch: fetchAdapter(),
  'xhr over the class for Node': xhrAdapter({ XMLHttpRequest }),
};
const { window } = new JSDOM('', { url: 'http://127.0.0.1/' });
const untagged = new UntaggedForm();
untagged.append('field', 'value');
untagged.append('file', new UntaggedBlob('bytes', 'text/x'));
const ofJsdom = new window.FormData();
ofJsdom.append('field', 'value');
ofJsdom.append('file', new window.File(['bytes'], 'a.txt', { type: 'text/x' }));
const native = new FormData();
native.append('field', 'value');
native.append('file', new File(['bytes'], 'a.txt', { type: 'text/x' }));
const fields = new window.FormData();
fields.append('field', 'value');

for (const [name, adapter] of Object.entries(adapters)) {
  const request = createRequest({ adapter });
  const echo = (body: unknown, options?: RequestOptions): Promise<Echo> =>
    lastValueFrom(request.post(origin, body as RequestBody, options).pipe(json<Echo>()));

  t.test(`${name}: forms and blobs of a DOM in Node are sent as what they are`, async (t) => {
    for (const [whose, form] of Object.entries({ native, ofJsdom, untagged })) {
      const { headers, text } = await echo(form);
      const [, boundary = '-'] =
        /^multipart\/form-data; boundary=(.*)$/.exec(headers['content-type'] ?? '') ?? [];
      t.equal(
        text.replaceAll(boundary, 'B').trimEnd(),
        '--B\r\nContent-Disposition: form-data; name="field"\r\n\r\nvalue\r\n' +
          '--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/x\r\n\r\nbytes\r\n' +
          '--B--',
        whose,
      );
    }
    t.match((await echo(fields)).headers['content-type'], /^multipart/, 'a form without files');
    const blobs = {
      native: new Blob(['bytes'], { type: 'text/x' }),
      plain: new Blob(['bytes'], { type: 'text/plain;charset=UTF-8' }),
      ofJsdom: new window.Blob(['bytes'], { type: 'text/x' }),
      untagged: new UntaggedBlob('bytes', 'text/x'),
    };
    for (const [whose, blob] of Object.entries(blobs)) {
      const { headers, text } = await echo(blob);
      t.same([headers['content-type'], text], [blob.type, 'bytes'], whose);
    }
    const own = await echo(blobs.untagged, { headers: { 'Content-Type': 'own/type' } });
    t.equal(own.headers['content-type'], 'own/type');
  });

  t.test(`${name}: plain Uint8Arrays are bodies, shared memory is refused by name`, async (t) => {
    const plain: Uint8Array = new Uint8Array([97, 98]);
    t.equal((await echo(plain)).text, 'ab');
    for (const shared of [
      new Uint8Array(new SharedArrayBuffer(2)),
      new DataView(new SharedArrayBuffer(2)),
      new SharedArrayBuffer(2),
    ]) {
      const { error } = await record(request.post(origin, shared as unknown as RequestBody));
      t.match(error, { name: 'TypeError', message: /SharedArrayBuffer/ });
    }
  });

  t.test(`${name}: Node's IncomingHttpHeaders are header fields`, async (t) => {
    const incoming: IncomingHttpHeaders = { 'x-one': 'a', 'x-none': undefined, 'x-more': ['b', 'c'] };
    const { headers } = await echo('', { headers: incoming });
    t.same([headers['x-one'], headers['x-none'], headers['x-more']], ['a', undefined, 'b, c']);
    const merged = createRequest({ adapter, headers: { 'X-More': ['d'] } });
    const over = await lastValueFrom(merged.post(origin, '', { headers: incoming }).pipe(json<Echo>()));
    t.equal(over.headers['x-more'], 'b, c');
    const wrong = { 'x-number': 7 } as unknown as Record<string, string>;
    t.match((await record(request(origin, { headers: wrong }))).error, {
      name: 'TypeError',
      message: /^The value of the header 'x-number' is a Number: pass a string$/,
    });
  });
}
