import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A request that waits for its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A server that answers nothing by itself: a test takes each request, and answers it piece by piece. */
export interface PromptedServer {
  readonly origin: string;
  /** How many requests have come so far. */
  readonly count: number;
  /** The next request that nobody has taken yet, as soon as its head has come. */
  take(): Promise<Exchange>;
  close(): Promise<void>;
}

/** Starts a {@link PromptedServer} on a free port. */
export async function promptedServer(): Promise<PromptedServer> {
  const untaken: Exchange[] = [];
  const waiting: ((exchange: Exchange) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    response.socket?.setNoDelay(true);
    // A client that goes away is part of the test.
    request.on('error', () => undefined);
    const next = waiting.shift();
    if (next === undefined) untaken.push({ request, response });
    else next({ request, response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return count;
    },
    take: () =>
      new Promise((resolve) => {
        const exchange = untaken.shift();
        if (exchange === undefined) waiting.push(resolve);
        else resolve(exchange);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
