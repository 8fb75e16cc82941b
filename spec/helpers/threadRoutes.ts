import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Route } from './testServer.js';

/** How often each path was asked, by method, for those that count. */
const counts = new Map<string, number>();

/** Routes beside those of the test server, for requests of a thread that stands still. */
export const threadRoutes: ReadonlyMap<string, Route> = new Map<string, Route>([
  // ?status=404&header=X-A: b&header=X-C: d&body=text
  [
    '/answer',
    (_, response, query) => {
      for (const field of query.getAll('header')) {
        const [name = '', ...value] = field.split(':');
        response.appendHeader(name, value.join(':').trim());
      }
      response.writeHead(Number(query.get('status') ?? 200)).end(query.get('body') ?? '');
    },
  ],
  // ?count=1000: so many bytes, each the lower byte of its index; without a length where there is ?chunked
  [
    '/count',
    (_, response, query) => {
      const count = Number(query.get('count'));
      const bytes = Buffer.alloc(
        count,
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
      );
      if (!query.has('chunked')) response.setHeader('content-length', count);
      response.end(bytes);
    },
  ],
  // ?set=a=1&set=b=2: sets these cookies, and answers with the Cookie field; ?to=URL redirects besides
  [
    '/cookies',
    (request, response, query) => {
      response.setHeader('set-cookie', query.getAll('set'));
      const to = query.get('to');
      if (to !== null) response.writeHead(302, { location: to });
      response.end(request.headers.cookie ?? '');
    },
  ],
  // Basic authentication, of any user; answers with the Authorization field, or with 401
  [
    '/protected/area',
    (request, response) => {
      const { authorization } = request.headers;
      if (authorization === undefined) response.writeHead(401, { 'www-authenticate': 'Basic realm="area"' });
      response.end(authorization ?? 'who is it?');
    },
  ],
  // For another origin, after a preflight; answers with how many preflights there were for this ?id
  [
    '/preflighted',
    (request, response, query) => {
      const preflights = count(request, query);
      allowAll(request, response);
      response.setHeader('access-control-max-age', 60);
      response.end(String(preflights));
    },
  ],
  // The port of the connection at the client's end: the same for what shares a connection
  ['/port', (request, response) => void response.end(String(request.socket.remotePort))],
  // Never ends: a piece each time that the client has taken the one before
  [
    '/endless',
    (_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', write);
      write();
    },
  ],
  // The head and some of the body, then a reset
  [
    '/cut',
    (request, response) => {
      response.setHeader('content-length', 10);
      response.write('abc', () => request.socket.destroy());
    },
  ],
]);

function count({ method }: IncomingMessage, query: URLSearchParams): number {
  const id = query.get('id') ?? '';
  const before = counts.get(id) ?? 0;
  const now = method === 'OPTIONS' ? before + 1 : before;
  counts.set(id, now);
  return now;
}

function allowAll({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', headers['access-control-request-method'] ?? 'GET');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '');
}
