import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { zipArchive } from '../helpers/zipArchive.js';

/** A server with feeds and failures for the command. */
export interface FeedServer {
  readonly origin: string;
  /** Resolves once the response to this path has been closed, with whether it had been sent whole. */
  closed(path: string): Promise<'whole' | 'broken'>;
  /** Resolves once `/endless` at this path has found no room in its socket for half a second. */
  blocked(path: string): Promise<void>;
  /** Has `/held` send its rest. */
  release(): void;
  close(): Promise<void>;
}

/** Three items of a product feed. */
export const feed = `<?xml version="1.0"?>
<rss xmlns:g="urn:g"><channel>
<item id="1"><g:id>A</g:id><title>Thé</title><link href="/a"/></item>
<item id="2"><g:id>B</g:id><title> <![CDATA[Café & crème]]> </title><img>x</img><img>y</img></item>
<item id="3"><g:id>C</g:id></item>
</channel></rss>
`;

/** Starts it on a free port. */
export async function feedServer(): Promise<FeedServer> {
  const closings = new Map<string, (how: 'whole' | 'broken') => void>();
  const closed = new Map<string, Promise<'whole' | 'broken'>>();
  const closedOf = (path: string): Promise<'whole' | 'broken'> => {
    const known = closed.get(path);
    if (known !== undefined) return known;
    const promise = new Promise<'whole' | 'broken'>((resolve) => closings.set(path, resolve));
    closed.set(path, promise);
    return promise;
  };
  const released = new Set<() => void>();
  const blocked = new Map<string, () => void>();

  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    '/feed': (_, response) => {
      send(response, 'application/rss+xml', feed);
    },
    '/gzip': (_, response) => {
      const body = gzipSync(feed);
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
    },
    '/feed.xml.gz': (_, response) => {
      send(response, 'application/x-gzip', gzipSync(feed));
    },
    '/feeds.zip': (_, response) => {
      const archive = zipArchive([
        { name: 'a.xml', data: '<a><item>a</item></a>', method: 0 },
        { name: 'feed.xml', data: feed },
        { name: 'c.xml', data: '<c/>', descriptor: 'signed' },
      ]);
      send(response, 'application/zip', Buffer.from(archive));
    },
    '/bomb.xml.gz': (_, response) => {
      const member = gzipSync(Buffer.alloc(2 ** 22, '<c/>'));
      send(
        response,
        'application/gzip',
        Buffer.concat([gzipSync('<a><b>1</b>'), ...Array.from({ length: 20 }, () => member)]),
      );
    },
    '/malformed': (_, response) => {
      send(response, 'text/xml', '<a>\n<b>1</b>\n<b>2</c></a>');
    },
    '/deep': (_, response) => {
      send(response, 'text/xml', '<a>'.repeat(2_000));
    },
    '/json': (_, response) => {
      send(response, 'application/json', '[{"id":1,"n":"é"},{"id":2},{"id":3}]');
    },
    '/object': (_, response) => {
      send(response, 'application/vnd.x+json', '{"id":1}');
    },
    '/broken.json': (_, response) => {
      send(response, 'application/json', '{"id":}');
    },
    '/ndjson': (_, response) => {
      send(response, 'application/x-ndjson', '{"id":1}\n{"id":2}\n');
    },
    '/events': (_, response) => {
      send(response, 'text/event-stream', 'event: tick\ndata: 1\n\ndata: 2\n\n');
    },
    '/latin1': (_, response) => {
      send(response, 'text/plain; charset=latin1', Buffer.from([0xe9, 10, 0xe8, 10]));
    },
    '/png': (_, response) => {
      send(response, 'image/png', Buffer.from([0x89, 0x50, 0, 0xff]));
    },
    '/empty': (_, response) => response.writeHead(204).end(),
    '/missing': (_, response) =>
      response.writeHead(404, { 'content-type': 'text/plain' }).end('no such feed'),
    '/moved': (_, response) => response.writeHead(302, { location: '/feed' }).end(),
    '/longRow': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.write(`<a><b>${'x'.repeat(100_000)}</b>`);
    },
    '/silent': () => undefined,
    '/cut': (_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('<a><b>1</b>', () => response.destroy());
    },
    // Sends two records and waits for the release before the third.
    '/held': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.write('<a><b>1</b><b>2</b>');
      released.add(() => response.end('<b>3</b></a>'));
    },
    '/endless': (request, response) => {
      const items = '<b>an item of a feed that never ends</b>'.repeat(500);
      const more = (): void => {
        while (!response.destroyed && response.write(items));
        if (response.destroyed) return;
        const timer = setTimeout(() => blocked.get(request.url ?? '')?.(), 500);
        response.once('drain', () => {
          clearTimeout(timer);
          more();
        });
      };
      response.write('<a>');
      more();
    },
    '/echo': (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method, headers } = request;
        send(
          response,
          'application/json',
          JSON.stringify({ method, headers, body: Buffer.concat(parts).toString() }),
        );
      });
    },
  };

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    void closedOf(path);
    response.on('close', () => closings.get(path)?.(response.writableFinished ? 'whole' : 'broken'));
    (answers[path.replace(/\?.*/, '')] ?? answers['/missing'])?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    closed: closedOf,
    blocked: (path) => new Promise((resolve) => blocked.set(path, resolve)),
    release() {
      for (const end of released) end();
      released.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}
