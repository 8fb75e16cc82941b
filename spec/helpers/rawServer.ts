import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that speaks no protocol of its own. */
export interface RawServer {
  readonly origin: string;
  /** The connections that were made so far. */
  readonly sockets: readonly Socket[];
  close(): Promise<void>;
}

/**
 * Starts a server on a free port that hands each request's head to `answer`, with the socket to answer on.
 *
 * @param answer - is called again for every further head on the same connection; a body that follows it is passed over.
 */
export async function rawServer(answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.setNoDelay(true);
    // A client that goes away is part of the test.
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end !== -1; end = received.indexOf('\r\n\r\n')) {
        const head = received.slice(0, end);
        received = received.slice(end + 4);
        answer(socket, head);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Waits until the client has closed a connection, which there has to be. */
export function closed(socket: Socket | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket === undefined) reject(new Error('there was no connection'));
    else if (socket.closed) resolve();
    else
      socket.once('close', () => {
        resolve();
      });
  });
}
