import { type AddressInfo, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { selfSigned } from './selfSigned.js';

/** Sends frames on one stream of HTTP/2, or on its connection. */
export interface RawHttp2Stream {
  readonly socket: Socket;
  /** A head, or trailers, with or without the end of the stream. A first field `:status` is sent where `status` is given. */
  headers(fields: Readonly<Record<string, string>>, options?: { status?: 200; end?: boolean }): void;
  data(text: string, options?: { end?: boolean }): void;
  /** RST_STREAM, with an error code. */
  reset(code: number): void;
  /** GOAWAY: streams up to this one are still answered. */
  goAway(code: number): void;
}

/** A server that speaks just enough HTTP/2 to send frames in any order, which `node:http2` does not. */
export async function rawHttp2Server(
  answer: (stream: RawHttp2Stream) => void,
): Promise<{ readonly origin: string; readonly sockets: readonly Socket[]; close(): void }> {
  const sockets: Socket[] = [];
  const server = createServer({ ...selfSigned, ALPNProtocols: ['h2'] }, (socket) => {
    sockets.push(socket);
    // A client that goes away is part of the test.
    socket.on('error', () => undefined);
    socket.write(frame(types.settings, 0, 0));
    let received = Buffer.alloc(0);
    let isPrefaceRead = false;
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      if (!isPrefaceRead) {
        if (received.byteLength < prefaceBytes) return;
        isPrefaceRead = true;
        received = received.subarray(prefaceBytes);
      }
      while (received.byteLength >= 9) {
        const length = received.readUIntBE(0, 3);
        if (received.byteLength < 9 + length) break;
        const [type, flags] = [received[3], received[4] ?? 0];
        const id = received.readUInt32BE(5);
        received = received.subarray(9 + length);
        if (type === types.settings && (flags & 1) === 0) socket.write(frame(types.settings, 1, 0));
        else if (type === types.headers) answer(streamOn(socket, id));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const prefaceBytes = 24;
const types = { data: 0, headers: 1, reset: 3, settings: 4, goAway: 7 } as const;
const endStream = 1;
const endHeaders = 4;

function frame(type: number, flags: number, id: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.byteLength, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(id, 5);
  return Buffer.concat([head, payload]);
}

function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** HPACK (RFC 7541): 200 from the static table, each field as a literal that is not indexed. */
function hpack(status: 200 | undefined, fields: Readonly<Record<string, string>>): Buffer {
  const text = (value: string): Buffer => Buffer.from([value.length, ...Buffer.from(value)]);
  const literals = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from([0]),
    text(name),
    text(value),
  ]);
  return Buffer.concat([Buffer.from(status === undefined ? [] : [0x88]), ...literals]);
}

function streamOn(socket: Socket, id: number): RawHttp2Stream {
  return {
    socket,
    headers(fields, { status, end = false } = {}) {
      socket.write(frame(types.headers, endHeaders | (end ? endStream : 0), id, hpack(status, fields)));
    },
    data(text, { end = false } = {}) {
      socket.write(frame(types.data, end ? endStream : 0, id, Buffer.from(text)));
    },
    reset(code) {
      socket.write(frame(types.reset, 0, id, uint32(code)));
    },
    goAway(code) {
      socket.write(frame(types.goAway, 0, 0, uint32(id, code)));
    },
  };
}
