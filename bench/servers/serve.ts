import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';

/**
 * Serves on a free port of 127.0.0.1 and prints the base URL as a line. It ends with its standard input, so that no
 * server outlives the bench, however the bench ends.
 */
export function serve(listener: RequestListener): void {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(`http://127.0.0.1:${port}/`);
  });
  process.stdin.on('end', () => process.exit()).resume();
}
