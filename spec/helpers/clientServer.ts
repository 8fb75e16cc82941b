import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type RequestLog, testServer, type TestServer } from './testServer.js';

/** A {@link TestServer} with what programs that talk to an API meet, open to every origin, credentials included. */
export interface ClientServer extends TestServer {
  /** A URL on it. */
  url(path: string): string;
  /** Waits until so many requests of this id have come, were answered, or were broken off by the client. */
  until(id: string, what: 'requests' | 'answered' | 'broken', count?: number): Promise<void>;
  /** How many requests of this id have come. */
  requestsOf(id: string): Promise<number>;
  /** Lets `/held` and `/unread` go on. */
  release(id: string): Promise<void>;
  /** A URL on which nobody listens. */
  refused(): Promise<string>;
}

/** Starts a {@link ClientServer} on a free port. */
export async function clientServer(): Promise<ClientServer> {
  const server = await testServer();
  const held = new Map<string, () => void>();
  const url = (path: string): string => `${server.origin}${path}`;
  const route = (path: string, answer: (exchange: Exchange) => Promise<void> | void): void => {
    server.routes.set(path, (request, response, query) => {
      for (const [name, value] of corsHeaders(request)) response.setHeader(name, value);
      // A preflight.
      if (request.method === 'OPTIONS') response.writeHead(204).end();
      else return answer({ request, response, query });
    });
  };

  route('/user', ({ response }) => {
    response.setHeader('x-own', 'of the server');
    response.setHeader('x-many', ['1', '2']);
    sendText(response, 'application/json', '{"id":1,"name":"Zoë"}');
  });
  route('/text', ({ response }) => {
    sendText(response, 'text/plain;charset=utf-8', 'aé€😀');
  });
  route('/latin1', ({ response }) => {
    response.setHeader('content-type', 'text/plain;charset=iso-8859-1');
    response.end(Buffer.of(0xe9, 0x80));
  });
  route('/feed.xml', ({ response }) => {
    sendText(response, 'application/xml', '<feed><item id="1">é</item></feed>');
  });
  route('/page.html', ({ response }) => {
    sendText(response, 'text/html;charset=utf-8', '<!DOCTYPE html><title>é</title><p>text');
  });
  route('/answer', ({ response, query }) => {
    response.statusCode = Number(query.get('status'));
    sendText(response, 'application/json', '{"problem":"no such thing"}');
  });
  route('/echo', async ({ request, response }) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method, headers, url: path } = request;
    const body = Buffer.concat(parts).toString('base64');
    sendText(response, 'application/json', JSON.stringify({ method, path, headers, body }));
  });
  route('/moved', ({ response, query }) => {
    response.writeHead(Number(query.get('status')), { location: query.get('to') ?? '/text' }).end('moved');
  });
  route('/cookie', ({ request, response }) => {
    response.setHeader('set-cookie', 'session=1; Path=/');
    sendText(response, 'application/json', JSON.stringify({ cookie: request.headers.cookie ?? null }));
  });
  route('/protected', ({ request, response }) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end();
    } else sendText(response, 'application/json', JSON.stringify({ authorization }));
  });
  // Promises more than it sends.
  route('/cut', ({ response }) => {
    response.setHeader('content-length', 100);
    response.write('0123456789', () => response.socket?.end());
  });
  route('/silent', () => undefined);
  // Sends the head and three bytes, and waits.
  route('/held', async ({ response, query }) => {
    response.setHeader('content-type', 'text/plain');
    response.setHeader('content-length', 6);
    response.write('abc');
    await until(query);
    response.end('def');
  });
  // Does not read the body, and waits.
  route('/unread', async ({ request, response, query }) => {
    await until(query);
    request.resume();
    request.on('end', () => response.end('read'));
  });
  // Sends so many bytes, in pieces of 64 KiB.
  route('/download', async ({ response, query }) => {
    const size = Number(query.get('size'));
    response.setHeader('content-length', size);
    for (let sent = 0; sent < size; sent += 65_536) {
      if (!response.write(Buffer.alloc(Math.min(65_536, size - sent), 'x'))) {
        await new Promise((resolve) => response.once('drain', resolve));
      }
    }
    response.end();
  });
  // Says how many bytes it has read.
  route('/upload', async ({ request, response }) => {
    let received = 0;
    for await (const part of request) received += (part as Buffer).length;
    sendText(response, 'application/json', JSON.stringify({ received }));
  });

  const until = (query: URLSearchParams): Promise<void> =>
    new Promise((resolve) => held.set(query.get('id') ?? '', resolve));

  return {
    ...server,
    url,
    until: async (id, what, count = 1) => {
      await (await fetch(url(`/log?id=${id}&${what}=${count}`))).arrayBuffer();
    },
    requestsOf: async (id) => {
      const log = (await (await fetch(url(`/log?id=${id}`))).json()) as RequestLog;
      return log.requests;
    },
    release: (id) => {
      held.get(id)?.();
      return Promise.resolve();
    },
    refused: async () => (await fetch(url('/refused'))).text(),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
}

function corsHeaders({ headers }: IncomingMessage): [string, string][] {
  if (headers.origin === undefined) return [];
  return [
    ['access-control-allow-origin', headers.origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE'],
    ['access-control-allow-headers', headers['access-control-request-headers'] ?? ''],
  ];
}

function sendText(response: ServerResponse, type: string, text: string): void {
  const body = Buffer.from(text);
  response.setHeader('content-type', type);
  response.setHeader('content-length', body.length);
  response.end(body);
}
