import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const count = 7;

export type Ports = readonly [number, number, number, number, number, number, number];

/**
 * Finds ports that are free, one after the other: from `WPT_PORT` on if that is set, or else anywhere below those that
 * systems give to outgoing connections, any of which would take one away before the server has it.
 */
export async function freePorts(): Promise<Ports> {
  const asked = process.env['WPT_PORT'];
  for (let attempt = 0; attempt < 50; attempt++) {
    const first = asked === undefined ? randomInt(11_000, 32_000) : Number(asked);
    const ports = Array.from({ length: count }, (_, index) => first + index) as unknown as Ports;
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return ports;
    if (asked !== undefined)
      throw new Error(`Of the ports ${first} to ${first + count - 1} some are taken: set WPT_PORT`);
  }
  throw new Error('No free ports were found: set WPT_PORT');
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
