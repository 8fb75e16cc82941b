import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { demoFeed } from './demoFeed.js';

/** A server that is running. */
export interface DemoServer {
  /** Where the feed is. */
  readonly url: string;
  close(): void;
}

/** Serves the demo's feed on this machine, at a port that is free: made, compressed and sent as it goes. */
export function startDemoServer(products?: number): Promise<DemoServer> {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/rss+xml; charset=utf-8',
      'content-encoding': 'gzip',
    });
    // Each piece is sent at once: the first records are worth more than the best compression.
    const gzip = createGzip({ level: constants.Z_BEST_SPEED, flush: constants.Z_SYNC_FLUSH });
    pipeline(Readable.from(demoFeed(products)), gzip, response, () => {
      // Whoever asked has gone or has it all: there is nobody to tell.
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}/products.xml`,
        close() {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}
