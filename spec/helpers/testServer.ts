import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';

/** What the server saw of the requests that bear one id. */
export interface RequestLog {
  /** How many requests arrived. */
  requests: number;
  /** How many were answered to the end. */
  answered: number;
  /** How many the client broke off. */
  broken: number;
}

/** Answers one route. */
export type Route = (
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
) => Promise<void> | void;

/** A server on the loopback interface whose routes misbehave on demand, and which tells what it saw. */
export interface TestServer {
  readonly origin: string;
  /** Further routes, by path. */
  readonly routes: Map<string, Route>;
  close(): Promise<void>;
}

const marks: Readonly<Record<string, (text: string) => Buffer>> = {
  none: (text) => Buffer.from(text, 'utf8'),
  'utf-8': (text) => Buffer.from(`\uFEFF${text}`, 'utf8'),
  'utf-16le': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
};

/** Starts a {@link TestServer} on a free port. */
export async function testServer(): Promise<TestServer> {
  const logs = new Map<string, RequestLog>();
  const waiting = new Set<() => void>();
  const released = new Map<string, () => void>();
  const changed = (): void => {
    for (const check of waiting) check();
  };
  const logOf = (id: string): RequestLog => {
    const log = logs.get(id) ?? { requests: 0, answered: 0, broken: 0 };
    logs.set(id, log);
    return log;
  };

  const routes = new Map<string, Route>([
    [
      '/bytes',
      (_, response) => {
        send(response, Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte)));
      },
    ],
    ['/status', (_, response, query) => void response.writeHead(Number(query.get('code')), 'So It Is').end()],
    [
      '/echo',
      async (request, response) => {
        const body = await readAll(request);
        const { method, headers } = request;
        send(response, Buffer.from(JSON.stringify({ method, headers, body: body.toString('base64') })));
      },
    ],
    [
      '/pieces',
      async (_, response, query) => {
        response.setHeader('content-length', Number(query.get('count')));
        response.socket?.setNoDelay(true);
        for (let piece = 0; piece < Number(query.get('count')); piece++) {
          response.write(Buffer.of(piece & 0xff));
          await new Promise(setImmediate);
        }
        response.end();
      },
    ],
    [
      '/headers',
      (_, response, query) => {
        for (let field = 0; field < Number(query.get('count')); field++)
          response.setHeader(`x-${field}`, `${field}`);
        response.setHeader('x-long', 'x'.repeat(Number(query.get('bytes'))));
        send(response, Buffer.from('ok'));
      },
    ],
    ['/silent', () => undefined],
    [
      '/headOnly',
      (_, response) => {
        response.flushHeaders();
      },
    ],
    [
      // Sends the head and three bytes, and the rest when /release asks for it.
      '/held',
      async (_, response, query) => {
        response.write('abc');
        await new Promise<void>((resolve) => released.set(query.get('id') ?? '', resolve));
        response.end('def');
      },
    ],
    [
      '/release',
      (_, response, query) => {
        released.get(query.get('id') ?? '')?.();
        response.end();
      },
    ],
    [
      '/log',
      async (_, response, query) => {
        const log = logOf(query.get('id') ?? '');
        const wanted = (['requests', 'answered', 'broken'] as const).filter((name) => query.has(name));
        await until(() => wanted.every((name) => log[name] >= Number(query.get(name))), waiting);
        send(response, Buffer.from(JSON.stringify(log)));
      },
    ],
    [
      '/raw',
      (request, _, query) => {
        const { socket } = request;
        const end = (): void => {
          if (query.has('reset')) socket.resetAndDestroy();
          else socket.end();
        };
        const head = query.get('head');
        if (head === null) {
          end();
          return;
        }
        // Waits until the client says that it has read this far, so that a reset cannot overtake the bytes.
        socket.write(head);
        released.set(query.get('id') ?? '', end);
      },
    ],
    [
      // To itself where nothing is said.
      '/redirect',
      (request, response, query) =>
        void response
          .writeHead(Number(query.get('code') ?? 302), { location: query.get('to') ?? request.url })
          .end('moved'),
    ],
    [
      '/gzip',
      (_, response) => {
        response.setHeader('content-encoding', 'gzip');
        send(response, gzipSync(Buffer.alloc(10_000, 'gzip ')));
      },
    ],
    [
      '/marked',
      async (_, response, query) => {
        response.setHeader('content-type', 'text/plain; charset=iso-8859-1');
        const bytes = marks[query.get('mark') ?? 'none']?.(query.get('text') ?? '') ?? Buffer.alloc(0);
        const coded = query.has('gzip') ? gzipSync(bytes) : bytes;
        if (query.has('gzip')) response.setHeader('content-encoding', 'gzip');
        if (!query.has('pieces')) {
          send(response, coded);
          return;
        }
        // Each byte in a turn of its own, or, where they are paced, when /release asks for it.
        response.socket?.setNoDelay(true);
        for (const byte of coded) {
          response.write(Buffer.of(byte));
          await new Promise<void>((resolve) => {
            if (query.get('pieces') === 'paced') released.set(query.get('id') ?? '', resolve);
            else setImmediate(resolve);
          });
        }
        response.end();
      },
    ],
    [
      // For a page of another origin.
      '/cors',
      (_, response) => {
        response.setHeader('access-control-allow-origin', '*');
        response.setHeader('access-control-allow-headers', '*');
        send(response, Buffer.from('ok'));
      },
    ],
    [
      '/binary',
      (_, response, query) => {
        send(response, Buffer.from((query.get('bytes') ?? '').split(',').map(Number)));
      },
    ],
    [
      '/flood',
      async (_, response, query) => {
        const block = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_, index) => index & 0xff));
        const blocks = Array.from({ length: Number(query.get('megabytes')) }, () => block);
        await pipeline(blocks, response);
      },
    ],
    [
      // A port on which nobody listens.
      '/refused',
      async (_, response) => {
        const probe = createSocketServer();
        await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
        const { port } = probe.address() as AddressInfo;
        await new Promise((resolve) => probe.close(resolve));
        send(response, Buffer.from(`http://127.0.0.1:${port}/`));
      },
    ],
  ]);

  const server = createServer({ keepAlive: true }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const id = searchParams.get('id');
    if (id !== null && pathname !== '/log' && pathname !== '/release') {
      const log = logOf(id);
      log.requests++;
      response.on('close', () => {
        if (response.writableFinished) log.answered++;
        else log.broken++;
        changed();
      });
      changed();
    }
    // Without these, Chromium waits for bytes to sniff at, and answers from its cache.
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-type', 'application/octet-stream');
    const route = routes.get(pathname);
    if (route === undefined) response.writeHead(404).end();
    else
      Promise.resolve(route(request, response, searchParams)).catch((error: unknown) =>
        response.destroy(error as Error),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    routes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, body: Buffer): void {
  response.setHeader('content-length', body.length);
  response.end(body);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function until(condition: () => boolean, waiting: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!condition()) return;
      waiting.delete(check);
      resolve();
    };
    waiting.add(check);
    check();
  });
}
